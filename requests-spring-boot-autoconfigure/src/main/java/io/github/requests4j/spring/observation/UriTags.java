package io.github.requests4j.spring.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of values of the tag for the template of the URI. Otherwise, URLs
 * that are concatenated instead of expanded from a template would each create a new
 * series. Thread-safe.
 */
final class UriTags {

	/** The property of Spring Boot for the limit. */
	static final String PROPERTY = "management.metrics.web.client.max-uri-tags";

	static final int DEFAULT_MAX = 100;

	/** The limited tags. A meter has at most one of them. */
	static final Set<String> KEYS = Set.of("uri", OpenTelemetryRequestsObservationConvention.URL_TEMPLATE);

	private static final Logger logger = LoggerFactory.getLogger(UriTags.class);

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final int max;

	private volatile boolean full;

	UriTags(int max) {
		this.max = max;
	}

	/** Returns whether a value is within the limit. */
	boolean admit(String uri) {
		if (this.known.contains(uri)) {
			return true;
		}
		if (this.known.size() < this.max) {
			this.known.add(uri);
			return true;
		}
		if (!this.full) {
			this.full = true;
			logger.warn(
					"The limit of {} values for the tag 'uri' or 'url.template' is reached, so new values are not recorded."
							+ " Use URI templates with variables instead of concatenated URLs, or raise {}.",
					this.max, PROPERTY);
		}
		return false;
	}

	/**
	 * Denies timings whose {@code uri} exceeds the limit, in applications without Spring
	 * Boot's own filter for clients. Thread-safe.
	 */
	static final class Filter implements MeterFilter {

		private final String name;

		private final UriTags uris;

		Filter(String name, UriTags uris) {
			this.name = name;
			this.uris = uris;
		}

		@Override
		public MeterFilterReply accept(Meter.Id id) {
			if (!id.getName().startsWith(this.name)) {
				return MeterFilterReply.NEUTRAL;
			}
			String uri = id.getTag("uri");
			return (uri == null || this.uris.admit(uri)) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
		}

	}

}
