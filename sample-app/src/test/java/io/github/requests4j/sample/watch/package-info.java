/**
 * Tests of the figures that the page shows.
 */
package io.github.requests4j.sample.watch;
