/**
 * Balances the requests of a session over several instances of a service, which are its
 * base URLs or the instances that Spring Cloud knows. Only depends on the core. Start
 * with {@link io.github.requests4j.spring.internal.balancing.BalancedAdapter}. The choice
 * is made by {@link io.github.requests4j.spring.internal.balancing.Choice}.
 */
@NullMarked
package io.github.requests4j.spring.internal.balancing;

import org.jspecify.annotations.NullMarked;
