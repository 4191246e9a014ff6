/**
 * The dashboard and the alert rules of {@code docs/operations}.
 */
@NullMarked
package io.github.requests4j.sample.operations;

import org.jspecify.annotations.NullMarked;
