package io.github.requests4j.spring.config;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What happens to secrets on redirects.
 *
 * @param stripHeaders Names of headers that are dropped when a redirect leaves the
 * origin, beside those that always are.
 * @param strict Whether credentials are dropped even where http becomes https on the same
 * host.
 */
public record RedirectProperties(@DefaultValue List<String> stripHeaders, @DefaultValue("false") boolean strict) {
}
