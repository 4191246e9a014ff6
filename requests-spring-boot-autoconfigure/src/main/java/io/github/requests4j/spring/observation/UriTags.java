package io.github.requests4j.spring.observation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds the values of the tag {@code uri}: URLs that callers put together instead of
 * filling a template would make a new series each. Safe for many threads.
 */
final class UriTags {

	/** How Spring Boot names the bound, and what it is unless set. */
	static final String PROPERTY = "management.metrics.web.client.max-uri-tags";

	static final int DEFAULT_MAX = 100;

	private static final Logger logger = LoggerFactory.getLogger(UriTags.class);

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	private final int max;

	private volatile boolean full;

	UriTags(int max) {
		this.max = max;
	}

	/** Whether this value is one of the first so many. */
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
					"There are more than {} values of the tag 'uri', further ones are not recorded."
							+ " Pass variables of a URI template instead of putting URLs together, or raise {}.",
					this.max, PROPERTY);
		}
		return false;
	}

	/**
	 * Denies timings whose {@code uri} is one too many, where Spring Boot's own filter
	 * for clients is not there. Safe for many threads.
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
