/**
 * The order desk, with its client interfaces and the page that shows their results.
 */
@NullMarked
package io.github.requests4j.sample.desk;

import org.jspecify.annotations.NullMarked;
