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
 * Keeps one jar and the shared cookies of its session in step. While Redis is
 * unavailable, the jar goes on alone, and its changes are written when Redis is back.
 * Thread-safe.
 */
final class RedisCookies implements CookieMirror {

	private final CookieHash hash;

	/** The changes that are not written yet, by field. Guarded by itself. */
	private final Map<String, Change> pending = new LinkedHashMap<>();

	/** One exchange at a time, so that an old value never overtakes a newer one. */
	private final ReentrantLock exchanging = new ReentrantLock();

	private final AtomicLong asked = new AtomicLong();

	/** Up to which request exchanges have been made. Guarded by the lock. */
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
	 * Exchanges changes. An exchange that another thread has begun after this method was
	 * called does it as well.
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
			// Counted by the access. What is pending stays so.
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

	/** Returns whether the cookies that this replica knows are still there. */
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

	/** Returns cookies with the changes of this jar that are not written yet. */
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

	/** A change, which is only equal to itself. */
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
