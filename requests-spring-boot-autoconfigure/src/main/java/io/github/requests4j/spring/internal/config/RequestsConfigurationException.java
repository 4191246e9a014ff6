package io.github.requests4j.spring.internal.config;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.origin.Origin;

import io.github.requests4j.internal.url.UrlText;

/**
 * Thrown for a mistake in the configuration of requests, which prevents the application
 * from starting. The message names the property, its origin, the problem and the fix, but
 * never a value that may be secret.
 */
public final class RequestsConfigurationException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The name of the property, or of another part that is wrong. */
	private final String property;

	private final transient @Nullable Origin origin;

	/** What is wrong. */
	private final String problem;

	/** What to do. */
	private final String fix;

	/**
	 * Creates the exception.
	 * @param property the name of the property, or of another part that is wrong
	 * @param origin where the property was set, or {@code null} if that is unknown
	 * @param problem what is wrong, as a sentence
	 * @param fix what to do, as a sentence
	 * @param cause the original error, or {@code null}
	 */
	public RequestsConfigurationException(String property, @Nullable Origin origin, String problem, String fix,
			@Nullable Throwable cause) {
		super(UrlText.masked(property) + ((origin != null) ? " (" + shown(origin) + ")" : "") + ": " + problem + " "
				+ fix, cause);
		this.property = UrlText.masked(property);
		this.origin = origin;
		this.problem = problem;
		this.fix = fix;
	}

	/**
	 * Returns the text of an origin without secrets. It may repeat the name of the
	 * property, which may be a URL.
	 */
	static String shown(Origin origin) {
		return UrlText.masked(origin.toString());
	}

	/**
	 * Returns the property.
	 * @return its full name, without the secrets of a URL in it
	 */
	public String property() {
		return this.property;
	}

	/**
	 * Returns where the property was set.
	 * @return its origin, such as a file and a line, or {@code null} if unknown
	 */
	public @Nullable Origin origin() {
		return this.origin;
	}

	/**
	 * Returns what is wrong.
	 * @return a sentence
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * Returns how to fix the mistake.
	 * @return a sentence
	 */
	public String fix() {
		return this.fix;
	}

}
