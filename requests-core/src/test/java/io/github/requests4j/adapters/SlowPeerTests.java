package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.testserver.Toxic;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that are never silent long enough to reach the read timeout: only the deadline of
 * the call ends them.
 */
class SlowPeerTests {

	private static final Duration LIMIT = Duration.ofMillis(400);

	/** Long enough for the handshakes and the head, even on a busy machine. */
	private static final Duration BODY_LIMIT = Duration.ofSeconds(3);

	private static SendOptions options(Rig rig, Duration limit) {
		return rig
			.options((o) -> o.timeouts(Timeouts.of(Duration.ofSeconds(5), Duration.ofSeconds(5))).deadline(limit));
	}

	/** From the start to the deadline, and not much longer. */
	private static void endsAtDeadline(Rig rig, ThrowingCallable call) {
		ends(rig, LIMIT, () -> FaultInvariants.fails(rig, RequestTimeoutException.class, call));
	}

	private static void ends(Rig rig, Duration limit, Runnable call) {
		long start = System.nanoTime();
		call.run();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as(rig.wire().name())
			.isBetween(limit.minusMillis(50), limit.plusSeconds(4));
	}

	@Test
	@DisplayName("threat 29 (slow-loris): a peer that sends single bytes in the handshake or head ends at the deadline")
	void slowHandshakeOrHeadEndsAtTheDeadline() throws Exception {
		FaultInvariants.checkConcurrently(EnumSet.allOf(Wire.class), List.of((rig) -> {
			rig.network().downstream(Toxic.slicer(1, Duration.ofMillis(20)));
			rig.answering("HTTP/1.1 200 OK\r\nX-A: " + "x".repeat(5000) + "\r\nContent-Length: 0\r\n\r\n");
			endsAtDeadline(rig, () -> rig.adapter().send(rig.get(), options(rig, LIMIT)));
		}));
	}

	@Test
	@DisplayName("threat 29 (slow-loris): a peer that sends single bytes of the body ends at the deadline")
	void slowBodyEndsAtTheDeadline() throws Exception {
		FaultInvariants.checkConcurrently(EnumSet.allOf(Wire.class), List.of((rig) -> {
			rig.script((conversation) -> {
				conversation.readRequest();
				conversation.send("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n");
				for (int i = 0; i < 5000; i++) {
					// Ends with the connection, which nothing else closes.
					conversation.socket().setSoTimeout(20);
					if (hasEnded(conversation.in())) {
						return;
					}
					conversation.send("x");
				}
			});
			ends(rig, BODY_LIMIT, () -> FaultInvariants.failsInBody(rig, RequestTimeoutException.class,
					() -> Calls.read(rig.adapter().send(rig.get(), options(rig, BODY_LIMIT)))));
		}));
	}

	/** Waits for the read timeout of the socket, or until the peer has closed it. */
	private static boolean hasEnded(InputStream in) throws IOException {
		try {
			return in.read() < 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	@ParameterizedTest
	@EnumSource(Wire.class)
	@DisplayName("threat 29 (slow-loris): an upload to a slow server ends at the deadline")
	void slowUploadEndsAtTheDeadline(Wire wire) throws Exception {
		FaultInvariants.check(wire, (rig) -> {
			rig.network().upstream(Toxic.bandwidth(200_000));
			PreparedRequest request = rig.request("POST", Body.of(new byte[32 * 1024 * 1024]));
			endsAtDeadline(rig, () -> rig.adapter().send(request, options(rig, LIMIT)));
			// Data that is still in the network would keep arriving for a long time.
			rig.network().closeAll();
		});
	}

}
