/**
 * The order desk: interfaces that are clients, and the page that shows what they bring.
 */
@NullMarked
package io.github.requests4j.sample.desk;

import org.jspecify.annotations.NullMarked;
