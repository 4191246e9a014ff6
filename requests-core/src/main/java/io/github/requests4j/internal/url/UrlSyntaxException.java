package io.github.requests4j.internal.url;

/**
 * Thrown when a text is not a valid URL. The message does not contain secrets.
 * <p>
 * Sessions convert it to a {@code MissingSchemaException} or {@code InvalidUrlException}
 * with the same message. The factory methods return the supertype, so that the JVM does
 * not load this class to verify the code that throws it.
 */
public final class UrlSyntaxException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private static final String HOST_ADVICE = ". Check the part between '//' and the path. A variable may be empty.";

	/** The kind of error. */
	private final Problem problem;

	/** The URL with its secrets masked. */
	private final String url;

	private UrlSyntaxException(Problem problem, String url, String message) {
		super(message);
		this.problem = problem;
		this.url = UrlText.masked(url);
	}

	/**
	 * Creates the exception for a URL without a scheme.
	 * @param url the invalid text
	 * @return the exception
	 */
	public static IllegalArgumentException noScheme(String url) {
		if (url.startsWith("/") && !url.startsWith("//")) {
			return new UrlSyntaxException(Problem.NO_SCHEME, url,
					"Invalid URL " + UrlText.quoted(url)
							+ ": No scheme supplied. A relative URL requires a session with a base URL. "
							+ "Set the base URL of the session, or use an absolute URL.");
		}
		return new UrlSyntaxException(Problem.NO_SCHEME, url, "Invalid URL " + UrlText.quoted(url)
				+ ": No scheme supplied. Perhaps you meant https://" + UrlText.masked(url) + "?");
	}

	/**
	 * Creates the exception for a URL without a host.
	 * @param url the invalid text
	 * @return the exception
	 */
	public static IllegalArgumentException noHost(String url) {
		String likely = UrlText.withScheme(url);
		if (likely != null) {
			return new UrlSyntaxException(Problem.NO_HOST, url,
					"Invalid URL " + UrlText.quoted(url) + ": No scheme supplied. Perhaps you meant " + likely + "?");
		}
		return new UrlSyntaxException(Problem.NO_HOST, url,
				"Invalid URL " + UrlText.quoted(url) + ": No host supplied" + HOST_ADVICE);
	}

	/**
	 * Creates the exception for a text that cannot be parsed.
	 * @param url the invalid text
	 * @return the exception
	 */
	public static IllegalArgumentException unparsable(String url) {
		return new UrlSyntaxException(Problem.INVALID, url, "Failed to parse: " + UrlText.printable(url));
	}

	/**
	 * Creates the exception for a text that cannot be parsed, with a reason if requests
	 * would accept it.
	 * @param url the invalid text
	 * @param reason what is wrong and what to do, in whole sentences
	 * @return the exception
	 */
	public static IllegalArgumentException unparsable(String url, String reason) {
		return new UrlSyntaxException(Problem.INVALID, url,
				"Failed to parse: " + UrlText.printable(url) + ". " + reason);
	}

	/**
	 * Creates the exception for another error.
	 * @param url the invalid text
	 * @param message the whole message, which must not contain secrets
	 * @return the exception
	 */
	public static IllegalArgumentException invalid(String url, String message) {
		return new UrlSyntaxException(Problem.INVALID, url, message);
	}

	/**
	 * Returns the kind of error.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * Returns the invalid text, with secrets replaced by {@code ***}.
	 * @return the masked text
	 */
	public String url() {
		return this.url;
	}

	/** The kinds of errors that requests distinguishes. */
	public enum Problem {

		/** Returns the scheme is missing ({@code MissingSchema} in requests). */
		NO_SCHEME,

		/** Returns the host is missing ({@code InvalidURL} in requests). */
		NO_HOST,

		/** Any other error ({@code InvalidURL} in requests). */
		INVALID

	}

}
