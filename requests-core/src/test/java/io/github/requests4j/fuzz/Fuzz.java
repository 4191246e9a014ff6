package io.github.requests4j.fuzz;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.url.Url;

/**
 * Shared by several targets: checks that report the input, and a network in memory.
 */
public final class Fuzz {

	private Fuzz() {
	}

	public static void check(boolean condition, String what, @Nullable Object about) {
		if (!condition) {
			throw new AssertionError(what + ": " + about);
		}
	}

	/**
	 * Checks that the URL can be sent, and that every parser understands it in the same
	 * way.
	 */
	static void checkSendable(Url url) {
		String text = url.text();
		for (int i = 0; i < text.length(); i++) {
			check(text.charAt(i) > ' ' && text.charAt(i) < 0x7f, "a character that cannot be sent", text);
		}
		String host = url.host();
		check(host != null && !host.isEmpty(), "no host", text);
		for (int i = 0; i < host.length(); i++) {
			check("/\\@?#<>^|".indexOf(host.charAt(i)) < 0, "a host that others read in another way", text);
		}
		check(host.indexOf(":") >= 0 || url.hostHeader().startsWith(host), "a Host header for another host", text);
		check(url.requestTarget().startsWith("/") && url.requestTarget().indexOf('#') < 0, "a bad target", text);
		check(url.port() >= -1 && url.port() <= 0xffff, "a port that there is not", text);
	}

	/** Checks that the value cannot start another header. */
	static void checkHeader(@Nullable String value) {
		for (int i = 0; value != null && i < value.length(); i++) {
			char c = value.charAt(i);
			check(c == '\t' || (c >= ' ' && c != 0x7f), "a control character in a header", value);
		}
	}

	/**
	 * Whether the text is possible as a header on the wire: our parser rejects control
	 * characters.
	 */
	static boolean isHeaderText(String value) {
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c != '\t' && (c < ' ' || c == 0x7f)) {
				return false;
			}
		}
		return true;
	}

	static Session session(Function<PreparedRequest, Response> network) {
		Adapter adapter = new Adapter() {
			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				return network.apply(request);
			}

			@Override
			public void close() {
				// There is nothing to close.
			}
		};
		return Session.builder()
			.environment(RequestsEnvironment.EMPTY)
			.mount("http://", adapter)
			.mount("https://", adapter)
			.build();
	}

	static Response response(PreparedRequest request, int status, String name, List<String> values) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		values.forEach((value) -> headers.add(name, value));
		return Response.builder(status)
			.headers(headers)
			.request(request)
			.raw(new ByteArrayInputStream(new byte[0]))
			.build();
	}

}
