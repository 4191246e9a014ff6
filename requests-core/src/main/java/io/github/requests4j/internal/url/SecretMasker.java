package io.github.requests4j.internal.url;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets with {@code ***} in URLs, headers, forms, JSON, multipart messages and
 * other text. All output of these must be masked here. {@link Secrets} and the additional
 * names of this masker determine which names are secret. If the end of a secret is
 * ambiguous, too much is masked instead of too little. Runs in linear time. Immutable and
 * thread-safe.
 */
public final class SecretMasker {

	/** The masker without additional names. */
	public static final SecretMasker DEFAULT = new SecretMasker(Set.of());

	private static final String SEPARATORS = "&?#;";

	/** How often a value is decoded to search it for parameters. */
	private static final int MAX_NESTING = 3;

	private static final Pattern LINK = Pattern.compile("<([^<>]*)>");

	/**
	 * The scheme is bounded, because the search starts again at each letter of a long
	 * word.
	 */
	private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}+://[^\\s\"'<>]++");

	/** Without the value, which may be long and begin with another label. */
	private static final Pattern LABEL = Pattern
		.compile("(?<![\\w.-])([A-Za-z][\\w.-]*+)[\"']?\\s?[=:]\\s?[\"']?(?=[^\\s\"'&<>,;])");

	private static final Pattern VALUE = Pattern.compile("(?:(?:Basic|Bearer|Digest|Negotiate)\\s)?[^\\s\"'&<>,;]++");

	private static final Pattern ELEMENT = Pattern.compile("<([\\w:.-]++)([^<>]*+)>([^<>]++)</");

	private static final Pattern PART_NAME = Pattern.compile(";\\s*name=(?:\"([^\"]*)\"|([^;\\s]+))",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern PART_TYPE = Pattern.compile("^Content-Type:\\s*(.*)$",
			Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

	private static final Pattern BOUNDARY = Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))",
			Pattern.CASE_INSENSITIVE);

	private final Set<String> names;

	private SecretMasker(Set<String> names) {
		this.names = names;
	}

	/**
	 * Returns a masker with additional secret names.
	 * @param names the names; case, dashes and underscores are ignored
	 * @return the masker
	 */
	public static SecretMasker with(Collection<String> names) {
		if (names.isEmpty()) {
			return DEFAULT;
		}
		Set<String> plain = new LinkedHashSet<>();
		names.forEach((name) -> plain.add(Secrets.plain(name)));
		return new SecretMasker(Set.copyOf(plain));
	}

	/**
	 * Returns whether a value of this name is secret.
	 * @param name the case-insensitive name of a parameter, field or property
	 */
	boolean isSecret(String name) {
		return Secrets.isSecret(name) || isNamed(name);
	}

	private boolean isNamed(String name) {
		return !this.names.isEmpty() && this.names.contains(Secrets.plain(PercentCodec.decode(name.replace('+', ' '))));
	}

	/**
	 * Returns the masked value of a header.
	 * @param name the case-insensitive name of the header
	 * @param value the value
	 * @return the mask, or the value with secrets of URLs masked
	 */
	public String header(String name, String value) {
		if (Secrets.isSecretHeader(name) || isNamed(name)) {
			return Secrets.MASK;
		}
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "location", "content-location", "referer" -> url(value);
			case "link" ->
				LINK.matcher(value).replaceAll((link) -> Matcher.quoteReplacement("<" + url(link.group(1)) + ">"));
			case "refresh" -> refresh(value);
			default -> (value.startsWith("/") || value.contains("://")) ? url(value) : value;
		};
	}

	private String refresh(String value) {
		int url = value.toLowerCase(Locale.ROOT).indexOf("url=");
		return (url < 0) ? value : value.substring(0, url + 4) + url(value.substring(url + 4));
	}

	/**
	 * Returns a URL with its password and the secrets of query and fragment masked.
	 * @param url any text, which does not have to be a valid URL
	 * @return the masked text; the same instance if there are no secrets
	 */
	public String url(String url) {
		return url(url, MAX_NESTING);
	}

	private String url(String url, int nesting) {
		String safe = UrlText.withoutPassword(url);
		int suffix = 0;
		while (suffix < safe.length() && safe.charAt(suffix) != '?' && safe.charAt(suffix) != '#') {
			suffix++;
		}
		if (suffix == safe.length()) {
			return safe;
		}
		StringBuilder masked = new StringBuilder(safe.length()).append(safe, 0, suffix + 1);
		appendPairs(masked, safe, suffix + 1, nesting);
		return (masked.length() == safe.length() && masked.indexOf(safe) == 0) ? safe : masked.toString();
	}

	/**
	 * Returns a query or form with the values of secret names masked.
	 * @param pairs encoded names and values
	 * @return the masked text
	 */
	public String pairs(String pairs) {
		StringBuilder masked = new StringBuilder(pairs.length());
		appendPairs(masked, pairs, 0, MAX_NESTING);
		return masked.toString();
	}

	private void appendPairs(StringBuilder masked, String text, int from, int nesting) {
		int i = from;
		while (i < text.length()) {
			int nameEnd = i;
			while (nameEnd < text.length() && text.charAt(nameEnd) != '='
					&& SEPARATORS.indexOf(text.charAt(nameEnd)) < 0) {
				nameEnd++;
			}
			boolean pair = nameEnd < text.length() && text.charAt(nameEnd) == '=';
			boolean secret = pair && isSecret(text.substring(i, nameEnd));
			// A semicolon or question mark may be part of the secret
			int end = end(text, pair ? nameEnd + 1 : nameEnd, secret ? "&#" : SEPARATORS);
			if (secret || (pair && isNested(text.substring(nameEnd + 1, end), nesting))) {
				masked.append(text, i, nameEnd + 1).append(Secrets.MASK);
			}
			else {
				masked.append(text, i, end);
			}
			if (end < text.length()) {
				masked.append(text.charAt(end));
			}
			i = end + 1;
		}
	}

	private static int end(String text, int from, String separators) {
		int end = from;
		while (end < text.length() && separators.indexOf(text.charAt(end)) < 0) {
			end++;
		}
		return end;
	}

	/** Returns whether a value is an escaped URL or form that contains secrets. */
	private boolean isNested(String value, int nesting) {
		if (nesting == 0 || value.indexOf('%') < 0) {
			return false;
		}
		String decoded = PercentCodec.decode(value);
		if (decoded.indexOf('=') < 0 && decoded.indexOf('@') < 0) {
			return isNested(decoded, nesting - 1);
		}
		String form = '?' + decoded;
		return !url(decoded, nesting - 1).equals(decoded) || !url(form, nesting - 1).equals(form);
	}

	/**
	 * Returns a URL without userinfo, with the secrets of query and fragment masked.
	 * @param url the URL
	 * @return the masked text
	 */
	public String address(String url) {
		int authority = url.indexOf("//") + 2;
		int end = authority;
		while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
			end++;
		}
		int at = (authority >= 2) ? url.lastIndexOf('@', end - 1) : -1;
		return url((at >= authority) ? url.substring(0, authority) + url.substring(at + 1) : url);
	}

	/**
	 * Returns a URL for messages and logs: without userinfo, secrets and control
	 * characters.
	 * @param url the URL
	 * @return the printable text
	 */
	public String printable(String url) {
		return UrlText.printable(address(url));
	}

	/**
	 * Returns a body with the values of secret names masked. The structure is kept: in
	 * arrays and objects with a secret name, the strings and numbers are masked.
	 * @param contentType the media type, or null if it is unknown
	 * @param text the body
	 * @return the masked body; unchanged if it is neither a form nor JSON nor multipart
	 */
	public String body(@Nullable String contentType, String text) {
		return switch (kind(contentType, text)) {
			case FORM -> pairs(text);
			case JSON -> new JsonMasker(this, text, false).mask();
			case MULTIPART -> multipart(String.valueOf(contentType), text);
			case OTHER -> text;
		};
	}

	/**
	 * Returns a masked body for a message or a log. In text of other types, everything
	 * that looks like a secret name and its value is masked.
	 * @param contentType the media type, or null if it is unknown
	 * @param text the body or its start
	 * @param compact whether to remove white space from JSON, and to mask the whole value
	 * of a secret name
	 * @return the masked body
	 */
	public String excerpt(@Nullable String contentType, String text, boolean compact) {
		return switch (kind(contentType, text)) {
			case JSON -> new JsonMasker(this, text, compact).mask();
			case OTHER -> text(text);
			default -> body(contentType, text);
		};
	}

	private static Kind kind(@Nullable String contentType, String text) {
		String type = (contentType != null) ? contentType.toLowerCase(Locale.ROOT) : "";
		if (type.contains("x-www-form-urlencoded")) {
			return Kind.FORM;
		}
		if (type.startsWith("multipart/")) {
			return Kind.MULTIPART;
		}
		return (type.contains("json") || (type.isEmpty() && looksLikeJson(text))) ? Kind.JSON : Kind.OTHER;
	}

	private static boolean looksLikeJson(String text) {
		int start = 0;
		while (start < text.length() && (text.charAt(start) <= ' ' || text.charAt(start) == '\uFEFF')) {
			start++;
		}
		return start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[');
	}

	private String multipart(String contentType, String text) {
		Matcher found = BOUNDARY.matcher(contentType);
		if (!found.find()) {
			return text;
		}
		String delimiter = "--" + ((found.group(1) != null) ? found.group(1) : found.group(2));
		StringBuilder masked = new StringBuilder(text.length());
		int from = 0;
		for (int next = text.indexOf(delimiter); next >= 0; next = text.indexOf(delimiter, from)) {
			appendPart(masked, text.substring(from, next));
			masked.append(delimiter);
			from = next + delimiter.length();
		}
		appendPart(masked, text.substring(from));
		return masked.toString();
	}

	private void appendPart(StringBuilder masked, String part) {
		int headEnd = part.indexOf("\r\n\r\n");
		if (headEnd < 0) {
			masked.append(part);
			return;
		}
		String head = part.substring(0, headEnd);
		String content = part.substring(headEnd + 4);
		Matcher name = PART_NAME.matcher(head);
		boolean secret = name.find() && isSecret((name.group(1) != null) ? name.group(1) : name.group(2));
		Matcher type = PART_TYPE.matcher(head);
		masked.append(head).append("\r\n\r\n");
		if (secret) {
			masked.append(Secrets.MASK).append(content.endsWith("\r\n") ? "\r\n" : "");
		}
		else {
			masked.append(type.find() ? body(type.group(1).strip(), content) : content);
		}
	}

	/**
	 * Returns text with the secrets of URLs and elements masked, and of everything that
	 * looks like a name and a value.
	 * @param text any text
	 * @return the masked text
	 */
	public String text(String text) {
		String elements = ELEMENT.matcher(text)
			.replaceAll((found) -> Matcher.quoteReplacement(isSecret(localName(found.group(1)))
					? "<" + found.group(1) + found.group(2) + ">" + Secrets.MASK + "</" : found.group()));
		String addresses = ADDRESS.matcher(elements)
			.replaceAll((found) -> Matcher.quoteReplacement(url(found.group())));
		return labelled(addresses);
	}

	/**
	 * Masks labelled values. The value of a harmless name may start with another name.
	 */
	private String labelled(String text) {
		StringBuilder masked = new StringBuilder(text.length());
		Matcher found = LABEL.matcher(text);
		Matcher value = VALUE.matcher(text);
		int copied = 0;
		int from = 0;
		while (found.find(from)) {
			from = found.end();
			if (isSecret(found.group(1)) && value.region(from, text.length()).lookingAt()) {
				masked.append(text, copied, from).append(Secrets.MASK);
				from = value.end();
				copied = from;
			}
		}
		return masked.append(text, copied, text.length()).toString();
	}

	private static String localName(String element) {
		return element.substring(element.indexOf(':') + 1);
	}

	private enum Kind {

		FORM, JSON, MULTIPART, OTHER

	}

}
