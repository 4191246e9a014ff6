package io.github.requests4j;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.UrlResolver;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.url.Url;

/**
 * Reads and resolves the {@code Location} header of a redirect. Headers are Latin-1 on
 * the wire, but some servers send UTF-8.
 */
final class LocationHeader {

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private LocationHeader() {
	}

	/**
	 * Returns the target of a redirect, or null if the header is absent or empty.
	 * @throws InvalidHeaderException if there are several different headers. Choosing one
	 * would be a guess, and a proxy in between may have guessed differently.
	 */
	static @Nullable String read(Response response) {
		List<String> values = response.headers().getAll("Location").stream().distinct().toList();
		if (values.size() > 1) {
			throw ambiguous(response, values.size());
		}
		if (values.isEmpty() || values.get(0).isEmpty()) {
			return null;
		}
		String value = values.get(0);
		return isAscii(value) ? value : decode(value);
	}

	/**
	 * Returns the URL of the next hop. A target without a fragment inherits the fragment
	 * of the previous URL.
	 */
	static Url resolve(Response response, String location) {
		try {
			return UrlResolver.redirect(ParsedUrl.split(response.url()), location);
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException("The redirect cannot be followed. " + ex.getMessage(), ex).attach(null,
					response);
		}
	}

	private static RequestException ambiguous(Response response, int count) {
		Url url = response.request().parsedUrl();
		return new InvalidHeaderException(response.request().method() + " " + url.origin() + url.path() + ": the "
				+ response.statusCode() + " response has " + count
				+ " different Location headers, so its target is ambiguous. Fix the server, or disable redirects"
				+ " with allowRedirects(false) and choose one of response.headers().getAll(\"Location\").")
			.attach(null, response);
	}

	private static boolean isAscii(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (value.charAt(i) > 0x7f) {
				return false;
			}
		}
		return true;
	}

	private static String decode(String value) {
		byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return escape(value);
		}
	}

	/** Percent-encodes bytes that are not UTF-8; only the server knows what they mean. */
	private static String escape(String value) {
		StringBuilder escaped = new StringBuilder();
		for (int i = 0; i < value.length(); i++) {
			char next = value.charAt(i);
			if (next > 0x7f) {
				escaped.append('%').append(HEX.toHexDigits((byte) next));
			}
			else {
				escaped.append(next);
			}
		}
		return escaped.toString();
	}

}
