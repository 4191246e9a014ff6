package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.SecretMasker;

/**
 * A link of a Link header. Parsed as in requests, which is simpler than RFC 8288: names
 * of parameters keep their case, a parameter without exactly one {@code =} ends the
 * parameters of its link, and {@code ;} separates parameters even within quotes.
 * Immutable. <pre>{@code
 * LinkHeader next = response.links().get("next");
 * Response page = (next != null) ? session.get(next.url()) : null;
 * }</pre>
 *
 * @param url the unresolved target, which may be relative to the URL of the response
 * @param params the parameters in order, including rel
 */
public record LinkHeader(String url, Map<String, String> params) {

	private static final String QUOTES = " '\"";

	private static final String BRACKETS = "<> '\"";

	/**
	 * Creates a link with a copy of the parameters.
	 * @param url the unresolved target, which may be relative to the URL of the response
	 * @param params the parameters in order, including rel
	 */
	public LinkHeader {
		params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
	}

	/**
	 * Parses all links of a header ({@code parse_header_links} of requests).
	 * @param value the value of the header, repeats joined by {@code ", "}
	 * @return the links in order, empty if there are none
	 */
	public static List<LinkHeader> parse(String value) {
		String links = strip(value, QUOTES);
		if (links.isEmpty()) {
			return List.of();
		}
		List<LinkHeader> parsed = new ArrayList<>();
		int start = 0;
		int comma = nextLink(links, start);
		while (comma >= 0) {
			parsed.add(parseOne(links.substring(start, comma)));
			start = links.indexOf('<', comma) + 1;
			comma = nextLink(links, start);
		}
		parsed.add(parseOne(links.substring(start)));
		return parsed;
	}

	/**
	 * Returns the relation.
	 * @return the rel parameter, or {@code null} if there is none
	 */
	public @Nullable String rel() {
		return this.params.get("rel");
	}

	/**
	 * Returns the key of this link in {@link Response#links()}.
	 * @return the relation, or the URL if the relation is missing or empty
	 */
	public String key() {
		String rel = rel();
		return (rel != null && !rel.isEmpty()) ? rel : this.url;
	}

	/**
	 * Returns the link as text, with secrets in its URL masked.
	 */
	@Override
	public String toString() {
		return "LinkHeader[url=" + SecretMasker.DEFAULT.address(this.url) + ", params=" + this.params + "]";
	}

	// A comma only ends a link if blanks and "<" follow it, because targets can contain
	// commas.
	private static int nextLink(String links, int start) {
		int comma = links.indexOf(',', start);
		while (comma >= 0) {
			int next = comma + 1;
			while (next < links.length() && links.charAt(next) == ' ') {
				next++;
			}
			if (next < links.length() && links.charAt(next) == '<') {
				return comma;
			}
			comma = links.indexOf(',', next);
		}
		return -1;
	}

	private static LinkHeader parseOne(String link) {
		int semicolon = link.indexOf(';');
		String url = strip((semicolon >= 0) ? link.substring(0, semicolon) : link, BRACKETS);
		Map<String, String> params = new LinkedHashMap<>();
		while (semicolon >= 0) {
			int end = link.indexOf(';', semicolon + 1);
			String param = link.substring(semicolon + 1, (end >= 0) ? end : link.length());
			int equals = param.indexOf('=');
			if (equals < 0 || equals != param.lastIndexOf('=')) {
				break;
			}
			params.put(strip(param.substring(0, equals), QUOTES), strip(param.substring(equals + 1), QUOTES));
			semicolon = end;
		}
		return new LinkHeader(url, params);
	}

	private static String strip(String text, String chars) {
		int start = 0;
		int end = text.length();
		while (start < end && chars.indexOf(text.charAt(start)) >= 0) {
			start++;
		}
		while (end > start && chars.indexOf(text.charAt(end - 1)) >= 0) {
			end--;
		}
		return text.substring(start, end);
	}

}
