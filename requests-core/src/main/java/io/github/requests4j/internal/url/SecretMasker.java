package io.github.requests4j.internal.url;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets by {@code ***} in URLs, headers, forms, JSON, multipart messages and
 * other text: whatever shows one of these goes through here. What is secret by its name
 * is decided by {@link Secrets}, and by further names of this masker. Where it is
 * ambiguous where a secret ends, too much is masked rather than too little. Takes time
 * linear in the length of the text. Immutable, and safe for use by many threads.
 */
public final class SecretMasker {

	/** The masker without further names. */
	public static final SecretMasker DEFAULT = new SecretMasker(Set.of());

	private static final String SEPARATORS = "&?#;";

	/** How often a value is unescaped to look for parameters in it. */
	private static final int NESTING = 3;

	private static final Pattern LINK = Pattern.compile("<([^<>]*)>");

	/** The scheme is bounded: from each letter of a long word, the search begins anew. */
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
	 * Returns a masker for which further names are secret.
	 * @param names the names; case, dashes and underscores do not matter
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
	 * @param name the name of a parameter, field or property, in any case
	 */
	boolean isSecret(String name) {
		return Secrets.isSecret(name) || isNamed(name);
	}

	private boolean isNamed(String name) {
		return !this.names.isEmpty() && this.names.contains(Secrets.plain(PercentCodec.decode(name.replace('+', ' '))));
	}

	/**
	 * Returns the value of a header as it may be shown.
	 * @param name the name of the header, in any case
	 * @param value the value
	 * @return the mask, or the value without the secrets of URLs in it
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
	 * Returns a URL without its password and the secrets of query and fragment.
	 * @param url any text; it need not be a valid URL
	 * @return the masked text; the same instance if nothing is secret
	 */
	public String url(String url) {
		return url(url, NESTING);
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
	 * Returns a query or form without the values of secret names.
	 * @param pairs names and values, encoded
	 * @return the masked text
	 */
	public String pairs(String pairs) {
		StringBuilder masked = new StringBuilder(pairs.length());
		appendPairs(masked, pairs, 0, NESTING);
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
			// A semicolon or question mark may belong to the secret
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

	/** Whether a value is an escaped URL or form that has secrets itself. */
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
	 * Returns a URL without its userinfo and the secrets of query and fragment.
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
	 * Returns a URL as messages show it: without userinfo and secret values, and safe for
	 * a line of a log.
	 * @param url the URL
	 * @return the printable text
	 */
	public String printable(String url) {
		return UrlText.printable(address(url));
	}

	/**
	 * Returns a body without the values of secret names. Its structure stays: in JSON,
	 * lists and objects of a secret name keep their form, and texts and numbers in them
	 * are masked.
	 * @param contentType the media type, or null if it is not known
	 * @param text the body
	 * @return the masked body; as it is if it is neither a form nor JSON nor multipart
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
	 * Returns a body for a message or a log: also text of other types is without what
	 * looks like a name and a secret value.
	 * @param contentType the media type, or null if it is not known
	 * @param text the body, or its beginning
	 * @param compact whether JSON loses its white space, and has {@code ***} for the
	 * whole value of a secret name
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
		return (type.contains("json") || (type.isEmpty() && isLikeJson(text))) ? Kind.JSON : Kind.OTHER;
	}

	private static boolean isLikeJson(String text) {
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
	 * Returns text without the secrets of URLs, of elements and of what looks like a name
	 * and a value.
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

	/** The value of a harmless name may begin with a name again. */
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
