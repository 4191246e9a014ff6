/**
 * Support for testing applications that use sessions and interface clients.
 */
@NullMarked
package io.github.requests4j.spring.test;

import org.jspecify.annotations.NullMarked;
