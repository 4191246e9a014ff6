/**
 * Sessions as the transport of Spring's {@code RestClient} and {@code RestTemplate}, so
 * that existing code can use their pools, proxies, TLS, retries, auth and limits.
 * <p>
 * May depend on {@code internal}. Only {@code oauth2} depends on this package, because
 * Spring Security requests tokens with a {@code RestClient}.
 */
@NullMarked
package io.github.requests4j.spring.restclient;

import org.jspecify.annotations.NullMarked;
