package io.github.requests4j.spring.client;

import java.io.ByteArrayOutputStream;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;

/**
 * Where a message converter writes to: bytes, so that the length is known and the body
 * can be sent again.
 *
 * @param getHeaders the headers of the request or part
 * @param getBody the bytes
 */
record ConverterOutput(HttpHeaders getHeaders, ByteArrayOutputStream getBody) implements HttpOutputMessage {
}
