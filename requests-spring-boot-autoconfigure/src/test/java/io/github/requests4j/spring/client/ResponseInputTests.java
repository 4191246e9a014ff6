package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What converters see of a response.
 */
class ResponseInputTests {

	private static final String TEXT = "tea ".repeat(100);

	@Test
	void convertersReadACompressedBodyCompletely() throws IOException {
		assertThat(new ByteArrayHttpMessageConverter().read(byte[].class, packed())).asString(ISO_8859_1)
			.isEqualTo(TEXT);
		assertThat(new StringHttpMessageConverter().read(String.class, packed())).isEqualTo(TEXT);
	}

	@Test
	void headersAreThoseOfTheResponse() throws IOException {
		CaseInsensitiveHeaders received = new CaseInsensitiveHeaders(Map.of("Content-Type", "text/plain"));
		received.add("Via", "a");
		received.add("Via", "b");
		HttpHeaders headers = ResponseInput.of(Response.builder(200).headers(received).build()).getHeaders();
		assertThat(headers.getContentType()).isEqualTo(MediaType.TEXT_PLAIN);
		assertThat(headers.getContentLength()).isEqualTo(-1);
		assertThat(headers.get("VIA")).containsExactly("a", "b");
		assertThat(headers.headerNames()).containsExactly("Content-Type", "Via");
		assertThat(headers.toSingleValueMap()).isEqualTo(Map.of("Content-Type", "text/plain", "Via", "a"));
		assertThat(HttpHeaders.copyOf(headers)).isEqualTo(headers);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> headers.add("A", "b"));
	}

	@Test
	void contentLengthIsThatOfTheDecodedBody() throws IOException {
		HttpHeaders headers = packed().getHeaders();
		assertThat(headers.getContentLength()).isEqualTo(TEXT.length());
		assertThat(headers.get("content-encoding")).containsExactly("gzip");
	}

	private static ResponseInput packed() throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = new GZIPOutputStream(bytes)) {
			out.write(TEXT.getBytes(ISO_8859_1));
		}
		return ResponseInput.of(Response.builder(200)
			.headers(new CaseInsensitiveHeaders(
					Map.of("Content-Encoding", "gzip", "Content-Length", String.valueOf(bytes.size()))))
			.raw(new ByteArrayInputStream(bytes.toByteArray()))
			.build());
	}

}
