package io.github.requests4j.spring.test;

import org.junit.jupiter.api.Test;

import io.github.requests4j.Session;
import io.github.requests4j.http.PreparedRequest;

import static org.assertj.core.api.Assertions.assertThat;

class RecordedCallTests {

	private static final String TEXT = "tea and cake ".repeat(100);

	@Test
	void compressedRequestBodyIsReadable() {
		try (Session session = Session.builder().compressBodies(0).build()) {
			PreparedRequest request = session.prepare("POST", "http://a.example/", (options) -> options.data(TEXT));
			RecordedCall call = RecordedCall.of(request, null);
			assertThat(request.body().contentLength()).isLessThan(TEXT.length());
			assertThat(call.text()).isEqualTo(TEXT);
			assertThat(call.headers().get("Content-Encoding")).isEqualTo("gzip");
		}
	}

	@Test
	void bodyThatDoesNotMatchItsEncodingIsUnchanged() {
		try (Session session = Session.create()) {
			for (String body : new String[] { TEXT, "\u001f", "x" }) {
				PreparedRequest request = session.prepare("POST", "http://a.example/",
						(options) -> options.data(body).header("Content-Encoding", "gzip"));
				assertThat(RecordedCall.of(request, null).text()).isEqualTo(body);
			}
		}
	}

}
