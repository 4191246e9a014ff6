package io.github.requests4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Changing a live session, and who closes its adapters.
 */
class SessionUpdateTests {

	@Test
	void updateChangesSeveralSettingsOfALiveSession() {
		try (Session session = Session.create()) {
			session.update((builder) -> builder.header("A", "1").auth("u", "p").maxRedirects(3).trustEnv(false));
			assertThat(session.headers()).containsEntry("A", "1").containsKey("User-Agent");
			assertThat(session.maxRedirects()).isEqualTo(3);
			assertThat(session.trustEnv()).isFalse();
			session.update((builder) -> builder.header("A", null).clearHeaders().headers(Map.of("B", "2")).auth(null));
			assertThat(session.headers()).containsOnlyKeys("B");
			assertThat(session.auth()).isNull();
			assertThat(session.maxRedirects()).isEqualTo(3);
		}
	}

	@Test
	void failedUpdateChangesNothing() {
		try (Session session = Session.create()) {
			assertThatIllegalStateException().isThrownBy(() -> session.update((builder) -> {
				builder.header("A", "1").mount("x://", new Tracked());
				throw new IllegalStateException("no");
			})).withMessage("no");
			assertThat(session.headers()).doesNotContainKey("A");
			assertThat(session.adapters()).doesNotContainKey("x://");
		}
	}

	@Test
	void callInFlightKeepsItsSettings() {
		List<Timeouts> seen = new ArrayList<>();
		List<Session> sessions = new ArrayList<>();
		Adapter redirecting = new Tracked() {
			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				seen.add(options.timeouts());
				sessions.get(0).update((builder) -> builder.timeout(Duration.ofSeconds(9)));
				CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
				if (seen.size() == 1) {
					headers.put("Location", "/next");
				}
				return Response.builder((seen.size() == 1) ? 302 : 200)
					.headers(headers)
					.request(request)
					.url(request.url())
					.build();
			}
		};
		try (Session session = Session.builder()
			.mount("http://", redirecting)
			.timeout(Duration.ofSeconds(1), Duration.ofSeconds(2))
			.build()) {
			sessions.add(session);
			Timeouts before = session.timeouts();
			session.get("http://h/");
			session.get("http://h/");
			assertThat(seen).containsExactly(before, before, Timeouts.of(Duration.ofSeconds(9)));
		}
	}

	@Test
	void frozenSessionRejectsChangesAndSuggestsDerive() {
		try (Session session = Session.builder().name("shop").frozen(true).build()) {
			assertRejected(() -> session.update((builder) -> builder.header("A", "1")));
			assertRejected(() -> session.mount("x://", new Tracked()));
			assertRejected(() -> session.unmount("http://"));
			try (Session derived = session.derive((builder) -> builder.header("A", "1"))) {
				derived.update((builder) -> builder.header("B", "2"));
				assertThat(derived.headers()).containsKeys("A", "B");
			}
			assertThat(session.headers()).doesNotContainKeys("A", "B");
		}
	}

	private static void assertRejected(Runnable change) {
		assertThatIllegalStateException().isThrownBy(change::run).withMessageContaining("session.derive(...)");
	}

	@Test
	void sessionKeepsItsJar() {
		try (Session session = Session.create()) {
			CookieJar jar = session.cookies();
			session.update((builder) -> builder.cookie("a", "1").cookies(Map.of("b", "2")).cookies(jar));
			assertThat(session.cookies()).isSameAs(jar);
			assertThat(jar.getDict()).containsOnlyKeys("a", "b");
			assertThatIllegalStateException()
				.isThrownBy(() -> session.update((builder) -> builder.cookies(new CookieJar())))
				.withMessageContaining("session.derive(...)");
			CookieJar other = new CookieJar();
			try (Session derived = session.derive((builder) -> builder.cookies(other))) {
				assertThat(derived.cookies()).isSameAs(other);
			}
		}
	}

	@Test
	void unmountedAdapterBelongsToTheCaller() {
		Tracked outer = new Tracked();
		Tracked inner = new Tracked();
		Session session = Session.builder().mount("http://", outer).mount("http://h/", inner).build();
		assertThat(session.getAdapter("http://h/")).isSameAs(inner);
		assertThat(session.unmount("http://h/")).isSameAs(inner);
		assertThat(session.getAdapter("http://h/")).isSameAs(outer);
		assertThat(session.unmount("http://h/")).isNull();
		assertThat(session.unmount("http://")).isSameAs(outer);
		assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> session.get("http://h/"));
		session.close();
		assertThat(inner.closed).hasValue(0);
		assertThat(outer.closed).hasValue(0);
	}

	@Test
	void adapterThatIsStillMountedElsewhereIsClosedWithTheSession() {
		Tracked both = new Tracked();
		Session session = Session.builder().mount("http://", both).mount("http://h/", both).build();
		session.update((builder) -> builder.unmount("http://h/"));
		session.close();
		assertThat(both.closed).hasValue(1);
	}

	@Test
	void replacedAdapterIsClosedOnlyWithTheSession() {
		Tracked first = new Tracked();
		Tracked second = new Tracked();
		Tracked foreign = new Tracked();
		Session session = Session.builder().mount("http://", first).mountShared("x://", foreign).build();
		session.mount("http://", second);
		session.mount("x://", new Tracked());
		assertThat(first.closed).hasValue(0);
		session.close();
		session.close();
		assertThat(first.closed).hasValue(1);
		assertThat(second.closed).hasValue(1);
		assertThat(foreign.closed).hasValue(0);
	}

	@Test
	void adapterReclaimedByItsOwnerStaysOpen() {
		Tracked first = new Tracked();
		Session session = Session.builder().mount("http://", first).build();
		session.mount("http://", new Tracked());
		session.update((builder) -> builder.mountShared("x://", first));
		session.close();
		assertThat(first.closed).hasValue(0);
	}

	@Test
	void unmountedSchemeGetsNoDefaultAdapter() {
		try (Session session = Session.builder().unmount("http://").build()) {
			assertThat(session.adapters()).containsOnlyKeys("https://");
			assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> session.get("http://h/"));
			try (Session derived = session.derive((builder) -> builder.unmount("https://"))) {
				assertThat(derived.adapters()).doesNotContainKey("https://");
			}
		}
	}

	/** Counts how often it is closed. */
	private static class Tracked implements Adapter {

		private final AtomicInteger closed = new AtomicInteger();

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			return Response.builder(200).request(request).build();
		}

		@Override
		public void close() {
			this.closed.incrementAndGet();
		}

	}

}
