package io.github.requests4j.adapters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Common calls over a network that fails at every byte in turn, in either direction. A
 * build runs a sample of the bytes, {@code -Ddeep=true} all of them.
 */
class TortureTests {

	private static final int SAMPLE = 5;

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	/** A call, and how its server answers. */
	enum Flow {

		LENGTH(OK + "Content-Length: 5\r\n\r\nhello", (rig) -> rig.get()),

		CHUNKS(OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
				(rig) -> rig.get()),

		INTERIM("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK + "Content-Length: 5\r\n\r\nhello",
				(rig) -> rig.get()),

		HEAD(OK + "Content-Length: 5\r\n\r\n", (rig) -> rig.request("HEAD", null)),

		NO_CONTENT("HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n", (rig) -> rig.request("DELETE", null)),

		UPLOAD(OK + "Content-Length: 5\r\n\r\nhello", (rig) -> rig.request("POST", Body.of("0123456789"))),

		UPLOAD_CHUNKS(OK + "Content-Length: 5\r\n\r\nhello",
				(rig) -> rig.request("POST", Body.of(List.of("0123", "456789").iterator()))),

		UPLOAD_AGAIN(OK + "Content-Length: 5\r\n\r\nhello", (rig) -> rig.request("PUT", Body.of("0123456789"))),

		ERROR("HTTP/1.1 500 No\r\nContent-Length: 5\r\n\r\nhello", (rig) -> rig.get()),

		LARGE(OK + "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000), (rig) -> rig.get());

		private final String answer;

		private final Function<Rig, PreparedRequest> request;

		Flow(String answer, Function<Rig, PreparedRequest> request) {
			this.answer = answer;
			this.request = request;
		}

		void serve(RawConversation conversation) throws IOException {
			while (conversation.readRequest() != null) {
				conversation.send(this.answer);
			}
		}

		/** The status and the whole body. */
		String call(Rig rig) {
			Response response = rig.adapter()
				.send(this.request.apply(rig), rig.options((o) -> o.timeouts(Calls.readTimeout(10_000).timeouts())));
			return response.statusCode() + " " + new String(response.content(), StandardCharsets.US_ASCII);
		}

	}

	/** Counts and forwards the data. */
	private static Toxic counting(AtomicInteger bytes) {
		return (next, link) -> new Toxic.Filter(next) {
			@Override
			public void data(byte[] data, int offset, int length) throws IOException {
				bytes.addAndGet(length);
				super.data(data, offset, length);
			}
		};
	}

	@ParameterizedTest
	@EnumSource(Flow.class)
	@DisplayName("torture: whichever byte the network fails at, a call succeeds completely or fails with its exception")
	void failureAtAnyByteIsHandled(Flow flow) throws Exception {
		for (Wire wire : List.of(Wire.PLAIN, Wire.TLS)) {
			AtomicInteger up = new AtomicInteger();
			AtomicInteger down = new AtomicInteger();
			StringBuilder whole = new StringBuilder();
			FaultInvariants.check(wire, (rig) -> {
				rig.network().upstream(counting(up)).downstream(counting(down));
				whole.append(flow.call(rig.script(flow::serve)));
				rig.network().closeAll();
			});
			for (Toxic.Ending ending : List.of(Toxic.Ending.CLOSE, Toxic.Ending.RESET)) {
				failAtEachByte(wire, flow, ending, up.get(), true, whole.toString());
				failAtEachByte(wire, flow, ending, down.get(), false, whole.toString());
			}
		}
	}

	private static void failAtEachByte(Wire wire, Flow flow, Toxic.Ending ending, int bytes, boolean upstream,
			String whole) throws Exception {
		int step = Boolean.getBoolean("deep") ? 1 : Math.max(1, bytes / SAMPLE);
		for (int at = 0; at < bytes; at += step) {
			Toxic toxic = Toxic.limitData(at, ending);
			String what = flow + " over " + wire + ", " + ending + " at " + at + (upstream ? " up" : " down");
			FaultInvariants.check(wire, (rig) -> {
				rig.script(flow::serve);
				if (upstream) {
					rig.network().upstream(toxic);
				}
				else {
					rig.network().downstream(toxic);
				}
				try {
					assertThat(flow.call(rig)).as(what).isEqualTo(whole);
				}
				catch (RequestException ex) {
					assertThat(ex.request()).as(what).isNotNull();
					assertThat(rig.failures()).as(what).isEqualTo(1);
				}
				rig.network().closeAll();
			});
		}
	}

}
