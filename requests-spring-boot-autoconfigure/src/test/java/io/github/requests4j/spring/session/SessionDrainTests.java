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

class SessionDrainTests {

	private final CallsInFlight calls = new CallsInFlight();

	private final CallsInFlight.Drain drain = new CallsInFlight.Drain(this.calls);

	@Test
	void shutdownWaitsForCallsInFlightAndAdmitsNewOnes() throws Exception {
		CountDownLatch inside = new CountDownLatch(1);
		CountDownLatch goOn = new CountDownLatch(1);
		CompletableFuture<Response> call = CompletableFuture
			.supplyAsync(() -> this.calls.intercept(new PreparedRequest(), SendOptions.DEFAULTS, (request, options) -> {
				inside.countDown();
				await(goOn);
				return Response.builder(200).build();
			}));
		await(inside);
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.drain.stop(() -> stopped.complete(null));
		assertThat(stopped).isNotDone();
		assertThat(this.drain.isRunning()).isFalse();
		assertThat(call().statusCode()).as("the rest of a running job").isEqualTo(200);
		assertThat(stopped).as("a later call does not end the wait").isNotDone();
		goOn.countDown();
		assertThat(call.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		stopped.get(30, TimeUnit.SECONDS);
	}

	@Test
	void idleSessionStopsImmediatelyAndCanRestart() {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.drain.stop(() -> stopped.complete(null));
		assertThat(stopped).isDone();
		this.drain.start();
		assertThat(call().statusCode()).isEqualTo(200);
	}

	@Test
	void webServersStopFirst() {
		assertThat(this.drain.getPhase()).isLessThan(SmartLifecycle.DEFAULT_PHASE - 2048);
	}

	private Response call() {
		return this.calls.intercept(new PreparedRequest(), SendOptions.DEFAULTS,
				(request, options) -> Response.builder(200).build());
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
