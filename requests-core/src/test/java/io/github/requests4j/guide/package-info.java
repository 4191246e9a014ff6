/**
 * The snippets of the users' guide, compiled and run, and the test that the guide shows
 * nothing else.
 */
@NullMarked
package io.github.requests4j.guide;

import org.jspecify.annotations.NullMarked;
