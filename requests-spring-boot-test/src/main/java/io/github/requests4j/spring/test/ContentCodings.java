package io.github.requests4j.spring.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

/**
 * Encodes bodies with the codings of a Content-Encoding header that the JDK supports.
 *
 * @param names the codings in the order in which they were applied, in lower case
 */
record ContentCodings(List<String> names) {

	private static final Set<String> SUPPORTED = Set.of("gzip", "x-gzip", "deflate");

	/**
	 * Returns the codings in a header.
	 * @param header the value of the Content-Encoding header, or {@code null}
	 */
	static ContentCodings of(@Nullable String header) {
		List<String> names = new ArrayList<>();
		for (String name : ((header != null) ? header : "").toLowerCase(Locale.ROOT).split(",")) {
			if (!name.isBlank() && !name.strip().equals("identity")) {
				names.add(name.strip());
			}
		}
		return new ContentCodings(names);
	}

	/** Returns whether {@link #encode} supports all of them. */
	boolean areSupported() {
		return SUPPORTED.containsAll(this.names);
	}

	byte[] encode(byte[] body) {
		byte[] encoded = body;
		for (String name : this.names) {
			ByteArrayOutputStream target = new ByteArrayOutputStream();
			try (OutputStream out = name.equals("deflate") ? new DeflaterOutputStream(target)
					: new GZIPOutputStream(target)) {
				out.write(encoded);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			encoded = target.toByteArray();
		}
		return encoded;
	}

}
