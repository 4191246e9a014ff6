package io.github.requests4j;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

import io.github.requests4j.http.Adapter;

/**
 * Adapters that a session no longer uses for new calls. They disappear once the calls
 * that use them have ended. Not thread-safe.
 */
final class RetiredAdapters {

	private final List<WeakReference<Adapter>> references = new ArrayList<>();

	/**
	 * Retires adapters.
	 * @return those that cannot be retired, which must be closed with the session
	 */
	List<Adapter> retire(List<Adapter> unused) {
		this.references.removeIf((reference) -> reference.get() == null);
		List<Adapter> open = new ArrayList<>();
		for (Adapter adapter : unused) {
			if (retire(adapter)) {
				this.references.add(new WeakReference<>(adapter));
			}
			else {
				open.add(adapter);
			}
		}
		return open;
	}

	private static boolean retire(Adapter adapter) {
		try {
			return adapter.retire();
		}
		catch (RuntimeException ex) {
			// The settings are replaced already. The adapter is closed with the session.
			return false;
		}
	}

	/** Adds the adapters that calls may still be using. */
	void addTo(List<Adapter> target) {
		for (WeakReference<Adapter> reference : this.references) {
			Adapter adapter = reference.get();
			if (adapter != null) {
				target.add(adapter);
			}
		}
	}

}
