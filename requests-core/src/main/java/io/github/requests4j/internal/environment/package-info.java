/**
 * What the environment adds to a call: variables, properties of the JVM and the user's
 * netrc file, as proxies, trusted authorities and credentials.
 * <p>
 * Everything is read through {@link io.github.requests4j.http.RequestsEnvironment}, so
 * that a session can replace it. Sessions use this package where {@code trustEnv} is on.
 */
@NullMarked
package io.github.requests4j.internal.environment;

import org.jspecify.annotations.NullMarked;
