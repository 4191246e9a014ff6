/**
 * Supports base URLs that name a service ({@code lb://service}). Each hop is sent to an
 * instance that Spring Cloud LoadBalancer chooses.
 * <p>
 * May depend on {@code session}, whose
 * {@link io.github.requests4j.spring.session.ServiceBalancer} it implements. Start with
 * {@code BalancedAdapter}.
 */
@NullMarked
package io.github.requests4j.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
