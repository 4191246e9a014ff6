package io.github.requests4j.spring.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timings;

/**
 * The reply of a mock or a local server. Immutable. The methods that change a property
 * return a changed copy. <pre>{@code
 * Reply slow = Reply.json(Map.of("name", "tea")).header("ETag", "\"7\"").after(Duration.ofSeconds(2));
 * }</pre>
 */
public final class Reply {

	private static final String JSON = "application/json";

	private static final byte[] EMPTY = {};

	private final int status;

	private final CaseInsensitiveHeaders headers;

	private final byte[] body;

	private final Duration delay;

	private final boolean broken;

	private final @Nullable String reason;

	/** The body before it is written as JSON, or {@code null}. */
	private final @Nullable Object json;

	private Reply(int status, CaseInsensitiveHeaders headers, byte[] body, Duration delay, boolean broken,
			@Nullable String reason, @Nullable Object json) {
		this.status = status;
		this.headers = headers;
		this.body = body;
		this.delay = delay;
		this.broken = broken;
		this.reason = reason;
		this.json = json;
	}

	/**
	 * Returns a reply without a body.
	 * @param status the status
	 * @return the reply
	 */
	public static Reply status(int status) {
		return new Reply(status, new CaseInsensitiveHeaders(), EMPTY, Duration.ZERO, false, null, null);
	}

	/**
	 * Returns a reply with status 200 and a JSON body. The application's
	 * {@link JsonMapper} writes the body, if there is such a bean, when the reply is
	 * passed to a mock or to the server of {@link RequestsLocalServer}. Otherwise,
	 * Jackson's shared mapper writes it.
	 * @param json the body as JSON text, which is sent unchanged, or any value that
	 * Jackson can write
	 * @return the reply
	 */
	public static Reply json(Object json) {
		return json(200, json);
	}

	/**
	 * Returns a reply with a JSON body, written as by {@link #json(Object)}.
	 * @param status the status
	 * @param json the body as JSON text, which is sent unchanged, or any value that
	 * Jackson can write
	 * @return the reply
	 */
	public static Reply json(int status, Object json) {
		if (json instanceof String text) {
			return status(status).body(JSON, text.getBytes(StandardCharsets.UTF_8));
		}
		Reply typed = status(status).header("Content-Type", JSON);
		return new Reply(status, typed.headers, EMPTY, Duration.ZERO, false, null, json);
	}

	/**
	 * Returns a reply with status 200 and plain text.
	 * @param text the text, sent as UTF-8
	 * @return the reply
	 */
	public static Reply text(String text) {
		return status(200).body("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Returns a reply with status 200 and the content of a resource.
	 * @param contentType the Content-Type
	 * @param resource the resource
	 * @return the reply
	 */
	public static Reply resource(String contentType, Resource resource) {
		try {
			return status(200).body(contentType, resource.getContentAsByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns a reply that breaks the connection, which causes a
	 * {@link io.github.requests4j.http.ConnectionException ConnectionException}.
	 * @return the reply
	 */
	public static Reply disconnect() {
		return new Reply(0, new CaseInsensitiveHeaders(), EMPTY, Duration.ZERO, true, null, null);
	}

	/**
	 * Returns this reply with a body.
	 * @param contentType the Content-Type
	 * @param bytes the body, which is not copied
	 * @return the reply
	 */
	public Reply body(String contentType, byte[] bytes) {
		Reply changed = header("Content-Type", contentType);
		return changed.bytes(bytes);
	}

	/**
	 * Returns this reply with an additional header.
	 * @param name the name
	 * @param value the value
	 * @return the reply
	 */
	public Reply header(String name, String value) {
		CaseInsensitiveHeaders changed = this.headers.copy();
		changed.add(name, value);
		return new Reply(this.status, changed, this.body, this.delay, this.broken, this.reason, this.json);
	}

	/**
	 * Returns this reply with a delay. A local server waits for this time. A mock does
	 * not wait. It replies immediately, or throws
	 * {@link io.github.requests4j.http.ReadTimeoutException ReadTimeoutException} if the
	 * delay is longer than the read timeout of the call.
	 * @param delay the time before the reply
	 * @return the reply
	 */
	public Reply after(Duration delay) {
		return new Reply(this.status, this.headers, this.body, Objects.requireNonNull(delay, "delay"), this.broken,
				this.reason, this.json);
	}

	/** Returns this reply with a body and no Content-Type. */
	Reply bytes(byte[] bytes) {
		return new Reply(this.status, this.headers, bytes, this.delay, this.broken, this.reason, null);
	}

	/** Returns this reply with a reason phrase. */
	Reply reason(String phrase) {
		return new Reply(this.status, this.headers, this.body, this.delay, this.broken, phrase, this.json);
	}

	/** Returns this reply with its JSON written by a mapper. */
	Reply written(JsonMapper mapper) {
		return (this.json != null) ? bytes(mapper.writeValueAsBytes(this.json)) : this;
	}

	/** Returns the reason phrase, or the standard one of the status if none is set. */
	String reason() {
		HttpStatus known = HttpStatus.resolve(this.status);
		return (this.reason != null) ? this.reason : (known != null) ? known.getReasonPhrase() : "";
	}

	int status() {
		return this.status;
	}

	CaseInsensitiveHeaders headers() {
		return this.headers.copy();
	}

	/** Returns this reply as a response, in the same way as the transport. */
	Response toResponse(PreparedRequest request, ExchangeRecord record, Adapter adapter) {
		record.enter(Timings.Phase.BODY);
		record.complete();
		return Response.builder(this.status)
			.reason(reason())
			.headers(headers())
			.request(request)
			.raw(new ByteArrayInputStream(this.body))
			.elapsed(record.elapsed())
			.connection(adapter)
			.exchange(record)
			.build();
	}

	byte[] bytes() {
		return this.body;
	}

	Duration delay() {
		return this.delay;
	}

	boolean isBroken() {
		return this.broken;
	}

	boolean isSlowerThan(@Nullable Duration limit) {
		return limit != null && this.delay.compareTo(limit) > 0;
	}

}
