/**
 * Auto-configuration of sessions from the properties of the application.
 */
@NullMarked
package io.github.requests4j.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
