package io.github.requests4j.spring.cookies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookieMirror;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;

/**
 * Synchronizes one jar with the shared cookies of its session. While Redis is
 * unavailable, the jar works on its own, and its changes are written when Redis is
 * available again. Thread-safe.
 */
final class RedisCookies implements CookieMirror {

	private final CookieHash hash;

	/** The changes that have not been written yet, by field. Guarded by itself. */
	private final Map<String, Change> pending = new LinkedHashMap<>();

	/** One exchange at a time, so that an old value never overtakes a newer one. */
	private final ReentrantLock exchanging = new ReentrantLock();

	private final AtomicLong asked = new AtomicLong();

	/** The last request that an exchange has covered. Guarded by the lock. */
	private long served;

	/** The version that was read last, or an empty string. Guarded by the lock. */
	private String version = "";

	RedisCookies(CookieHash hash) {
		this.hash = hash;
	}

	@Override
	public void changed(List<Cookie> stored, List<Cookie> removed) {
		synchronized (this.pending) {
			removed.forEach((cookie) -> this.pending.put(CookieHash.field(cookie), new Change(null)));
			stored.forEach((cookie) -> this.pending.put(CookieHash.field(cookie), new Change(cookie)));
		}
	}

	@Override
	public void publish(CookieJar jar) {
		synchronize(jar);
	}

	@Override
	public void refresh(CookieJar jar) {
		synchronize(jar);
	}

	/**
	 * Exchanges changes, unless another thread has started an exchange since this method
	 * was called.
	 */
	private void synchronize(CookieJar jar) {
		long request = this.asked.incrementAndGet();
		this.exchanging.lock();
		try {
			if (this.served < request) {
				long upTo = this.asked.get();
				exchange(jar);
				this.served = upTo;
			}
		}
		catch (RedisUnavailableException ex) {
			// RedisAccess has counted the failure, and the changes stay pending
			return;
		}
		finally {
			this.exchanging.unlock();
		}
	}

	private void exchange(CookieJar jar) throws RedisUnavailableException {
		if (exchangePending(jar)) {
			return;
		}
		// Redis has lost the cookies, but this replica has not
		synchronized (this.pending) {
			this.pending.clear();
			jar.cookies().forEach((cookie) -> this.pending.put(CookieHash.field(cookie), new Change(cookie)));
		}
		this.version = "";
		exchangePending(jar);
	}

	/**
	 * Exchanges changes once, and returns false if Redis has lost the cookies that this
	 * replica knows.
	 */
	private boolean exchangePending(CookieJar jar) throws RedisUnavailableException {
		Map<String, Change> written;
		synchronized (this.pending) {
			written = new LinkedHashMap<>(this.pending);
		}
		Map<String, @Nullable Cookie> changes = new LinkedHashMap<>();
		written.forEach((field, change) -> changes.put(field, change.cookie()));
		CookieHash.Reply reply = this.hash.exchange(this.version, changes);
		if (reply.before().isEmpty() && !this.version.isEmpty()) {
			return false;
		}
		synchronized (this.pending) {
			written.forEach(this.pending::remove);
		}
		this.version = reply.version();
		List<Cookie> cookies = reply.cookies();
		if (cookies != null) {
			jar.reload(() -> withPending(cookies));
		}
		return true;
	}

	/** Returns cookies with the changes of this jar that have not been written yet. */
	private List<Cookie> withPending(List<Cookie> cookies) {
		Map<String, Cookie> all = new LinkedHashMap<>();
		cookies.forEach((cookie) -> all.put(CookieHash.field(cookie), cookie));
		synchronized (this.pending) {
			this.pending.forEach((field, change) -> {
				Cookie cookie = change.cookie();
				if (cookie != null) {
					all.put(field, cookie);
				}
				else {
					all.remove(field);
				}
			});
		}
		return List.copyOf(all.values());
	}

	/** A change. Each one is only equal to itself. */
	private static final class Change {

		private final @Nullable Cookie cookie;

		Change(@Nullable Cookie cookie) {
			this.cookie = cookie;
		}

		/** Returns the cookie, or null if it was removed. */
		@Nullable Cookie cookie() {
			return this.cookie;
		}

	}

}
