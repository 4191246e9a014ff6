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

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * What a mock or a local server answers. Immutable; the methods that add something give
 * changed copies. <pre>{@code
 * Reply slow = Reply.json(Map.of("name", "tea")).header("ETag", "\"7\"").after(Duration.ofSeconds(2));
 * }</pre>
 */
public final class Reply {

	private static final String JSON = "application/json";

	private final int status;

	private final CaseInsensitiveHeaders headers;

	private final byte[] body;

	private final Duration delay;

	private final boolean broken;

	private Reply(int status, CaseInsensitiveHeaders headers, byte[] body, Duration delay, boolean broken) {
		this.status = status;
		this.headers = headers;
		this.body = body;
		this.delay = delay;
		this.broken = broken;
	}

	/**
	 * A reply without body.
	 * @param status the status
	 * @return the reply
	 */
	public static Reply status(int status) {
		return new Reply(status, new CaseInsensitiveHeaders(), new byte[0], Duration.ZERO, false);
	}

	/**
	 * A reply with status 200.
	 * @param json the body as JSON text, sent as it is, or anything that Jackson can
	 * write
	 * @return the reply
	 */
	public static Reply json(Object json) {
		return json(200, json);
	}

	/**
	 * A reply with a JSON body.
	 * @param status the status
	 * @param json the body as JSON text, sent as it is, or anything that Jackson can
	 * write
	 * @return the reply
	 */
	public static Reply json(int status, Object json) {
		String text = (json instanceof String ready) ? ready : JsonMapper.shared().writeValueAsString(json);
		return status(status).body(JSON, text.getBytes(StandardCharsets.UTF_8));
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
		return new Reply(0, new CaseInsensitiveHeaders(), new byte[0], Duration.ZERO, true);
	}

	/**
	 * The same reply with a body.
	 * @param contentType the Content-Type
	 * @param bytes the body; not copied
	 * @return the reply
	 */
	public Reply body(String contentType, byte[] bytes) {
		Reply changed = header("Content-Type", contentType);
		return new Reply(this.status, changed.headers, bytes, this.delay, this.broken);
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
		return new Reply(this.status, changed, this.body, this.delay, this.broken);
	}

	/**
	 * The same reply after a while. A local server waits; a mock does not wait: it
	 * answers at once, or when the time is longer than the read timeout of the call
	 * raises {@link io.github.requests4j.http.ReadTimeoutException ReadTimeoutException}.
	 * @param delay the time before the reply
	 * @return the reply
	 */
	public Reply after(Duration delay) {
		return new Reply(this.status, this.headers, this.body, Objects.requireNonNull(delay, "delay"), this.broken);
	}

	/** The same reply with a body of no type. */
	Reply bytes(byte[] bytes) {
		return new Reply(this.status, this.headers, bytes, this.delay, this.broken);
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
