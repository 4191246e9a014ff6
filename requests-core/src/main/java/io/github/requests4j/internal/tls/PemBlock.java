package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.SslException;

/**
 * One block of a PEM file (RFC 7468), with the headers of encrypted keys in the older
 * format of RFC 1421. Immutable.
 *
 * @param label the label of the first line
 * @param headers the lines with a colon
 * @param base64 the other lines, joined
 */
record PemBlock(String label, List<String> headers, String base64) {

	private static final String BEGIN = "-----BEGIN ";

	private static final String END = "-----END ";

	private static final String DASHES = "-----";

	/** The byte order mark of UTF-8, decoded as Latin-1. */
	private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

	PemBlock {
		headers = List.copyOf(headers);
	}

	/** Reads the blocks of a file and ignores the text between them. */
	static List<PemBlock> read(Path file) {
		try {
			return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			throw new SslException("Cannot read the file " + file + ". Check its permissions.", ex);
		}
		catch (IllegalArgumentException ex) {
			throw invalid(file, ex);
		}
	}

	static SslException invalid(Path file, Exception ex) {
		return new SslException("The file " + file + " is not valid PEM: " + ex.getMessage() + ".", ex);
	}

	/**
	 * Parses blocks and ignores byte order marks. Editors add them at the start of a
	 * file, and concatenated files have them in the middle.
	 */
	private static List<PemBlock> parse(String text) {
		List<PemBlock> blocks = new ArrayList<>();
		List<String> lines = text.replace(BYTE_ORDER_MARK, "").lines().toList();
		int next = 0;
		while (next < lines.size()) {
			String label = label(lines.get(next++).stripTrailing());
			if (label != null) {
				int end = end(lines, next, label);
				blocks.add(block(label, lines.subList(next, end)));
				next = end + 1;
			}
		}
		return blocks;
	}

	private static @Nullable String label(String line) {
		boolean begins = line.startsWith(BEGIN) && line.endsWith(DASHES)
				&& line.length() > BEGIN.length() + DASHES.length();
		return begins ? line.substring(BEGIN.length(), line.length() - DASHES.length()) : null;
	}

	private static int end(List<String> lines, int start, String label) {
		String line = END + label + DASHES;
		for (int i = start; i < lines.size(); i++) {
			if (lines.get(i).startsWith(line)) {
				return i;
			}
		}
		throw new IllegalArgumentException("the line \"" + line + "\" is missing");
	}

	private static PemBlock block(String label, List<String> lines) {
		List<String> headers = new ArrayList<>();
		StringBuilder base64 = new StringBuilder();
		for (String line : lines) {
			if (line.indexOf(':') >= 0) {
				headers.add(line.strip());
			}
			else {
				base64.append(line.strip());
			}
		}
		return new PemBlock(label, headers, base64.toString());
	}

	/**
	 * Returns the decoded content.
	 * @throws IllegalArgumentException if it is not Base64
	 */
	byte[] decode() {
		return Base64.getDecoder().decode(this.base64);
	}

	/**
	 * Returns whether the block is encrypted in the older format, so that its content is
	 * not DER.
	 */
	boolean isLegacyEncrypted() {
		return this.headers.stream()
			.anyMatch((header) -> header.startsWith("Proc-Type:") && header.endsWith("ENCRYPTED"));
	}

	/** Returns the block as it is in a file. */
	String text() {
		StringBuilder text = new StringBuilder(BEGIN).append(this.label).append(DASHES).append('\n');
		this.headers.forEach((header) -> text.append(header).append('\n'));
		if (!this.headers.isEmpty()) {
			text.append('\n');
		}
		for (int i = 0; i < this.base64.length(); i += 64) {
			text.append(this.base64, i, Math.min(i + 64, this.base64.length())).append('\n');
		}
		return text.append(END).append(this.label).append(DASHES).append('\n').toString();
	}

	// The generated method would include the key.
	@Override
	public String toString() {
		return "PemBlock[" + this.label + "]";
	}

}
