package io.github.requests4j.spring.observation;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Denies timings whose {@code uri} is one too many, where Spring Boot's own filter for
 * clients is not there. Safe for many threads.
 */
final class UriTagFilter implements MeterFilter {

	private final String name;

	private final UriTags uris;

	UriTagFilter(String name, UriTags uris) {
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
