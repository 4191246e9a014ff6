package io.github.requests4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;

/**
 * The adapters of a session by URL prefix. Longer prefixes come first; prefixes of equal
 * length keep the order in which they were mounted. Immutable; mounting returns a new
 * registry.
 */
final class AdapterRegistry {

	static final AdapterRegistry EMPTY = new AdapterRegistry(List.of(), List.of());

	private final List<Mount> mounts;

	/**
	 * Owned adapters that were replaced by others. Calls may still be using them, so they
	 * are closed with the session.
	 */
	private final List<Adapter> replaced;

	private AdapterRegistry(List<Mount> mounts, List<Adapter> replaced) {
		this.mounts = List.copyOf(mounts);
		this.replaced = List.copyOf(replaced);
	}

	/**
	 * A mounted adapter.
	 *
	 * @param prefix the beginning of the URLs it serves
	 * @param adapter the adapter
	 * @param owned whether the session closes it
	 */
	record Mount(String prefix, Adapter adapter, boolean owned) {

		/**
		 * Returns whether the URL starts with the prefix and the prefix does not end in
		 * the middle of a host name or port.
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
	 * Mounts an adapter. Mounting under an existing prefix keeps the position of that
	 * prefix.
	 */
	AdapterRegistry with(String prefix, Adapter adapter, boolean owned) {
		Objects.requireNonNull(adapter, "adapter");
		Mount mount = new Mount(Objects.requireNonNull(prefix, "prefix"), adapter, owned);
		List<Mount> changed = new ArrayList<>(this.mounts);
		List<Adapter> replaced = new ArrayList<>(this.replaced);
		replaced.remove(adapter);
		for (int i = 0; i < changed.size(); i++) {
			Mount before = changed.get(i);
			if (before.prefix().equals(prefix)) {
				if (before.owned() && !before.adapter().equals(adapter) && !replaced.contains(before.adapter())) {
					replaced.add(before.adapter());
				}
				changed.set(i, mount);
				return new AdapterRegistry(changed, replaced);
			}
		}
		int position = 0;
		while (position < changed.size() && changed.get(position).prefix().length() >= prefix.length()) {
			position++;
		}
		changed.add(position, mount);
		return new AdapterRegistry(changed, replaced);
	}

	/**
	 * Unmounts the adapter of a prefix. The session no longer closes it, unless it is
	 * mounted under another prefix too.
	 */
	AdapterRegistry without(String prefix) {
		List<Mount> changed = new ArrayList<>(this.mounts);
		changed.removeIf((mount) -> mount.prefix().equals(prefix));
		List<Adapter> replaced = new ArrayList<>(this.replaced);
		replaced.remove(get(prefix));
		return new AdapterRegistry(changed, replaced);
	}

	/**
	 * Returns a registry of the same adapters that owns none of them.
	 */
	AdapterRegistry borrowed() {
		List<Mount> changed = new ArrayList<>(this.mounts.size());
		for (Mount mount : this.mounts) {
			changed.add(new Mount(mount.prefix(), mount.adapter(), false));
		}
		return new AdapterRegistry(changed, List.of());
	}

	/**
	 * Returns a registry that also owns adapters that are not mounted.
	 */
	AdapterRegistry owning(List<Adapter> unmounted) {
		List<Adapter> all = new ArrayList<>(this.replaced);
		all.addAll(unmounted);
		return new AdapterRegistry(this.mounts, all);
	}

	/**
	 * Returns the owned adapters that another registry does not use. An adapter around a
	 * transport that the other one uses is not among them, because it would close that
	 * transport.
	 */
	List<Adapter> ownedButNotIn(AdapterRegistry other) {
		Set<Adapter> used = Collections.newSetFromMap(new IdentityHashMap<>());
		other.mounts.forEach((mount) -> addChain(mount.adapter(), used));
		List<Adapter> unused = new ArrayList<>();
		for (Adapter adapter : owned()) {
			Set<Adapter> chain = Collections.newSetFromMap(new IdentityHashMap<>());
			addChain(adapter, chain);
			if (Collections.disjoint(chain, used)) {
				unused.add(adapter);
			}
		}
		return unused;
	}

	private static void addChain(Adapter adapter, Set<Adapter> chain) {
		Adapter inner = adapter;
		while (inner != null && chain.add(inner)) {
			inner = inner.delegate();
		}
	}

	/**
	 * Returns the adapters that the session closes, each of them once.
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
	 * Returns the adapter that is mounted under exactly this prefix, or null.
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
	 * Returns the adapter for a URL. User information in the URL is not part of the host
	 * and is ignored.
	 */
	Adapter find(String url) {
		String bare = withoutUserInfo(url);
		for (int i = 0; i < this.mounts.size(); i++) {
			Mount mount = this.mounts.get(i);
			if (mount.serves(bare)) {
				return mount.adapter();
			}
		}
		throw SessionFailures.noAdapter(bare, asMap().keySet());
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
