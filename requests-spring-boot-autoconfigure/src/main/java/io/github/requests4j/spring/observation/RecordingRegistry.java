package io.github.requests4j.spring.observation;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Where meters are recorded: the only or primary registry, or else all together. Spring
 * Boot makes a primary one of several itself, but is not always there to do so.
 *
 * @param registry the registry
 */
record RecordingRegistry(MeterRegistry registry) {

	static RecordingRegistry of(ObjectProvider<MeterRegistry> registries) {
		MeterRegistry only = registries.getIfUnique();
		return new RecordingRegistry(
				(only != null) ? only : new CompositeMeterRegistry(Clock.SYSTEM, registries.orderedStream().toList()));
	}

}
