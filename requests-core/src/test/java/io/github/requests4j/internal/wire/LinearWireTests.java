package io.github.requests4j.internal.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.Limits;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.testserver.Growth;

/**
 * Heads, chunks and trailers of twice the length take under three times as long, as
 * {@link Growth} measures it, with the limits out of the way.
 */
class LinearWireTests {

	private static final int LENGTH = 64 * 1024;

	private static final Limits NO_LIMITS = new Limits(LENGTH, 8 * LENGTH, 20, -1, -1, -1, -1, -1);

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			HTTP/1.1 200 |a|\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nX: |a|\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nX: |\\t|\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\n|x|: y\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\n|X: y\\r\\n|\\r\\n
			HTTP/1.1 200 OK\\r\\nX: y\\r\\n| z\\r\\n|\\r\\n
			HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|1\\r\\na\\r\\n|0\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1;|a|\\r\\nb\\r\\n0\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n|0|\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n|X: y\\r\\n|\\r\\n
			HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\nX: |a|\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nContent-Length: |1,|1\\r\\n\\r\\n
			HTTP/1.1 200 OK\\r\\nConnection: |a,|\\r\\n\\r\\n
			""")
	@DisplayName("threat 45: heads, chunks and trailers of twice the length take under three times as long")
	void timeGrowsLinearlyWithTheInput(String start, String piece, String end) throws IOException {
		Growth.assertLinear("'" + piece + "' after '" + start + "'", LinearWireTests::read,
				input(start, piece, end, LENGTH), input(start, piece, end, 2 * LENGTH));
	}

	private static byte[] input(String start, String piece, String end, int length) {
		String unescaped = piece.translateEscapes();
		return (start.translateEscapes() + unescaped.repeat(length / unescaped.length()) + end.translateEscapes())
			.getBytes(StandardCharsets.US_ASCII);
	}

	private static void read(byte[] wire) throws IOException {
		WireConnection connection = new WireConnection(NO_LIMITS);
		connection.take(new ByteArrayInputStream(wire), OutputStream.nullOutputStream());
		try {
			ReplyHead head = connection.receiveFinalHead();
			ReplyFraming framing = ReplyFraming.of("GET", head);
			try (InputStream content = connection.content(framing.length())) {
				content.transferTo(OutputStream.nullOutputStream());
			}
		}
		catch (IOException | RequestException ex) {
			// Rejecting or truncating is fine if it is fast.
			return;
		}
	}

}
