/**
 * The keys of {@code application.yml}, how defaults are merged into sessions, and how
 * mistakes are reported. Knows nothing about how sessions are made.
 * <p>
 * The lowest layer of the Spring modules: it depends on no other package of them. The
 * keys are the components of the records whose names end in {@code Properties}, beginning
 * with {@link io.github.requests4j.spring.internal.config.RequestsProperties};
 * {@link io.github.requests4j.spring.internal.config.ConfiguredSessions} reads and checks
 * them, {@code SettingsSource} finds the keys that properties and variables mean, and
 * {@code SessionLayers} merges defaults into sessions.
 */
@NullMarked
package io.github.requests4j.spring.internal.config;

import org.jspecify.annotations.NullMarked;
