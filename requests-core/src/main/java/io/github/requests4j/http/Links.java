package io.github.requests4j.http;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.UrlResolver;

/**
 * The links of a response's Link header by {@link LinkHeader#key()}. If several links
 * have the same key, the last one wins. The map contains the unresolved URLs, as in
 * requests; {@link #next()} and similar methods return absolute URLs. Immutable.
 * <pre>{@code
 * for (String page = "items"; page != null;) {
 *     Response response = session.get(page).raiseForStatus();
 *     page = response.links().next();
 * }
 * }</pre>
 */
public final class Links extends AbstractMap<String, LinkHeader> {

	private final Map<String, LinkHeader> links;

	private final String base;

	Links(@Nullable String header, String base) {
		this.base = base;
		this.links = (header == null) ? Map.of() : new LinkedHashMap<>();
		if (header != null) {
			for (LinkHeader link : LinkHeader.parse(header)) {
				this.links.put(link.key(), link);
			}
		}
	}

	@Override
	public @Nullable LinkHeader get(@Nullable Object key) {
		return (key != null) ? this.links.get(key) : null;
	}

	@Override
	public boolean containsKey(@Nullable Object key) {
		return key != null && this.links.containsKey(key);
	}

	@Override
	public Set<Map.Entry<String, LinkHeader>> entrySet() {
		return Collections.unmodifiableMap(this.links).entrySet();
	}

	/**
	 * Returns the URL of the next page.
	 * @return the absolute URL, or null if there is no such link
	 */
	public @Nullable String next() {
		return target("next");
	}

	/**
	 * Returns the URL of the previous page.
	 * @return the absolute URL, or null if there is no such link
	 */
	public @Nullable String previous() {
		String previous = target("prev");
		return (previous != null) ? previous : target("previous");
	}

	/**
	 * Returns the URL of the first page.
	 * @return the absolute URL, or null if there is no such link
	 */
	public @Nullable String first() {
		return target("first");
	}

	/**
	 * Returns the URL of the last page.
	 * @return the absolute URL, or null if there is no such link
	 */
	public @Nullable String last() {
		return target("last");
	}

	/**
	 * Returns the URL of the link with a relation, resolved against the URL of the
	 * response. A link may have several relations, separated by spaces. They are compared
	 * ignoring case (RFC 8288 section 3.3).
	 * @param relation a relation, such as {@code next}
	 * @return the absolute URL, or null if there is no such link
	 */
	public @Nullable String target(String relation) {
		LinkHeader exact = this.links.get(relation);
		if (exact != null && relation.equals(exact.rel())) {
			return UrlResolver.join(this.base, exact.url());
		}
		for (LinkHeader link : this.links.values()) {
			if (hasRelation(link, relation)) {
				return UrlResolver.join(this.base, link.url());
			}
		}
		return null;
	}

	private static boolean hasRelation(LinkHeader link, String relation) {
		String relations = link.rel();
		if (relations != null) {
			for (String one : relations.split(" ")) {
				if (one.equalsIgnoreCase(relation)) {
					return true;
				}
			}
		}
		return false;
	}

}
