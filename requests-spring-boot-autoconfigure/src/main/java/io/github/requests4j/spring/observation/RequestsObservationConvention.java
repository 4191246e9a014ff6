package io.github.requests4j.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and tags the observations of exchanges. Declare a bean of this type to replace
 * {@link DefaultRequestsObservationConvention}.
 */
public interface RequestsObservationConvention extends ObservationConvention<RequestsObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof RequestsObservationContext;
	}

}
