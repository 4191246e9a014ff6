package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.Session;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Control characters in every place from which text gets into a request: none of them
 * leads to a connection.
 */
class RequestInjectionTests {

	/** A place for text, and a call that puts it there. */
	enum Slot {

		METHOD((call) -> call.session.request(call.text, call.url)),

		METHOD_SET_LATER((call) -> {
			PreparedRequest request = Calls.get(call.url);
			request.method(call.text);
			call.send(request);
		}),

		HOST((call) -> call.session.get(call.url.replace("127.0.0.1", call.text))),

		HOST_SECURE((call) -> call.session.get(call.url.replace("http:", "https:").replace("127.0.0.1", call.text))),

		PORT((call) -> call.session.get(call.url + call.text)),

		HEADER_NAME((call) -> call.session.get(call.url, (options) -> options.header(call.text, "x"))),

		HEADER_NAME_SET_LATER((call) -> call.send(Calls.get(call.url, call.text, "x"))),

		HEADER_VALUE((call) -> call.session.get(call.url, (options) -> options.header("X-A", call.text))),

		HEADER_VALUE_SET_LATER((call) -> call.send(Calls.get(call.url, "X-A", call.text))),

		HOST_HEADER((call) -> call.send(Calls.get(call.url, "Host", call.text))),

		COOKIE_NAME((call) -> call.session.get(call.url, (options) -> options.cookie(call.text, "x"))),

		COOKIE_VALUE((call) -> call.session.get(call.url, (options) -> options.cookie("a", call.text))),

		COOKIE_HEADER((call) -> call.session.get(call.url, (options) -> options.header("Cookie", call.text))),

		AUTHORIZATION((call) -> call.session.get(call.url,
				(options) -> options.header("Authorization", "Bearer " + call.text))),

		CONTENT_TYPE((call) -> call.session.post(call.url,
				(options) -> options.data("x").header("Content-Type", call.text))),

		PROXY_HOST(
				(call) -> call.session.get(call.url, (options) -> options.proxy("all", "http://" + call.text + "/"))),

		PROXY_HEADER((call) -> call.sendProxied(call.url)),

		CONNECT_HEADER((call) -> call.sendProxied("https://origin.example/")),

		CONNECT_TARGET(
				(call) -> call.session.get("https://" + call.text + "/", (options) -> options.proxy("all", call.url)));

		private final Sending sending;

		Slot(Sending sending) {
			this.sending = sending;
		}

		/** Whether a tab is allowed there. */
		boolean takesTab() {
			return List
				.of(HEADER_VALUE, HEADER_VALUE_SET_LATER, HOST_HEADER, COOKIE_VALUE, COOKIE_HEADER, AUTHORIZATION,
						CONTENT_TYPE, PROXY_HEADER, CONNECT_HEADER)
				.contains(this);
		}

	}

	@FunctionalInterface
	interface Sending {

		void send(Call call);

	}

	/**
	 * A call with a text in it.
	 *
	 * @param session the session
	 * @param adapter its adapter
	 * @param url the URL of the server
	 * @param text the text
	 */
	record Call(Session session, HttpAdapter adapter, String url, String text) {

		void send(PreparedRequest request) {
			this.adapter.send(request, SendOptions.DEFAULTS);
		}

		/** Through a proxy that receives the text in a header. */
		void sendProxied(String target) {
			HttpAdapter proxied = new HttpAdapter(HttpAdapter.builder()) {
				@Override
				protected Map<String, String> proxyHeaders(ProxyUrl proxy) {
					return Map.of("X-Proxy", Call.this.text);
				}
			};
			try (proxied) {
				proxied.send(Calls.get(target), Calls.proxy("all", this.url));
			}
		}

	}

	@ParameterizedTest
	@EnumSource(Slot.class)
	@DisplayName("threat 15 (CWE-93, CWE-113), threat 16: none of 33 control characters in any slot opens a connection")
	void controlCharactersOpenNoConnection(Slot slot) throws IOException {
		try (RawServer server = RawServer.start(Rig::answerAll);
				HttpAdapter adapter = HttpAdapter.builder()
					.hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")))
					.build();
				Session session = Session.builder()
					.trustEnv(false)
					.mount("http://", adapter)
					.mountShared("https://", adapter)
					.build()) {
			for (int control : IntStream.concat(IntStream.range(0, 32), IntStream.of(0x7f)).toArray()) {
				if (control == '\t' && slot.takesTab()) {
					continue;
				}
				for (String text : List.of("a" + (char) control + "b", "a" + (char) control + "X-Evil: 1")) {
					Call call = new Call(session, adapter, server.url(""), text);
					Throwable thrown = catchThrowable(() -> slot.sending.send(call));
					assertThat(thrown).as("0x%02x in %s", control, slot)
						.isInstanceOfAny(RequestException.class, IllegalArgumentException.class);
				}
			}
			assertThat(server.connectionCount()).isZero();
			assertThat(adapter.poolStatistics().leased()).isZero();
		}
	}

	/** Parts of a URL in which controls are encoded. */
	enum Part {

		PATH("/a%sb"), QUERY("/?a%sb=c%sd"), USER("@");

		private final String form;

		Part(String form) {
			this.form = form;
		}

	}

	@ParameterizedTest
	@EnumSource(Part.class)
	@DisplayName("threat 15 (CWE-93): none of 33 control characters in path, query and credentials is sent raw")
	void controlCharactersAreNeverSentRaw(Part part) throws IOException {
		try (RawServer server = RawServer.start(Rig::answerAll);
				Session session = Session.builder().trustEnv(false).build()) {
			for (int control : IntStream.concat(IntStream.range(0, 32), IntStream.of(0x7f)).toArray()) {
				String raw = String.valueOf((char) control);
				String url = (part == Part.USER)
						? server.url("/").replace("://", "://us" + raw + "er:pass" + raw + "word@")
						: server.url(part.form.replace("%s", raw));
				try {
					session.get(url).close();
				}
				catch (RequestException ex) {
					// Rejecting is as safe as encoding.
					continue;
				}
				String head = server.lastRequest().head();
				assertThat(head.replace("\r\n", "")).as("0x%02x in %s", control, part)
					.matches("[\\x20-\\x7e]*")
					.doesNotContain("us" + raw + "er");
				assertThat(server.lastRequest().headerNames()).isSubsetOf("Host", "User-Agent", "Accept-Encoding",
						"Accept", "Connection", "Authorization");
			}
		}
	}

}
