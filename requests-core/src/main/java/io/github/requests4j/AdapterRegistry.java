package io.github.requests4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.InvalidSchemaException;

/**
 * The adapters of a session by prefix: longer prefixes first, equal lengths in the order
 * of mounting (behaviour 196). Immutable; mounting makes another registry.
 */
final class AdapterRegistry {

	static final AdapterRegistry EMPTY = new AdapterRegistry(List.of());

	private final List<Mount> mounts;

	private AdapterRegistry(List<Mount> mounts) {
		this.mounts = mounts;
	}

	/**
	 * One mounted adapter.
	 *
	 * @param prefix the beginning of the URLs it serves
	 * @param adapter the adapter
	 * @param owned whether the session closes it
	 */
	record Mount(String prefix, Adapter adapter, boolean owned) {

		/**
		 * Whether the URL begins with the prefix, and the prefix does not end in the
		 * middle of a host name or port.
		 */
		boolean serves(String url) {
			return url.regionMatches(true, 0, this.prefix, 0, this.prefix.length()) && endsAtBoundary(url);
		}

		private boolean endsAtBoundary(String url) {
			int authority = this.prefix.indexOf("://") + 3;
			if (authority < 3 || authority == this.prefix.length() || this.prefix.indexOf('/', authority) >= 0
					|| url.length() == this.prefix.length()) {
				return true;
			}
			char next = url.charAt(this.prefix.length());
			boolean hasPort = this.prefix.indexOf(':', Math.max(authority, this.prefix.indexOf(']', authority))) >= 0;
			return next == '/' || next == '?' || next == '#' || (next == ':' && !hasPort);
		}

	}

	/**
	 * Mounts an adapter. An adapter that is mounted again under the same prefix keeps its
	 * place.
	 */
	AdapterRegistry with(String prefix, Adapter adapter, boolean owned) {
		Mount mount = new Mount(prefix, adapter, owned);
		List<Mount> changed = new ArrayList<>(this.mounts);
		for (int i = 0; i < changed.size(); i++) {
			if (changed.get(i).prefix().equals(prefix)) {
				changed.set(i, mount);
				return new AdapterRegistry(List.copyOf(changed));
			}
		}
		changed.add(mount);
		changed.sort((a, b) -> Integer.compare(b.prefix().length(), a.prefix().length()));
		return new AdapterRegistry(List.copyOf(changed));
	}

	/**
	 * The same adapters, owned by somebody else.
	 */
	AdapterRegistry borrowed() {
		List<Mount> changed = new ArrayList<>(this.mounts.size());
		this.mounts.forEach((mount) -> changed.add(new Mount(mount.prefix(), mount.adapter(), false)));
		return new AdapterRegistry(List.copyOf(changed));
	}

	boolean contains(String prefix) {
		return this.mounts.stream().anyMatch((mount) -> mount.prefix().equals(prefix));
	}

	/**
	 * Finds the adapter for a URL, whose user information never counts as its host.
	 */
	Adapter find(String url) {
		String bare = withoutUserInfo(url);
		for (int i = 0; i < this.mounts.size(); i++) {
			Mount mount = this.mounts.get(i);
			if (mount.serves(bare)) {
				return mount.adapter();
			}
		}
		throw new InvalidSchemaException("No connection adapters were found for '" + bare
				+ "'. Adapters are mounted for " + asMap().keySet() + "; the URL must begin with one of these.");
	}

	private static String withoutUserInfo(String url) {
		int at = url.indexOf('@');
		int authority = url.indexOf("://") + 3;
		if (at < 0 || authority < 3) {
			return url;
		}
		int end = authority;
		while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
			end++;
		}
		int last = url.lastIndexOf('@', end - 1);
		return (last >= authority) ? url.substring(0, authority) + url.substring(last + 1) : url;
	}

	List<Mount> mounts() {
		return this.mounts;
	}

	Map<String, Adapter> asMap() {
		Map<String, Adapter> map = new LinkedHashMap<>();
		this.mounts.forEach((mount) -> map.put(mount.prefix(), mount.adapter()));
		return Collections.unmodifiableMap(map);
	}

}
