/**
 * Runs public test data against the library and counts where the answers agree. The data
 * is not part of this repository; see {@link io.github.requests4j.suites.Suites} for how
 * to start it.
 */
package io.github.requests4j.suites;
