/**
 * Balances the requests of a session over several instances of a service: those of its
 * base URLs, or those that Spring Cloud knows. Depends on nothing but the core. Start
 * with {@link io.github.requests4j.spring.internal.balancing.BalancedAdapter}; the choice
 * is made by {@link io.github.requests4j.spring.internal.balancing.Choice}.
 */
@NullMarked
package io.github.requests4j.spring.internal.balancing;

import org.jspecify.annotations.NullMarked;
