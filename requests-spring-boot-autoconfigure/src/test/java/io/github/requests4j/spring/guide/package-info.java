/**
 * The snippets and messages of the guide that need Spring, compiled and run.
 */
@NullMarked
package io.github.requests4j.spring.guide;

import org.jspecify.annotations.NullMarked;
