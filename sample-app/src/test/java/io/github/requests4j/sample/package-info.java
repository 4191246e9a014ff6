/**
 * Tests of the whole sample, over real HTTP.
 */
package io.github.requests4j.sample;
