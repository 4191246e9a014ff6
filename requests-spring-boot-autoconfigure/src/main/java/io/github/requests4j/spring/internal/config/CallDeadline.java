package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * The value of a {@code deadline} key: a duration or {@code inherit}. It is not a record,
 * because records are groups of keys. Immutable.
 */
public final class CallDeadline {

	/** The value for the deadline of the request being served. */
	static final String INHERIT = "inherit";

	private static final CallDeadline INHERITED = new CallDeadline(null);

	private final @Nullable Duration limit;

	private CallDeadline(@Nullable Duration limit) {
		this.limit = limit;
	}

	/**
	 * Reads a value. The binder of Spring Boot finds this method by its name.
	 * @param text a duration or {@code inherit}
	 * @return the deadline; {@code null} for an empty text
	 * @throws IllegalArgumentException if it is neither
	 */
	public static @Nullable CallDeadline of(String text) {
		String value = text.strip();
		if (value.isEmpty()) {
			return null;
		}
		return value.equalsIgnoreCase(INHERIT) ? INHERITED : new CallDeadline(DurationStyle.detectAndParse(value));
	}

	/**
	 * Returns the limit of a call.
	 * @return the limit, or {@code null} if calls inherit one
	 */
	public @Nullable Duration limit() {
		return this.limit;
	}

	/**
	 * Returns whether calls inherit the deadline of the request being served.
	 * @return {@code true} for {@code inherit}
	 */
	public boolean isInherited() {
		return this.limit == null;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CallDeadline that && Objects.equals(this.limit, that.limit);
	}

	@Override
	public int hashCode() {
		return Objects.hashCode(this.limit);
	}

	@Override
	public String toString() {
		return (this.limit != null) ? this.limit.toString() : INHERIT;
	}

}
