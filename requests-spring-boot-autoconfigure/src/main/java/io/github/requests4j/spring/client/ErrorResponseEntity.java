package io.github.requests4j.spring.client;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

import io.github.requests4j.http.Response;

/**
 * The {@code ResponseEntity<T>} that a client method returns for a status from 400 to
 * 599. Servers rarely send a {@code T} with such a status. In that case,
 * {@link #getBody()} is null, or a {@code T} without values if the message converter
 * ignores unknown fields. {@link #response()} has the original body. <pre>{@code
 * public String problem(ResponseEntity<Order> entity) {
 *     return (entity instanceof ErrorResponseEntity<Order> error) ? error.response().text() : "none";
 * }
 * }</pre> Thread-safe.
 *
 * @param <T> the type of the body
 */
public final class ErrorResponseEntity<T> extends ResponseEntity<T> {

	private final Response response;

	ErrorResponseEntity(@Nullable T body, HttpHeaders headers, HttpStatusCode status, Response response) {
		super(body, headers, status);
		this.response = response;
	}

	/**
	 * Returns the response, whose content has been read.
	 * @return the response, closed
	 */
	public Response response() {
		return this.response;
	}

}
