/**
 * Sessions as the transport of Spring's {@code RestClient} and {@code RestTemplate}, so
 * that existing code gets their pools, proxies, TLS, retries, auth and limits.
 * <p>
 * May depend on {@code internal}. Nothing depends on this package: without it and its
 * line in the auto-configuration imports the starter works as before.
 */
@NullMarked
package io.github.requests4j.spring.restclient;

import org.jspecify.annotations.NullMarked;
