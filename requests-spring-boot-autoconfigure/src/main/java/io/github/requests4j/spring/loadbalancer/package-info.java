/**
 * Supports base URLs that name a service ({@code lb://service}). Each hop is sent to one
 * of the instances that Spring Cloud LoadBalancer lists.
 * <p>
 * May depend on {@code session}, whose
 * {@link io.github.requests4j.spring.session.ServiceBalancer} it implements, and on
 * {@code internal.balancing}, which chooses among the instances. Start with
 * {@code ServiceInstances}.
 */
@NullMarked
package io.github.requests4j.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
