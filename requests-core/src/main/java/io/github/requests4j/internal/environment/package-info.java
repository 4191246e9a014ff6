/**
 * Reads proxies, trusted authorities and credentials from the environment: environment
 * variables, system properties and the user's netrc file.
 * <p>
 * All settings are read through {@link io.github.requests4j.http.RequestsEnvironment}, so
 * that a session can replace it. Sessions with {@code trustEnv} use this package.
 */
@NullMarked
package io.github.requests4j.internal.environment;

import org.jspecify.annotations.NullMarked;
