/**
 * Tests of the embedded upstream.
 */
package io.github.requests4j.sample.upstream;
