/**
 * The entry points: {@link io.github.requests4j.Requests} for single calls and
 * {@link io.github.requests4j.Session} for many. <pre>{@code
 * Response response = Requests.get("https://api.example.com/items", (request) -> request.param("q", "tea"));
 * List<Item> items = response.raiseForStatus().json(new TypeReference<List<Item>>() {});
 * }</pre>
 * <p>
 * This package contains sessions, their builders, the merging of session and call
 * settings, and redirects. It is the top layer: it uses {@code auth}, {@code adapters}
 * and {@code internal.environment}, which use {@code http}, which uses {@code cookies}.
 * None of them uses this package.
 * <p>
 * To read the code, start with {@code DefaultSession.call}. To use it, start with
 * {@link io.github.requests4j.Session.Builder} and
 * {@link io.github.requests4j.http.RequestOptions}.
 */
@NullMarked
package io.github.requests4j;

import org.jspecify.annotations.NullMarked;
