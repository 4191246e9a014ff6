package io.github.requests4j.sample.upstream;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The current trouble of each service. Thread-safe.
 */
public final class Troubles {

	/** The services that can be in trouble. */
	public enum Service {

		/** The items that can be ordered. */
		CATALOG,

		/** The payments. */
		PAYMENTS,

		/** The parcels. */
		SHIPPING

	}

	private final Map<Service, Trouble> current = new ConcurrentHashMap<>();

	private final Map<Service, AtomicInteger> requests = new EnumMap<>(Service.class);

	Troubles() {
		for (Service service : Service.values()) {
			this.requests.put(service, new AtomicInteger());
		}
	}

	/**
	 * Returns all services and their troubles.
	 * @return a copy in the order of the services
	 */
	public Map<Service, Trouble> all() {
		Map<Service, Trouble> all = new EnumMap<>(Service.class);
		for (Service service : Service.values()) {
			all.put(service, of(service));
		}
		return Collections.unmodifiableMap(all);
	}

	/**
	 * Returns all services and their troubles with the names in forms.
	 * @return names in lower case
	 */
	public Map<String, String> byName() {
		Map<String, String> names = new LinkedHashMap<>();
		all().forEach((service, trouble) -> names.put(service.name().toLowerCase(Locale.ROOT),
				trouble.name().toLowerCase(Locale.ROOT)));
		return names;
	}

	Trouble of(Service service) {
		return this.current.getOrDefault(service, Trouble.NONE);
	}

	void set(Service service, Trouble trouble) {
		this.current.put(service, trouble);
		counter(service).set(0);
	}

	/**
	 * Returns whether a slow or flaky service has its trouble this time, which is the
	 * case for every other request.
	 */
	boolean strikesNow(Service service) {
		return counter(service).getAndIncrement() % 2 == 0;
	}

	private AtomicInteger counter(Service service) {
		return Objects.requireNonNull(this.requests.get(service));
	}

}
