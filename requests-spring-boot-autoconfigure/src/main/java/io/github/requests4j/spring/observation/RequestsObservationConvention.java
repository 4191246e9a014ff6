package io.github.requests4j.spring.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Defines the name and the tags of observations of exchanges. Declare a bean of this type
 * to replace {@link DefaultRequestsObservationConvention}. <pre class="code">
 * &#64;Bean
 * RequestsObservationConvention teamConvention() {
 *     return new DefaultRequestsObservationConvention("http.client.requests") {
 *         &#64;Override
 *         public KeyValues getLowCardinalityKeyValues(RequestsObservationContext context) {
 *             return super.getLowCardinalityKeyValues(context).and("team", "search");
 *         }
 *     };
 * }
 * </pre>
 */
public interface RequestsObservationConvention extends ObservationConvention<RequestsObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof RequestsObservationContext;
	}

}
