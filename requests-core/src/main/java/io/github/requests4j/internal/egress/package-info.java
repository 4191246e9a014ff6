/**
 * Egress rules: the hosts, networks and addresses that an adapter may connect to.
 * <p>
 * The types are public only because {@code adapters} uses them; applications use
 * {@code EgressRules}. Start with
 * {@link io.github.requests4j.internal.egress.EgressPolicy}.
 */
@NullMarked
package io.github.requests4j.internal.egress;

import org.jspecify.annotations.NullMarked;
