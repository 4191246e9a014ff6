package io.github.requests4j.fuzz;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.MemorySocket;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

/**
 * Whole responses through the adapter: status lines, headers, framing, decoding, and what
 * is left on the connection. The next response is never part of this one.
 */
public final class HeadFuzz {

	private static final byte[] GOOD = "HTTP/1.1 299 Good\r\nContent-Length: 4\r\n\r\ngood"
		.getBytes(StandardCharsets.US_ASCII);

	private HeadFuzz() {
	}

	static HttpAdapter adapter() {
		return MemorySocket.adapter(HttpAdapter.builder()
			.hostResolver((host) -> List.of(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }))));
	}

	static PreparedRequest request() {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod("GET");
		request.prepareUrl("http://127.0.0.1/", null);
		request.prepareHeaders(null);
		request.prepareBody(null, List.of(), null);
		return request;
	}

	public static void fuzzerTestOneInput(byte[] data) {
		HttpAdapter adapter = adapter();
		MemorySocket.serve(new MemorySocket.Server((number) -> (number == 0) ? data : GOOD, data.length % 2 == 0,
				(data.length % 5 == 0) ? 1 : Integer.MAX_VALUE));
		try {
			exchange(adapter, data);
		}
		catch (RequestException ex) {
			Fuzz.check(ex.request() != null, "an error without its request", ex);
		}
		Fuzz.check(adapter.poolStatistics().leased() == 0, "still leased", adapter.poolStatistics());
		Response next = adapter.send(request(), SendOptions.DEFAULTS);
		Fuzz.check(next.statusCode() == 299 && next.text().equals("good"), "poisoned", next.statusCode());
		adapter.close();
	}

	private static void exchange(HttpAdapter adapter, byte[] data) {
		Response response = adapter.send(request(), SendOptions.DEFAULTS);
		Fuzz.check(response.statusCode() >= 200 && response.statusCode() <= 999, "no final status",
				response.statusCode());
		Fuzz.checkHeader(response.reason());
		for (String name : response.headers().keySet()) {
			Fuzz.check(!name.isEmpty() && name.chars().allMatch((c) -> c > ' ' && c < 0x7f && c != ':'), "no name",
					name);
			Fuzz.checkHeader(response.headers().get(name));
		}
		byte[] content = response.content();
		Fuzz.check(content.length <= data.length || response.headers().containsKey("Content-Encoding"),
				"a body out of nothing", content.length);
	}

}
