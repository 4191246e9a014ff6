package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.Test;

import org.springframework.http.converter.ByteArrayHttpMessageConverter;
import org.springframework.http.converter.StringHttpMessageConverter;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What converters see of a response.
 */
class ResponseInputTests {

	private static final String TEXT = "tea ".repeat(100);

	@Test
	void convertersReadAllOfABodyThatWasPacked() throws IOException {
		assertThat(new ByteArrayHttpMessageConverter().read(byte[].class, packed())).asString(ISO_8859_1)
			.isEqualTo(TEXT);
		assertThat(new StringHttpMessageConverter().read(String.class, packed())).isEqualTo(TEXT);
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
