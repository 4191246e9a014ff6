package io.github.requests4j.spring.internal.logging;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.requests4j.internal.url.UrlText;

/**
 * The headers that are logged as a field of their own. Servers choose the names of their
 * headers, and each new field stays in the mapping of a search index, so their number is
 * limited for all sessions together. Thread-safe.
 */
public final class HeaderFields {

	static final int MAX = 200;

	/** The name of the field for the headers that have none of their own. */
	static final String OTHER = "other";

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	/**
	 * Returns the name for a field, in which a dot of the header is an underscore. A dot
	 * would start a nested object in structured formats, which reject a key that is both
	 * a value and an object.
	 * @return the name, or {@link #OTHER} if there are too many
	 */
	String nameOf(String header) {
		String name = UrlText.printable(header).toLowerCase(Locale.ROOT).replace('.', '_');
		return (this.known.contains(name) || (this.known.size() < MAX && this.known.add(name))) ? name : OTHER;
	}

}
