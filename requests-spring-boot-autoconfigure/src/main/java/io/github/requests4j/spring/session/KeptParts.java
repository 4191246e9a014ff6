package io.github.requests4j.spring.session;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cache.HttpCache;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.spring.internal.config.AdapterProperties;
import io.github.requests4j.spring.internal.config.SessionProperties;
import io.github.requests4j.spring.internal.logging.HeaderMasks;

/**
 * Decides which transports and caches a session keeps when it gets new settings. A change
 * of a setting that is not listed here replaces them, so that no setting is ignored by
 * accident. Thread-safe.
 */
final class KeptParts {

	/** The settings that no transport depends on. */
	private static final Set<String> NOT_OF_TRANSPORTS = Set.of("primary", "restClient", "auth", "trustedOrigins",
			"deadline", "connectTimeout", "readTimeout", "headers", "params", "maxRedirects", "allowRedirects",
			"redirect", "stream", "cookies", "idempotencyKey", "compress", "cache", "hedge", "concurrency",
			"resilience", "logging");

	/** The settings that no stored response depends on. */
	private static final Set<String> NOT_OF_CACHES = Set.of("primary", "restClient", "deadline", "connectTimeout",
			"readTimeout", "maxRedirects", "allowRedirects", "redirect", "stream", "idempotencyKey", "compress",
			"hedge", "retryBudget", "rate", "concurrency", "resilience", "logging");

	/** The settings that are compared separately. */
	private static final Set<String> BY_OTHER_MEANS = Set.of("baseUrls", "adapter", "adapters");

	private final Map<Object, Made> made = Collections.synchronizedMap(new WeakHashMap<>());

	/**
	 * The settings that a transport or a cache was created with.
	 *
	 * @param place where its settings are, such as {@code adapter}
	 * @param own its own settings, or {@code null} for a cache
	 * @param session the settings of its session
	 */
	private record Made(String place, @Nullable AdapterProperties own, SessionProperties session) {

		boolean givesSame(Made other, Set<String> irrelevant) {
			return this.place.equals(other.place) && Objects.equals(this.own, other.own) && hasSameServers(other)
					&& HeaderMasks.of(this.session).masked().equals(HeaderMasks.of(other.session).masked())
					&& same(this.session, other.session, irrelevant);
		}

		/**
		 * Returns whether a cache has responses for the same URLs, or a transport may
		 * have connections that are still useful.
		 */
		private boolean hasSameServers(Made other) {
			List<String> one = origins(this.session);
			List<String> two = origins(other.session);
			boolean sameFirst = one.stream().findFirst().equals(two.stream().findFirst());
			return sameFirst || (this.own != null && !Collections.disjoint(one, two));
		}

		private static List<String> origins(SessionProperties session) {
			return session.baseUrls().stream().filter(StringUtils::hasLength).map((url) -> {
				ServiceUrl service = ServiceUrl.of(url);
				return (service != null) ? service.prefix() : ParsedUrl.parse(url).origin();
			}).toList();
		}

		private static boolean same(SessionProperties one, SessionProperties other, Set<String> irrelevant) {
			for (RecordComponent component : SessionProperties.class.getRecordComponents()) {
				String name = component.getName();
				if (!irrelevant.contains(name) && !BY_OTHER_MEANS.contains(name)) {
					@Nullable Object first = ReflectionUtils.invokeMethod(component.getAccessor(), one);
					@Nullable Object second = ReflectionUtils.invokeMethod(component.getAccessor(), other);
					if (!Objects.equals(first, second)) {
						return false;
					}
				}
			}
			return true;
		}

	}

	/**
	 * Returns the transport of an existing session with the same settings, or a new one.
	 * @param existing the session, or {@code null} if there is none
	 * @param place where the settings of the transport are
	 * @param own the settings of the transport
	 * @param session the settings of the session
	 * @param create creates a transport
	 */
	HttpAdapter transport(@Nullable Session existing, String place, AdapterProperties own, SessionProperties session,
			Supplier<HttpAdapter> create) {
		return keptOr(existing, new Made(place, own, session), NOT_OF_TRANSPORTS, HttpAdapter.class, create);
	}

	/**
	 * Returns the cache of an existing session with the same settings, or a new one. A
	 * session with other credentials or headers may get other responses.
	 */
	HttpCache cache(@Nullable Session existing, SessionProperties session, Supplier<HttpCache> create) {
		return keptOr(existing, new Made("cache", null, session), NOT_OF_CACHES, HttpCache.class, create);
	}

	private <T> T keptOr(@Nullable Session existing, Made wanted, Set<String> irrelevant, Class<T> type,
			Supplier<T> create) {
		T kept = (existing != null) ? find(existing, type, (made) -> made.givesSame(wanted, irrelevant)) : null;
		T part = (kept != null) ? kept : create.get();
		this.made.put(part, wanted);
		return part;
	}

	private <T> @Nullable T find(Session session, Class<T> type, Predicate<Made> wanted) {
		for (Adapter adapter : session.adapters().values()) {
			for (Adapter inner = adapter; inner != null; inner = inner.delegate()) {
				Object part = (type == HttpCache.class) ? HttpCache.of(inner) : inner;
				Made known = (part != null) ? this.made.get(part) : null;
				if (known != null && type.isInstance(part) && wanted.test(known)) {
					return type.cast(part);
				}
			}
		}
		return null;
	}

}
