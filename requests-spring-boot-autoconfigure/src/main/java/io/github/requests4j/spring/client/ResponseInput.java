package io.github.requests4j.spring.client;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;

/**
 * A response as message converters read it.
 *
 * @param getHeaders the headers
 * @param getBody the decoded body
 */
record ResponseInput(HttpHeaders getHeaders, InputStream getBody) implements HttpInputMessage {

	/** The whole body, which is kept in the response too. */
	static ResponseInput of(Response response) {
		return new ResponseInput(ReceivedHeaders.of(response), new ByteArrayInputStream(response.content()));
	}

	/** A copy, for the caller to keep. */
	static HttpHeaders headers(Response response) {
		CaseInsensitiveHeaders received = response.headers();
		HttpHeaders headers = new HttpHeaders();
		for (int i = 0; i < received.size(); i++) {
			headers.addAll(received.nameAt(i), received.getAll(received.nameAt(i)));
		}
		return headers;
	}

}
