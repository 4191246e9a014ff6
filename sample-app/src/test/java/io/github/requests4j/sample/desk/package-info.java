/**
 * Tests of the desk's clients: against mocks, a cassette and a local server.
 */
package io.github.requests4j.sample.desk;
