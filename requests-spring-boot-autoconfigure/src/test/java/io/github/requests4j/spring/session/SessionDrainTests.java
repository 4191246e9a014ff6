package io.github.requests4j.spring.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SessionDrainTests {

	private final CallGate gate = new CallGate();

	private final CallGate.Drain drain = new CallGate.Drain(this.gate);

	@Test
	void callsInFlightEndFirstAndNewOnesAreRefused() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CompletableFuture<Response> call = CompletableFuture
			.supplyAsync(() -> this.gate.intercept(new PreparedRequest(), SendOptions.DEFAULTS, (request, options) -> {
				inside.countDown();
				await(goOn);
				return Response.builder(200).build();
			}));
		await(inside);
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.drain.stop(() -> stopped.complete(null));
		assertThat(stopped).isNotDone();
		assertThat(this.drain.isRunning()).isFalse();
		assertThatIllegalStateException().isThrownBy(this::call).withMessageContaining("shutting down");
		assertThat(stopped).as("a refused call does not end the wait").isNotDone();
		goOn.countDown();
		assertThat(call.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		stopped.get(5, TimeUnit.SECONDS);
	}

	@Test
	void withNothingInFlightItStopsAtOnceAndCanStartAgain() {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.drain.stop(() -> stopped.complete(null));
		assertThat(stopped).isDone();
		this.drain.start();
		assertThat(call().statusCode()).isEqualTo(200);
	}

	@Test
	void webServersStopBefore() {
		assertThat(this.drain.getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
	}

	private Response call() {
		return this.gate.intercept(new PreparedRequest(), SendOptions.DEFAULTS,
				(request, options) -> Response.builder(200).build());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
