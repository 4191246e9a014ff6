package io.github.requests4j.internal.url;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Joins a reference to the URL it was found in, as requests does for the Location header
 * of a redirect (behaviours 150 to 155) and Python's {@code urljoin} does in general (RFC
 * 3986 section 5). All methods are pure.
 */
public final class UrlResolver {

	private UrlResolver() {
	}

	/**
	 * The target of a redirect. A relative target is joined to the URL of the response;
	 * an absolute one is quoted, but otherwise left as it is. Without a fragment of its
	 * own it gets the one of the URL (RFC 9110 section 10.2.2).
	 * @param from the URL of the response
	 * @param location the value of Location, which is not empty
	 * @return the target; it may have another scheme than http, which the caller has to
	 * refuse
	 * @throws UrlSyntaxException if the target cannot be parsed, has no host, or hides a
	 * host behind a backslash
	 */
	public static Url redirect(Url from, String location) {
		String text = cleaned(location);
		String url = text.startsWith("//") ? from.scheme() + ':' + text : text;
		UrlReference target = UrlReference.parse(url);
		String fragment = from.fragment();
		if (target.fragment().isEmpty() && fragment != null) {
			target = target.withFragment(fragment);
		}
		String quoted = PercentCodec.requoteUri(target.toText());
		return checked(target.authority().isEmpty() ? join(from.text(), quoted) : quoted, target, location);
	}

	private static Url checked(String text, UrlReference target, String location) {
		// Quoting would make it "%5C", part of the userinfo: for a browser it ends the
		// host
		if (target.authority().indexOf('\\') >= 0) {
			throw UrlSyntaxException.unparsable(location, "a backslash before the path is ambiguous");
		}
		Url url = Url.split(text);
		if (url.isHttp() && url.host() == null) {
			throw UrlSyntaxException.noHost(text);
		}
		if (url.isHttp() && !isStable(url.host())) {
			throw UrlSyntaxException.unparsable(location, "its host is another one when it is unescaped again");
		}
		return url;
	}

	/** Quoting takes escapes away, and may put others together of what is left. */
	private static boolean isStable(@Nullable String host) {
		return host == null || host.indexOf('%') < 0 || host.charAt(0) == '['
				|| PercentCodec.unquoteUnreserved(host).equals(host);
	}

	/** What the start of {@code urlsplit} removes: no URL ever contains these. */
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
	 * Join a reference to a base, as Python's {@code urljoin} does for schemes with a
	 * host.
	 * @param base an absolute URL
	 * @param reference the reference; if it has another scheme, it is the result
	 * @return the joined text
	 */
	public static String join(String base, String reference) {
		if (base.isEmpty() || reference.isEmpty()) {
			return base.isEmpty() ? reference : base;
		}
		UrlReference from = UrlReference.parse(base);
		UrlReference to = UrlReference.parse(reference);
		if (!to.scheme().isEmpty() && !to.scheme().equals(from.scheme())) {
			return reference;
		}
		if (!to.authority().isEmpty()) {
			return to.withScheme(from.scheme()).toText();
		}
		if (to.path().isEmpty() && to.params() == null) {
			String query = to.query().isEmpty() ? from.query() : to.query();
			return new UrlReference(from.scheme(), from.authority(), from.path(), from.params(), query, to.fragment())
				.toText();
		}
		return new UrlReference(from.scheme(), from.authority(), joinPaths(from.path(), to.path()), to.params(),
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

	/** The directory of the base, then the path; without the empty segments between. */
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

}
