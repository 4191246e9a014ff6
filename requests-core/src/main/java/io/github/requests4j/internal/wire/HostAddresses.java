package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.HostResolver;
import io.github.requests4j.internal.url.IpAddress;

/**
 * The known addresses of a host name, including those that recently failed to accept a
 * connection. The name is looked up again when a connection is reused and the last lookup
 * is too old. A failed lookup changes nothing. All times are those of
 * {@link System#nanoTime()}. Thread-safe; checking an address takes no lock while the
 * host has it.
 */
public final class HostAddresses {

	/** How long an address is tried last after it failed to accept a connection. */
	private static final long PENALTY_NANOS = Duration.ofMinutes(1).toNanos();

	/** The maximum number of addresses to remember that the last lookup did not find. */
	private static final int MAX_MISSING = 64;

	/** The maximum of {@link #graceNanos}, in ages. */
	private static final int MAX_GRACE = 20;

	private final String host;

	private final HostResolver resolver;

	private final long ageNanos;

	private final AtomicBoolean refreshing = new AtomicBoolean();

	private final ReentrantLock lock = new ReentrantLock();

	/** When to look the name up again. */
	private volatile long due;

	/** The result of the last lookup. */
	private volatile Set<InetAddress> found = Set.of();

	/**
	 * The addresses that the last lookup did not find, with the time at which each was
	 * last found.
	 */
	private final Map<InetAddress, Long> missing = new HashMap<>();

	/**
	 * How long an address stays valid after a lookup has found it. Grows if addresses
	 * come back, because each lookup of a large service may find different addresses.
	 */
	private long graceNanos;

	/**
	 * The addresses that failed recently, with the time of the failure. Replaced when it
	 * changes.
	 */
	private volatile Map<InetAddress, Long> failures = Map.of();

	private long lastFound;

	/**
	 * Creates an object that does not know any addresses yet.
	 * @param host the name
	 * @param ageNanos how old a lookup may be
	 */
	public HostAddresses(String host, HostResolver resolver, long ageNanos) {
		this.host = host;
		this.resolver = resolver;
		this.ageNanos = ageNanos;
		this.graceNanos = ageNanos;
	}

	/** Returns the name. */
	public String host() {
		return this.host;
	}

	/** Stores the result of a lookup. */
	public void recordLookup(List<InetAddress> addresses, long now) {
		Set<InetAddress> latest = Set.copyOf(addresses);
		this.lock.lock();
		try {
			for (InetAddress address : this.found) {
				if (!latest.contains(address)) {
					this.missing.put(address, this.lastFound);
				}
			}
			for (InetAddress address : latest) {
				Long last = this.missing.remove(address);
				if (last != null && now - last >= this.graceNanos) {
					extendGrace();
				}
			}
			forgetOld(now);
			if (this.found.isEmpty() || now - this.lastFound > 0) {
				// Another lookup may have ended later, but stored its result first.
				this.lastFound = now;
				this.due = now + this.ageNanos;
			}
			this.found = latest;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void extendGrace() {
		this.graceNanos = Math.min(2 * this.graceNanos, MAX_GRACE * this.ageNanos);
	}

	private void forgetOld(long now) {
		if (this.missing.isEmpty()) {
			return;
		}
		this.missing.values().removeIf((last) -> now - last >= MAX_GRACE * this.ageNanos);
		if (this.missing.size() > MAX_MISSING) {
			List<Long> times = new ArrayList<>(this.missing.values());
			times.sort((one, other) -> Long.compare(now - one, now - other));
			long oldest = times.get(MAX_MISSING);
			this.missing.values().removeIf((last) -> last - oldest <= 0);
		}
	}

	/**
	 * Returns whether the host has an address, or a lookup has found it recently.
	 * Different lookups may find different addresses, so the last one alone does not
	 * decide.
	 */
	public boolean isCurrent(@Nullable InetAddress address, long now) {
		return address != null && (this.found.contains(address) || wasFoundRecently(address, now));
	}

	private boolean wasFoundRecently(InetAddress address, long now) {
		this.lock.lock();
		try {
			Long last = this.missing.get(address);
			// Another thread may have stored a lookup that found it.
			return this.found.contains(address) || (last != null && now - last < this.graceNanos);
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether it is time to look the name up again. */
	public boolean isDue(long now) {
		return now - this.due >= 0;
	}

	/**
	 * Looks the name up in another thread, unless such a lookup is running.
	 * @param afterwards runs in that thread when the result is known
	 */
	public void refresh(Runnable afterwards) {
		if (!this.refreshing.compareAndSet(false, true)) {
			return;
		}
		this.due = System.nanoTime() + this.ageNanos;
		boolean started = false;
		try {
			Daemon.start("lookup", () -> refreshNow(afterwards));
			started = true;
		}
		catch (OutOfMemoryError ex) {
			// There are too many threads. The call has a connection and does not need
			// this one.
			return;
		}
		finally {
			if (!started) {
				this.refreshing.set(false);
			}
		}
	}

	private void refreshNow(Runnable afterwards) {
		try {
			List<InetAddress> addresses = this.resolver.resolve(this.host);
			if (IpAddress.areAddresses(addresses)) {
				recordLookup(addresses, System.nanoTime());
				afterwards.run();
			}
		}
		catch (IOException | RuntimeException ex) {
			// The connections work without DNS, and a new one looks the name up itself.
			return;
		}
		finally {
			this.refreshing.set(false);
		}
	}

	/**
	 * Returns the addresses, with those that failed recently at the end.
	 */
	List<InetAddress> ordered(List<InetAddress> addresses, long now) {
		Map<InetAddress, Long> failed = this.failures;
		if (failed.isEmpty() || addresses.size() == 1) {
			return addresses;
		}
		List<InetAddress> ordered = new ArrayList<>(addresses.size());
		List<InetAddress> last = new ArrayList<>();
		for (InetAddress address : addresses) {
			Long time = failed.get(address);
			((time != null && now - time < PENALTY_NANOS) ? last : ordered).add(address);
		}
		ordered.addAll(last);
		return ordered;
	}

	/** Moves an address to the end for a while. */
	public void failed(InetAddress address, long now) {
		this.lock.lock();
		try {
			Map<InetAddress, Long> updated = new HashMap<>(this.failures);
			updated.keySet().removeIf((other) -> !isCurrent(other, now));
			updated.put(address, now);
			this.failures = updated;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Removes an address from those that failed. */
	public void succeeded(InetAddress address) {
		if (!this.failures.containsKey(address)) {
			return;
		}
		this.lock.lock();
		try {
			Map<InetAddress, Long> updated = new HashMap<>(this.failures);
			updated.remove(address);
			this.failures = updated;
		}
		finally {
			this.lock.unlock();
		}
	}

}
