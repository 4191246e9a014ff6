package io.github.requests4j.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import io.github.requests4j.cookies.CookieJar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests of the options of a call.
 */
class RequestOptionsTests {

	@Test
	void requestRejectsTransportOptions() {
		List<Consumer<RequestOptions>> settings = List.of((o) -> o.timeout(Duration.ofSeconds(1)),
				(o) -> o.deadline(Duration.ofSeconds(1)), (o) -> o.stream(false), (o) -> o.verify(true),
				(o) -> o.proxy("http", null), (o) -> o.allowRedirects(true), (o) -> o.client("c"),
				(o) -> o.uriTemplate("t"), (o) -> o.onProgress((direction, bytes, total) -> {
				}));
		for (Consumer<RequestOptions> setting : settings) {
			assertThatIllegalArgumentException().isThrownBy(() -> Request.of("GET", "http://h", setting))
				.withMessageContaining("SendOptions.of(...)");
		}
	}

	@Test
	void uriVariablesAreExpandedAndTheTemplateIsKept() {
		RequestOptions options = new RequestOptions().uriVariable("id", "a/b").uriVariables(Map.of("q", "c d"));
		assertThat(options.toRequest("GET", "http://h/{id}?q={q}").url()).isEqualTo("http://h/a%2Fb?q=c%20d");
		assertThat(options.toSendOptions().context().uriTemplate()).isEqualTo("http://h/{id}");
		assertThat(Request.of("GET", "http://h/{id}", (o) -> o.uriVariable("id", 1)).url()).isEqualTo("http://h/1");
	}

	@Test
	void requestsOfTheSameOptionsAreIndependent() {
		RequestOptions options = new RequestOptions().header("A", "1").files(FilePart.of("f", "x"));
		Request first = options.toRequest("GET", "http://h");
		Request second = options.header("A", "2").files(FilePart.of("g", "y")).toRequest("GET", "http://h");
		assertThat(first.headers()).containsEntry("A", "1");
		assertThat(first.files()).hasSize(1);
		assertThat(second.headers()).containsEntry("A", "2");
		assertThat(second.files()).hasSize(2);
	}

	@Test
	void changedCopyLeavesTheOriginalUnchanged() {
		CookieJar jar = new CookieJar();
		jar.set("a", "b");
		Request request = Request.of("GET", "http://h",
				(o) -> o.header("A", "1").param("p", 1).cookies(jar).auth("u", "p").json(1));
		Request changed = request.with((o) -> o.header("B", "2").cookie("c", "d").param("q", 2));
		assertThat(request.headers()).doesNotContainKey("B");
		assertThat(request.cookies().getDict()).containsOnlyKeys("a");
		assertThat(jar.getDict()).containsOnlyKeys("a");
		assertThat(changed.headers()).containsEntry("A", "1").containsEntry("B", "2");
		assertThat(changed.cookies().getDict()).containsOnlyKeys("a", "c");
		assertThat(changed.prepare().url()).isEqualTo("http://h/?p=1&q=2");
		assertThat(changed.auth()).isEqualTo(request.auth());
		assertThat(changed.json()).isEqualTo(1);
	}

	@Test
	void contradictingLengthsAreRejectedImmediately() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("Content-Length", "1");
		headers.put("content-length", "2");
		RequestOptions options = new RequestOptions();
		assertThatExceptionOfType(InvalidHeaderException.class).isThrownBy(() -> options.headers(headers));
	}

	@Test
	void userNameAndPasswordUseBasic() {
		PreparedRequest prepared = Request.of("GET", "http://h", (o) -> o.auth("user", "pass")).prepare();
		assertThat(prepared.headers()).containsEntry("Authorization", "Basic dXNlcjpwYXNz");
	}

}
