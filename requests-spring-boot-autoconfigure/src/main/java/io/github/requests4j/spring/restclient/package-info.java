/**
 * Sessions as the transport of Spring's {@code RestClient} and {@code RestTemplate}, so
 * that existing code can use their pools, proxies, TLS, retries, auth and limits.
 * <p>
 * May depend on {@code internal}. No other package depends on this one. Without it and
 * its line in the auto-configuration imports, the rest of the starter still works.
 */
@NullMarked
package io.github.requests4j.spring.restclient;

import org.jspecify.annotations.NullMarked;
