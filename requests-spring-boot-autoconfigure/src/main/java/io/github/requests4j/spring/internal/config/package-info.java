/**
 * The keys of {@code application.yml}, the merging of defaults into sessions, and the
 * reporting of mistakes. This package does not create sessions.
 * <p>
 * This is the lowest layer of the Spring modules and does not depend on their other
 * packages. The keys are the components of the records whose names end in
 * {@code Properties}, starting with
 * {@link io.github.requests4j.spring.internal.config.RequestsProperties}.
 * {@link io.github.requests4j.spring.internal.config.ConfiguredSessions} reads and checks
 * them, {@code SettingsSource} assigns properties and environment variables to keys, and
 * {@code SessionLayers} merges defaults into sessions.
 */
@NullMarked
package io.github.requests4j.spring.internal.config;

import org.jspecify.annotations.NullMarked;
