/**
 * Applies changed settings to the sessions and clients of a running application when
 * Spring Cloud refreshes its environment.
 * <p>
 * May depend on {@code internal.config} and {@code internal.session}. Start with
 * {@code SettingsRefresh}, which prepares and applies the new settings. Only
 * {@code RefreshListener} uses Spring Cloud.
 */
@NullMarked
package io.github.requests4j.spring.refresh;

import org.jspecify.annotations.NullMarked;
