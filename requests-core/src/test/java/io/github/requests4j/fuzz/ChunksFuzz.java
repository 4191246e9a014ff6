package io.github.requests4j.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.MemorySocket;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Chunked bodies: the result is the same however the bytes arrive, and a body without its
 * end is an error.
 */
public final class ChunksFuzz {

	private static final byte[] HEAD = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
		.getBytes(StandardCharsets.US_ASCII);

	private static final HttpAdapter ADAPTER;

	private static final PreparedRequest REQUEST = HeadFuzz.request();

	static {
		ADAPTER = HeadFuzz.adapter();
		REQUEST.headers().put("Connection", "close");
	}

	private ChunksFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD.length + data.length);
		bytes.writeBytes(HEAD);
		bytes.writeBytes(data);
		byte[] wire = bytes.toByteArray();
		String result = read(wire, Integer.MAX_VALUE);
		if (data.length % 4 == 0) {
			String slowly = read(wire, 1);
			Fuzz.check(slowly.equals(result), "it depends on how the bytes arrive", result + " / " + slowly);
		}
		if (result.startsWith("200 ")) {
			Fuzz.check(result.length() - 4 <= data.length - 4, "a body out of nothing", result);
			String text = new String(data, StandardCharsets.ISO_8859_1);
			Fuzz.check(text.contains("0") && text.contains("\n"), "a body without its end", result);
		}
		Fuzz.check(ADAPTER.poolStatistics().leased() == 0, "still leased", ADAPTER.poolStatistics());
	}

	private static String read(byte[] wire, int most) {
		MemorySocket.serve(new MemorySocket.Server((number) -> wire, true, most));
		try {
			Response response = ADAPTER.send(REQUEST, SendOptions.DEFAULTS);
			return response.statusCode() + " " + new String(response.content(), StandardCharsets.ISO_8859_1);
		}
		catch (RequestException ex) {
			return ex.getClass().getSimpleName();
		}
	}

}
