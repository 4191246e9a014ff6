package io.github.requests4j.conformance;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.testserver.BlackHole;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Timeouts: for connecting, for reading, for both and none.
 */
class TimeoutTests extends HttpbinSupport {

	private static final Duration SHORT = Duration.ofMillis(100);

	@Test
	@DisplayName("204, 240: a server that says nothing is a read timeout, whichever way the limit is set")
	void read() throws IOException {
		try (RawServer silent = RawServer.start(RawConversation::awaitClientClose)) {
			for (Timeouts timeouts : List.of(Timeouts.of(SHORT), Timeouts.of(null, SHORT))) {
				assertThatExceptionOfType(ReadTimeoutException.class)
					.isThrownBy(() -> this.session.get(silent.url("/"), (o) -> o.timeouts(timeouts)))
					.withMessageContaining("read timed out")
					.isInstanceOf(RequestTimeoutException.class)
					.havingRootCause()
					.isInstanceOf(SocketTimeoutException.class);
			}
		}
	}

	@Test
	@DisplayName("204, 238: a connect timeout is caught as a timeout and as a connection error")
	void connect() throws IOException {
		try (BlackHole hole = BlackHole.open()) {
			for (Timeouts timeouts : List.of(Timeouts.of(SHORT), Timeouts.of(SHORT, null))) {
				assertThatExceptionOfType(ConnectTimeoutException.class)
					.isThrownBy(() -> this.session.get(hole.url("http"), (o) -> o.timeouts(timeouts)))
					.isInstanceOf(ConnectionException.class)
					.isInstanceOf(RequestTimeoutException.class);
			}
		}
	}

	@Test
	@DisplayName("204: no limit is a limit too")
	void none() {
		assertThat(this.session.get(url("/get"), (o) -> o.timeouts(Timeouts.NONE)).statusCode()).isEqualTo(200);
		assertThat(this.session.get(url("/get"), (o) -> o.timeout(null, null)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest(name = "205: {0} ms are refused at once")
	@ValueSource(longs = { 0, -1, -3000 })
	void invalid(long millis) {
		Duration limit = Duration.ofMillis(millis);
		assertThatIllegalArgumentException().isThrownBy(() -> this.session.get(url("/get"), (o) -> o.timeout(limit)))
			.withMessageContaining("Attempted to set connect timeout to");
		assertThatIllegalArgumentException().isThrownBy(() -> Timeouts.of(null, limit))
			.withMessageContaining("Attempted to set read timeout to");
		assertThat(this.httpbin.connectionCount()).isZero();
	}

	@Test
	@DisplayName("205: a timeout is one duration or two: neither text, nor truth, nor a third can be given")
	void typed() {
		List<Method> methods = Arrays.stream(RequestOptions.class.getMethods())
			.filter((method) -> method.getName().equals("timeout"))
			.toList();
		assertThat(methods).isNotEmpty()
			.allSatisfy((method) -> assertThat(method.getParameterTypes()).hasSizeBetween(1, 2)
				.containsOnly(Duration.class));
	}

}
