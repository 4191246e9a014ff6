package io.github.requests4j;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Which adapter serves which URL, and who closes it (behaviours 15, 196, 197).
 */
class AdapterRegistryTests {

	private static final class Recording implements Adapter {

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

	@Test
	@DisplayName("196: longer prefixes come first, then earlier mounted ones; mounting again keeps the position")
	void longerPrefixesComeFirst() {
		try (Session session = Session.create()) {
			session.mount("http://a", new Recording());
			session.mount("http://b", new Recording());
			assertThat(session.adapters().keySet()).containsExactly("https://", "http://a", "http://b", "http://");
			Adapter again = new Recording();
			session.mount("http://a", again);
			assertThat(session.adapters().keySet()).containsExactly("https://", "http://a", "http://b", "http://");
			assertThat(session.getAdapter("http://a/")).isSameAs(again);
		}
	}

	@ParameterizedTest(name = "196: prefix {0} serves {1}: {2}")
	@CsvSource({ "https://a.com,https://a.com/x,true", "https://a.com,https://a.com,true",
			"https://a.com,https://a.com?q,true", "https://a.com,https://a.com#f,true",
			"https://a.com,https://a.com:8443/,true", "https://a.com,HTTPS://A.COM/x,true",
			"https://a.com,https://a.com.evil/x,false", "https://a.com,https://a.community/,false",
			"https://a.com,https://a.com@evil/,false", "https://a.com,https://a.com:x@evil/,false",
			"https://a.com:80,https://a.com:8080/,false", "https://a.com:80,https://a.com:80/,true",
			"https://a.com/v1,https://a.com/v1/x,true", "https://a.com/,https://u:p@a.com/,true",
			"https://[::1],https://[::1]:8/,true", "foo+bar://,foo+bar://x,true",
			"hTtPs://eXamPle.CoM/MixEd_CAse,HtTpS://exaMPLe.cOm/MiXeD_caSE/x,true" })
	void prefixMatchesWholeHosts(String prefix, String url, boolean serves) {
		Adapter adapter = new Recording();
		try (Session session = Session.builder().mount(prefix, adapter).mount("http", new Recording()).build()) {
			assertThat(session.getAdapter(url) == adapter).isEqualTo(serves);
		}
	}

	@Test
	@DisplayName("197: a missing adapter is an InvalidSchemaException that has the URL in its message")
	void missingAdapterIsAnInvalidSchema() {
		try (Session session = Session.create()) {
			assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> session.getAdapter("ftp://x"))
				.withMessage("No connection adapters were found for 'ftp://x'."
						+ " Adapters are mounted for [https://, http://]; the URL must start with one of these.");
			assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> session.get("ftp://x/y"));
		}
	}

	@ParameterizedTest
	@CsvSource({ "localhost:8080,http://localhost:8080", "localhost:1/x?token=t,http://localhost:1/x?token=***",
			"10.1.2.3:443/x,https://10.1.2.3:443/x" })
	void missingSchemeBeforeAHostWithPortIsSuggested(String url, String likely) {
		try (Session session = Session.create()) {
			assertThatExceptionOfType(InvalidSchemaException.class).isThrownBy(() -> session.get(url))
				.withMessageEndingWith("The scheme is missing. Perhaps you meant " + likely + "?");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> Session.builder().baseUrl(url))
			.withMessageEndingWith("No scheme supplied. Perhaps you meant " + likely + "?");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://x", "mailto:ann@example.com", "host:port", "a:123456", "u:1@host/" })
	void otherUrlsAreNotMistakenForAHostWithPort(String url) {
		try (Session session = Session.create()) {
			assertThatExceptionOfType(RequestException.class).isThrownBy(() -> session.get(url))
				.withMessageNotContaining("Perhaps");
		}
	}

	@Test
	@DisplayName("196: mounting nothing fails at once, and changes nothing")
	void nullIsNotMounted() {
		try (Session session = Session.create()) {
			Map<String, Adapter> before = session.adapters();
			assertThatNullPointerException().isThrownBy(() -> session.mount("http://", null)).withMessage("adapter");
			assertThatNullPointerException().isThrownBy(() -> session.mount(null, new Recording()))
				.withMessage("prefix");
			assertThat(session.adapters()).isEqualTo(before);
		}
	}

	@Test
	@DisplayName("15: a session closes each adapter that it owns once, and no others")
	void sessionClosesOnlyItsOwnAdapters() {
		Recording owned = new Recording();
		Recording shared = new Recording();
		Session session = Session.builder()
			.mount("https://", owned)
			.mount("http://", owned)
			.mountShared("mock://", shared)
			.build();
		Session derived = session.derive((builder) -> builder.header("X", "y"));
		derived.close();
		assertThat(owned.closed).hasValue(0);
		session.close();
		session.close();
		assertThat(owned.closed).hasValue(1);
		assertThat(shared.closed).hasValue(0);
	}

	@Test
	@DisplayName("196: the connection of a response is the adapter that is mounted")
	void connectionOfAResponseIsItsAdapter() {
		Adapter adapter = new Recording();
		try (Session session = Session.builder().mount("mock://", adapter).build()) {
			assertThat(session.get("mock://x").connection()).isSameAs(adapter);
		}
	}

}
