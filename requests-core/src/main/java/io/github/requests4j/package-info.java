/**
 * The entry points: {@link io.github.requests4j.Requests} for single calls and
 * {@link io.github.requests4j.Session} for many. <pre>{@code
 * Response response = Requests.get("https://api.example.com/items", (request) -> request.param("q", "tea"));
 * List<Item> items = response.raiseForStatus().json(new TypeReference<List<Item>>() {});
 * }</pre>
 * <p>
 * Here are sessions and how they are built, the options of a call, how both are merged,
 * redirects, and what the environment says. This is the uppermost layer: it wires
 * {@code auth} and {@code adapters}, which know {@code http}, which knows
 * {@code cookies}; none of them knows this one.
 * <p>
 * Readers begin with {@code DefaultSession.call}, callers with
 * {@link io.github.requests4j.Session.Builder} and
 * {@link io.github.requests4j.RequestOptions}.
 */
@NullMarked
package io.github.requests4j;

import org.jspecify.annotations.NullMarked;
