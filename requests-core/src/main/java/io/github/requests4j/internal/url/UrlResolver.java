package io.github.requests4j.internal.url;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.url.Url;

/**
 * Resolves a reference against a base URL, like requests for the Location header of a
 * redirect, and like {@code urljoin} in Python (RFC 3986 section 5). All methods are pure
 * functions.
 */
public final class UrlResolver {

	private UrlResolver() {
	}

	/**
	 * Returns the target of a redirect. A relative target is resolved against the URL of
	 * the response. An absolute one is only quoted, and its host encoded by IDNA. A
	 * target without a fragment inherits that of the URL (RFC 9110 section 10.2.2).
	 * @param from the URL of the response
	 * @param location the value of Location, which is not empty
	 * @return the target; it may have a scheme other than http, which the caller must
	 * reject
	 * @throws UrlSyntaxException if the target cannot be parsed, has no host, or hides a
	 * host behind a backslash
	 */
	public static Url redirect(Url from, String location) {
		String text = cleaned(location);
		String url = text.startsWith("//") ? from.scheme() + ':' + text : text;
		Reference target = Reference.parse(url).withAsciiHost(url);
		if (target.authority().isEmpty() && target.path().startsWith("//")) {
			// Parsers disagree on whether a path or a host follows.
			throw UrlSyntaxException.noHost(url);
		}
		String fragment = from.fragment();
		if (target.fragment().isEmpty() && fragment != null) {
			target = target.withFragment(fragment);
		}
		String quoted = PercentCodec.requoteUri(target.toText());
		return checked(target.authority().isEmpty() ? join(from.text(), quoted) : quoted, target, location);
	}

	private static Url checked(String text, Reference target, String location) {
		// Quoting would make it "%5C" in the userinfo, but in a browser it ends the host
		if (target.authority().indexOf('\\') >= 0) {
			throw UrlSyntaxException.unparsable(location, "A backslash before the path is ambiguous.");
		}
		Url url = ParsedUrl.split(text);
		if (url.isHttp() && url.host() == null) {
			throw UrlSyntaxException.noHost(text);
		}
		if (url.isHttp() && !isStable(url.host())) {
			throw UrlSyntaxException.unparsable(location, "Decoding the host twice results in another host.");
		}
		return url;
	}

	/**
	 * Returns whether decoding again does not change the host. Quoting may create new
	 * escapes.
	 */
	private static boolean isStable(@Nullable String host) {
		return host == null || host.indexOf('%') < 0 || host.charAt(0) == '['
				|| PercentCodec.unquoteUnreserved(host).equals(host);
	}

	/** Removes the same characters as {@code urlsplit}, which are never part of a URL. */
	private static String cleaned(String location) {
		int start = 0;
		while (start < location.length() && location.charAt(start) <= ' ') {
			start++;
		}
		StringBuilder cleaned = new StringBuilder(location.length() - start);
		for (int i = start; i < location.length(); i++) {
			char character = location.charAt(i);
			if (character != '\t' && character != '\r' && character != '\n') {
				cleaned.append(character);
			}
		}
		return cleaned.toString();
	}

	/**
	 * Resolves a reference against a base URL, like {@code urljoin} in Python for schemes
	 * with a host.
	 * @param base an absolute URL
	 * @param reference the reference, which is returned unchanged if it has another
	 * scheme
	 * @return the resolved text
	 */
	public static String join(String base, String reference) {
		if (base.isEmpty() || reference.isEmpty()) {
			return base.isEmpty() ? reference : base;
		}
		Reference from = Reference.parse(base);
		Reference to = Reference.parse(reference);
		if (!to.scheme().isEmpty() && !to.scheme().equals(from.scheme())) {
			return reference;
		}
		if (!to.authority().isEmpty()) {
			return to.withScheme(from.scheme()).toText();
		}
		if (to.path().isEmpty() && to.params() == null) {
			String query = to.query().isEmpty() ? from.query() : to.query();
			return new Reference(from.scheme(), from.authority(), from.path(), from.params(), query, to.fragment())
				.toText();
		}
		return new Reference(from.scheme(), from.authority(), joinPaths(from.path(), to.path()), to.params(),
				to.query(), to.fragment())
			.toText();
	}

	private static String joinPaths(String base, String path) {
		List<String> segments = path.startsWith("/") ? DotSegments.split(path) : relative(base, path);
		List<String> resolved = new ArrayList<>(segments.size());
		for (String segment : segments) {
			if (segment.equals("..")) {
				if (!resolved.isEmpty()) {
					resolved.remove(resolved.size() - 1);
				}
			}
			else if (!segment.equals(".")) {
				resolved.add(segment);
			}
		}
		String last = segments.get(segments.size() - 1);
		if (last.equals(".") || last.equals("..")) {
			resolved.add("");
		}
		String joined = String.join("/", resolved);
		return joined.isEmpty() ? "/" : joined;
	}

	/**
	 * Returns the segments of the base directory and the path, without empty segments in
	 * between.
	 */
	private static List<String> relative(String base, String path) {
		List<String> directory = DotSegments.split(base);
		int last = directory.size() - 1;
		if (!directory.get(last).isEmpty()) {
			directory.remove(last);
		}
		directory.addAll(DotSegments.split(path));
		List<String> segments = new ArrayList<>(directory.size());
		for (int i = 0; i < directory.size(); i++) {
			if (i == 0 || i == directory.size() - 1 || !directory.get(i).isEmpty()) {
				segments.add(directory.get(i));
			}
		}
		return segments;
	}

	/**
	 * A URL or a relative reference, parsed and joined like {@code urlparse} and
	 * {@code urlunparse} in Python. Missing components are empty.
	 *
	 * @param scheme the scheme in lower case
	 * @param authority userinfo, host and port
	 * @param path the path without the parameters of its last segment
	 * @param params the parameters of the last segment, after a semicolon; null for none
	 * @param query the query
	 * @param fragment the fragment
	 */
	private record Reference(String scheme, String authority, String path, @Nullable String params, String query,
			String fragment) {

		static Reference parse(String text) {
			UrlSplitter.Layout layout = UrlSplitter.split(text, false);
			int end = layout.schemeEnd();
			String authority = (layout.authorityStart() < 0) ? ""
					: text.substring(layout.authorityStart(), layout.pathStart());
			String path = text.substring(layout.pathStart(), layout.pathEnd());
			int semicolon = path.indexOf(';', path.lastIndexOf('/') + 1);
			String params = (semicolon < 0 || semicolon == path.length() - 1) ? null : path.substring(semicolon + 1);
			return new Reference((end < 0) ? "" : ParsedUrl.schemeOf(text, end), authority,
					(semicolon < 0) ? path : path.substring(0, semicolon), params,
					suffix(text, layout.pathEnd(), layout.queryEnd()), suffix(text, layout.queryEnd(), text.length()));
		}

		private static String suffix(String text, int delimiter, int end) {
			return (delimiter < end) ? text.substring(delimiter + 1, end) : "";
		}

		/**
		 * Returns this URL with the IDNA form of its host, because quoting would encode
		 * the host as if it were a path.
		 */
		Reference withAsciiHost(String url) {
			if (UrlChars.isAscii(this.authority) || !ParsedUrl.isWeb(this.scheme)) {
				return this;
			}
			int start = this.authority.lastIndexOf('@') + 1;
			int colon = this.authority.indexOf(':', start);
			int end = (colon < 0) ? this.authority.length() : colon;
			String host = InternationalHost.toAscii(this.authority.substring(start, end), url);
			return new Reference(this.scheme, this.authority.substring(0, start) + host + this.authority.substring(end),
					this.path, this.params, this.query, this.fragment);
		}

		Reference withScheme(String changed) {
			return new Reference(changed, this.authority, this.path, this.params, this.query, this.fragment);
		}

		Reference withFragment(String changed) {
			return new Reference(this.scheme, this.authority, this.path, this.params, this.query, changed);
		}

		/** Returns the text. Empty components have no delimiter. */
		String toText() {
			StringBuilder text = new StringBuilder();
			if (!this.scheme.isEmpty()) {
				text.append(this.scheme).append(':');
			}
			boolean web = ParsedUrl.isWeb(this.scheme) && !this.path.startsWith("//");
			if (!this.authority.isEmpty() || web) {
				text.append("//").append(this.authority);
				if (!this.path.isEmpty() && this.path.charAt(0) != '/') {
					text.append('/');
				}
			}
			text.append(this.path);
			if (this.params != null) {
				text.append(';').append(this.params);
			}
			UrlParser.Components.appendQueryAndFragment(text, this.query.isEmpty() ? null : this.query,
					this.fragment.isEmpty() ? null : this.fragment);
			return text.toString();
		}

	}

}
