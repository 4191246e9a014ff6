package io.github.requests4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.internal.url.UrlText;

/**
 * The adapters of a session by prefix: longer prefixes first, equal lengths in the order
 * of mounting. Immutable; mounting makes another registry.
 */
final class AdapterRegistry {

	static final AdapterRegistry EMPTY = new AdapterRegistry(List.of(), List.of());

	private final List<Mount> mounts;

	/**
	 * Owned adapters in whose place others were mounted: calls may still be using them,
	 * so they are closed with the session.
	 */
	private final List<Adapter> replaced;

	private AdapterRegistry(List<Mount> mounts, List<Adapter> replaced) {
		this.mounts = List.copyOf(mounts);
		this.replaced = List.copyOf(replaced);
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
		List<Adapter> left = new ArrayList<>(this.replaced);
		left.remove(adapter);
		for (int i = 0; i < changed.size(); i++) {
			Mount before = changed.get(i);
			if (before.prefix().equals(prefix)) {
				if (before.owned() && !before.adapter().equals(adapter) && !left.contains(before.adapter())) {
					left.add(before.adapter());
				}
				changed.set(i, mount);
				return new AdapterRegistry(changed, left);
			}
		}
		int place = 0;
		while (place < changed.size() && changed.get(place).prefix().length() >= prefix.length()) {
			place++;
		}
		changed.add(place, mount);
		return new AdapterRegistry(changed, left);
	}

	/**
	 * Unmounts the adapter of a prefix, which is no longer closed here unless it is
	 * mounted under another prefix too.
	 */
	AdapterRegistry without(String prefix) {
		List<Mount> changed = new ArrayList<>(this.mounts);
		changed.removeIf((mount) -> mount.prefix().equals(prefix));
		List<Adapter> left = new ArrayList<>(this.replaced);
		left.remove(get(prefix));
		return new AdapterRegistry(changed, left);
	}

	/**
	 * The same adapters, owned by another session.
	 */
	AdapterRegistry borrowed() {
		List<Mount> changed = new ArrayList<>(this.mounts.size());
		for (Mount mount : this.mounts) {
			changed.add(new Mount(mount.prefix(), mount.adapter(), false));
		}
		return new AdapterRegistry(changed, List.of());
	}

	/**
	 * The adapters that the session closes, each once.
	 */
	List<Adapter> owned() {
		List<Adapter> owned = new ArrayList<>(this.replaced);
		for (Mount mount : this.mounts) {
			if (mount.owned() && !owned.contains(mount.adapter())) {
				owned.add(mount.adapter());
			}
		}
		return owned;
	}

	boolean contains(String prefix) {
		return get(prefix) != null;
	}

	/**
	 * The adapter that is mounted under exactly this prefix, or null.
	 */
	@Nullable Adapter get(String prefix) {
		for (Mount mount : this.mounts) {
			if (mount.prefix().equals(prefix)) {
				return mount.adapter();
			}
		}
		return null;
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
		throw new InvalidSchemaException("No connection adapters were found for " + UrlText.quoted(bare)
				+ ". Adapters are mounted for " + prefixes() + "; the URL must begin with one of these.");
	}

	private List<String> prefixes() {
		return this.mounts.stream().map((mount) -> UrlText.masked(mount.prefix())).toList();
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

	Map<String, Adapter> asMap() {
		Map<String, Adapter> map = new LinkedHashMap<>();
		for (Mount mount : this.mounts) {
			map.put(mount.prefix(), mount.adapter());
		}
		return Collections.unmodifiableMap(map);
	}

}
