package io.github.requests4j.adapters;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.UnrepeatableSourceException;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.RetryException;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The decisions about further attempts, without a network.
 */
class RetryStateTests {

	private static final PreparedRequest GET = Calls.get("http://user:pw@a.example/items?token=1");

	private static RetryState state(Retry policy, PreparedRequest request) {
		return RetryState.of(policy, request, SendOptions.DEFAULTS);
	}

	private static Response response(int status, String... headers) {
		CaseInsensitiveHeaders all = new CaseInsensitiveHeaders();
		for (int i = 0; i < headers.length; i += 2) {
			all.put(headers[i], headers[i + 1]);
		}
		return Response.builder(status).request(GET).headers(all).build();
	}

	@Test
	void tlsRetriesAndJitterComeFromThePolicy() {
		Retry policy = Retry.builder()
			.total(5)
			.other(1)
			.backoffFactor(Duration.ofMillis(100))
			.backoffJitter(Duration.ofMillis(50))
			.build();
		RetryState state = state(policy, GET);
		assertThat(state.afterError(new SslException("no certificate"), false)).isZero();
		assertThat(state.afterError(new ConnectionException("broken off"), false)).isBetween(Duration.ofMillis(200),
				Duration.ofMillis(250));
		assertThat(state.afterError(new SslException("no certificate"), false)).isNull();
		assertThat(state.isExhausted()).isTrue();
		assertThat(Stream.generate(() -> {
			RetryState other = state(policy, GET);
			other.afterError(new ConnectionException("broken off"), false);
			return other.afterError(new ConnectionException("broken off"), false);
		}).limit(20).distinct().count()).isGreaterThan(1);
	}

	@Test
	void postIsRepeatedOnlyIfItWasNotSent() {
		PreparedRequest post = Calls.post("http://a.example/", Body.of("x"));
		RetryState state = state(Retry.of(5), post);
		assertThat(state.afterError(new ConnectionException("refused"), true)).isZero();
		assertThat(state.afterError(new SslException("no certificate"), true)).isNotNull();
		assertThat(state.afterError(new ConnectionException("broken off"), false)).isNull();
		assertThat(state.afterError(new ReadTimeoutException("late"), false)).isNull();
		assertThat(state.afterError(new SslException("broken off"), false)).isNull();
		assertThat(state.afterResponse(response(503, "Retry-After", "0"))).isNull();
		assertThat(state.isExhausted()).isFalse();
		assertThat(state(Retry.builder().allowedMethods(null).build(), post)
			.afterError(new ConnectionException("broken off"), false)).isZero();
	}

	@Test
	void unrewindableBodyIsRepeatedOnlyIfItWasNotSent() {
		PreparedRequest once = Calls.request("PUT", "http://a.example/", Body.of(List.of("once").iterator()));
		RetryState state = state(Retry.of(5), once);
		assertThat(state.isRepeatable()).isFalse();
		assertThat(state.afterError(new ConnectionException("broken off"), false)).isNull();
		assertThat(state.afterError(new ConnectionException("refused"), true)).isZero();
	}

	@Test
	void unrewindableBodyThatWasSentEndsTheRetries() throws IOException {
		Body body = Body.of(new Once());
		PreparedRequest put = Calls.request("PUT", "http://a.example/", body);
		RetryState counted = state(Retry.of(5), put);
		RetryState uncounted = RetryState.uncounted(put, SendOptions.DEFAULTS);
		assertThat(counted.isRepeatable()).isTrue();
		assertThat(uncounted.isRepeatable()).isTrue();
		body.writeTo(OutputStream.nullOutputStream());
		assertThat(counted.afterError(new ConnectionException("broken off"), false)).isNull();
		assertThat(uncounted.mayRepeat(false)).isFalse();
	}

	@Test
	void idempotencyKeyMakesAPostRepeatableUnlessMethodsAreSet() {
		PreparedRequest post = Calls.post("http://a.example/", Body.of("x"));
		PreparedRequest keyed = Calls.post("http://a.example/", Body.of("x"), "idempotency-key", "1");
		assertThat(RetryState.uncounted(post, SendOptions.DEFAULTS).mayRepeat(false)).isFalse();
		assertThat(RetryState.uncounted(post, SendOptions.DEFAULTS).mayRepeat(true)).isTrue();
		assertThat(RetryState.uncounted(keyed, SendOptions.DEFAULTS).mayRepeat(false)).isTrue();
		assertThat(state(Retry.of(5), keyed).isRepeatable()).isTrue();
		assertThat(state(Retry.of(5), post).isRepeatable()).isFalse();
		Retry onlyGet = Retry.builder().total(5).allowedMethods(List.of("GET")).build();
		assertThat(state(onlyGet, keyed).isRepeatable()).as("urllib3 decides by the method alone").isFalse();
	}

	@Test
	void onlyNetworkFailuresAreRepeated() {
		RetryState state = state(Retry.of(5), GET);
		assertThat(state.afterError(new RequestTimeoutException("deadline"), true)).isNull();
		assertThat(state.afterError(new EgressDeniedException("private address"), true)).isNull();
		assertThat(state.afterError(new RequestException("misuse"), true)).isNull();
		Thread.currentThread().interrupt();
		try {
			assertThat(state.afterError(new ConnectionException("refused"), true)).isNull();
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(state.history()).isEmpty();
	}

	@Test
	void withoutTotalOnlyKindsWithACounterAreRepeated() {
		RetryState state = state(Retry.builder().total(null).connect(1).statusForcelist(503).build(), GET);
		assertThat(state.afterError(new ConnectionException("broken off"), false)).isNull();
		assertThat(state(Retry.builder().total(null).connect(1).build(), GET)
			.afterError(new ConnectionException("refused"), true)).isZero();
		assertThat(state(Retry.builder().total(null).status(1).build(), GET)
			.afterResponse(response(503, "Retry-After", "0"))).isNull();
	}

	@Test
	void exhaustedStatusRetriesAreARetryExceptionThatNamesTheCall() {
		RetryState state = state(Retry.builder().total(0).statusForcelist(500).build(), GET);
		Response last = response(500);
		assertThatExceptionOfType(RetryException.class).isThrownBy(() -> state.afterResponse(last))
			.withMessageStartingWith("GET http://a.example/items: the last response has status 500.")
			.satisfies((ex) -> assertThat(ex.response()).isSameAs(last));
	}

	@Test
	void attemptsOfTheCallerPrecedeThoseOfTheResponse() {
		RetryState state = RetryState.uncounted(GET, SendOptions.DEFAULTS);
		Response untouched = response(500);
		assertThat(state.withAttempts(untouched)).isSameAs(untouched);
		RequestException broken = new ConnectionException("broken off");
		state.addAttempt(broken, null, Duration.ZERO);
		Attempt inner = new Attempt("GET", "http://a.example/items", null, 502, Duration.ZERO);
		state.addAttempt(null, response(503).toBuilder().attempts(List.of(inner)).build(), Duration.ofMillis(1));
		Response last = state.withAttempts(response(500).toBuilder().attempts(List.of(inner)).build());
		assertThat(last.attempts()).extracting(Attempt::status).containsExactly(null, 502, 503, 502);
		assertThat(last.attempts().get(0).error()).isSameAs(broken);
		assertThat(last.statusCode()).isEqualTo(500);
	}

	@Test
	void retryAfterIsObeyedUnlessInvalid() {
		RetryState state = state(Retry.of(5), GET);
		assertThat(state.afterResponse(response(503, "Retry-After", "7"))).isEqualTo(Duration.ofSeconds(7));
		assertThat(state.afterResponse(response(503, "Retry-After", "soon"))).isZero();
		Duration own = Duration.ofSeconds(5);
		RetryState uncounted = RetryState.uncounted(GET, SendOptions.DEFAULTS);
		assertThat(uncounted.longerPause(own, null)).isEqualTo(own);
		assertThat(uncounted.longerPause(own, response(503, "Retry-After", "soon"))).isEqualTo(own);
		assertThat(uncounted.longerPause(own, response(503, "Retry-After", "2"))).isEqualTo(own);
		assertThat(uncounted.longerPause(own, response(503, "Retry-After", "7"))).isEqualTo(Duration.ofSeconds(7));
	}

	@ParameterizedTest
	@ValueSource(ints = { 413, 429, 503 })
	void threeStatusesAreDeferredByRetryAfter(int status) {
		assertThat(RetryState.isDeferred(response(status, "Retry-After", "1"))).isTrue();
		assertThat(RetryState.isDeferred(response(status))).isFalse();
		assertThat(RetryState.isDeferred(response(500, "Retry-After", "1"))).isFalse();
	}

	@Test
	void connectFailuresCountAsUnsent() {
		assertThat(RetryState.isUnsent(new ConnectTimeoutException("late"))).isTrue();
		assertThat(RetryState.isUnsent(new ConnectionException("refused", new ConnectException()))).isTrue();
		assertThat(RetryState
			.isUnsent(new ConnectionException("unknown", new RuntimeException(new UnknownHostException("a.example")))))
			.isTrue();
		assertThat(RetryState.isUnsent(new ConnectionException("broken off"))).isFalse();
		assertThat(RetryState.isUnsent(new SslException("no certificate"))).isFalse();
	}

	@Test
	void pausesDoNotExceedTheDeadline() throws InterruptedException {
		SendOptions options = SendOptions.DEFAULTS.withDeadline(Deadline.after(Duration.ofSeconds(30)));
		RetryState state = RetryState.of(Retry.of(5), GET, options);
		ConnectionException error = new ConnectionException("broken off");
		state.pause(Duration.ofMillis(1), error, null);
		assertThatExceptionOfType(RequestTimeoutException.class)
			.isThrownBy(() -> state.pause(Duration.ofHours(1), error, null))
			.withMessage("GET http://a.example/items: the next attempt would start in 3600s, after the deadline of"
					+ " 30s for the whole call. Raise the deadline, or allow fewer retries.")
			.withCause(error);
		SendOptions late = SendOptions.DEFAULTS.withDeadline(Deadline.after(Duration.ofNanos(1)));
		RetryState over = RetryState.of(Retry.of(5), GET, late);
		assertThat(over.isOver()).isTrue();
		assertThat(over.mayRepeat(true)).isFalse();
		assertThatExceptionOfType(RequestTimeoutException.class)
			.isThrownBy(() -> over.pause(Duration.ZERO, error, null));
	}

	@Test
	void closingTheTransportEndsThePause() {
		HttpAdapter transport = HttpAdapter.builder().build();
		RetryState state = RetryState.of(Retry.of(5), GET, SendOptions.DEFAULTS, transport);
		transport.close();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> state.pause(Duration.ofHours(1), null, null))
			.withMessageContaining("the adapter was closed before the next attempt");
	}

	/** A body that turns out to be unrewindable only after it was written. */
	private static final class Once implements BodySource {

		private boolean written;

		@Override
		public long contentLength() {
			return 0;
		}

		@Override
		public void writeTo(OutputStream out) {
			this.written = true;
		}

		@Override
		public boolean isRewindable() {
			return !this.written;
		}

		@Override
		public void rewind() {
			throw new UnrepeatableSourceException("written once");
		}

	}

}
