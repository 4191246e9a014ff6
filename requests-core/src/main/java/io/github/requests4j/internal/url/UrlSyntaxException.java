package io.github.requests4j.internal.url;

/**
 * A text that cannot be used as a URL. The message never shows a secret.
 * <p>
 * The caller of a session never meets this type: it is translated to
 * {@code MissingSchemaException} or {@code InvalidUrlException}, with the same message.
 * The factories are declared to return the superclass, so that the virtual machine does
 * not load this class to verify the code that throws it.
 */
public final class UrlSyntaxException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private static final String HOST_ADVICE = ". Check the part between '//' and the path: a variable may have been empty.";

	/** What is wrong. */
	private final Problem problem;

	/** The URL without its secrets. */
	private final String url;

	private UrlSyntaxException(Problem problem, String url, String message) {
		super(message);
		this.problem = problem;
		this.url = UrlText.masked(url);
	}

	/**
	 * No scheme.
	 * @param url the offending text
	 * @return the exception
	 */
	public static IllegalArgumentException noScheme(String url) {
		return new UrlSyntaxException(Problem.NO_SCHEME, url, "Invalid URL " + UrlText.quoted(url)
				+ ": No scheme supplied. Perhaps you meant https://" + UrlText.masked(url) + "?");
	}

	/**
	 * No host.
	 * @param url the offending text
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
	 * A text that does not parse.
	 * @param url the offending text
	 * @return the exception
	 */
	public static IllegalArgumentException unparsable(String url) {
		return new UrlSyntaxException(Problem.INVALID, url, "Failed to parse: " + UrlText.printable(url));
	}

	/**
	 * A text that does not parse, with the reason where this library refuses what
	 * requests would let pass.
	 * @param url the offending text
	 * @param reason what is wrong, and what to do
	 * @return the exception
	 */
	public static IllegalArgumentException unparsable(String url, String reason) {
		return new UrlSyntaxException(Problem.INVALID, url,
				"Failed to parse: " + UrlText.printable(url) + " (" + reason + ")");
	}

	/**
	 * Any other fault of the text.
	 * @param url the offending text
	 * @param message the whole message; it must not contain secrets
	 * @return the exception
	 */
	public static IllegalArgumentException invalid(String url, String message) {
		return new UrlSyntaxException(Problem.INVALID, url, message);
	}

	/**
	 * What kind of fault it is.
	 * @return the problem
	 */
	public Problem problem() {
		return this.problem;
	}

	/**
	 * The offending text, its secrets replaced by {@code ***}.
	 * @return the masked text
	 */
	public String url() {
		return this.url;
	}

	/** The kinds of fault, as requests distinguishes them. */
	public enum Problem {

		/** There is no scheme: MissingSchema in requests. */
		NO_SCHEME,

		/** There is no host: InvalidURL in requests. */
		NO_HOST,

		/** Anything else: InvalidURL in requests. */
		INVALID

	}

}
