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

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * What a mock or a local server answers. Immutable; the methods that add something give
 * changed copies. <pre>{@code
 * Reply slow = Reply.json(Map.of("name", "tea")).header("ETag", "\"7\"").after(Duration.ofSeconds(2));
 * }</pre>
 */
public final class Reply {

	private static final String JSON = "application/json";

	private static final byte[] NOTHING = {};

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
	 * A reply without body.
	 * @param status the status
	 * @return the reply
	 */
	public static Reply status(int status) {
		return new Reply(status, new CaseInsensitiveHeaders(), NOTHING, Duration.ZERO, false, null, null);
	}

	/**
	 * Returns a reply with status 200 and a JSON body. The application's
	 * {@link JsonMapper} writes the body, if there is such a bean, when the reply is
	 * given to a mock or to the server of {@link RequestsLocalServer}; otherwise
	 * Jackson's shared mapper does.
	 * @param json the body as JSON text, sent as it is, or anything that Jackson can
	 * write
	 * @return the reply
	 */
	public static Reply json(Object json) {
		return json(200, json);
	}

	/**
	 * Returns a reply with a JSON body, written as by {@link #json(Object)}.
	 * @param status the status
	 * @param json the body as JSON text, sent as it is, or anything that Jackson can
	 * write
	 * @return the reply
	 */
	public static Reply json(int status, Object json) {
		if (json instanceof String text) {
			return status(status).body(JSON, text.getBytes(StandardCharsets.UTF_8));
		}
		Reply typed = status(status).header("Content-Type", JSON);
		return new Reply(status, typed.headers, NOTHING, Duration.ZERO, false, null, json);
	}

	/**
	 * A reply with status 200 and plain text.
	 * @param text the text, sent as UTF-8
	 * @return the reply
	 */
	public static Reply text(String text) {
		return status(200).body("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A reply with status 200 and the content of a resource.
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
	 * No reply: the connection breaks, and the caller gets a
	 * {@link io.github.requests4j.http.ConnectionException ConnectionException}.
	 * @return the reply
	 */
	public static Reply disconnect() {
		return new Reply(0, new CaseInsensitiveHeaders(), NOTHING, Duration.ZERO, true, null, null);
	}

	/**
	 * The same reply with a body.
	 * @param contentType the Content-Type
	 * @param bytes the body; not copied
	 * @return the reply
	 */
	public Reply body(String contentType, byte[] bytes) {
		Reply changed = header("Content-Type", contentType);
		return changed.bytes(bytes);
	}

	/**
	 * The same reply with a header more.
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
	 * The same reply after a while. A local server waits; a mock does not wait: it
	 * answers at once, or when the time is longer than the read timeout of the call
	 * raises {@link io.github.requests4j.http.ReadTimeoutException ReadTimeoutException}.
	 * @param delay the time before the reply
	 * @return the reply
	 */
	public Reply after(Duration delay) {
		return new Reply(this.status, this.headers, this.body, Objects.requireNonNull(delay, "delay"), this.broken,
				this.reason, this.json);
	}

	/** The same reply with a body of no type. */
	Reply bytes(byte[] bytes) {
		return new Reply(this.status, this.headers, bytes, this.delay, this.broken, this.reason, null);
	}

	/** The same reply with a reason phrase. */
	Reply reason(String phrase) {
		return new Reply(this.status, this.headers, this.body, this.delay, this.broken, phrase, this.json);
	}

	/** The same reply with its JSON written. */
	Reply written(JsonMapper mapper) {
		return (this.json != null) ? bytes(mapper.writeValueAsBytes(this.json)) : this;
	}

	/** The reason phrase; that of the status if none is set. */
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

	ByteArrayInputStream stream() {
		return new ByteArrayInputStream(this.body);
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
