/**
 * Base URLs that name a service ({@code lb://service}): each hop goes to an instance that
 * Spring Cloud LoadBalancer chooses.
 * <p>
 * May depend on {@code session}, whose
 * {@link io.github.requests4j.spring.session.ServiceBalancer} it implements. Begin with
 * {@code BalancedAdapter}.
 */
@NullMarked
package io.github.requests4j.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
