/**
 * Where an adapter may connect to: hosts, networks, and the addresses that are not of the
 * public internet.
 * <p>
 * The types here are public because {@code adapters} uses them; applications use
 * {@code EgressRules}. Begin with
 * {@link io.github.requests4j.internal.egress.EgressPolicy}.
 */
@NullMarked
package io.github.requests4j.internal.egress;

import org.jspecify.annotations.NullMarked;
