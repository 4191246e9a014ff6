package io.github.requests4j.spring.client;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where a call goes.
 *
 * @param url the URL with its variables filled in
 * @param template the template without its query, for metrics; {@code null} when there
 * was none
 * @param params query parameters, for the session to merge its own with
 */
record CallTarget(String url, @Nullable String template, Map<String, Object> params) {
}
