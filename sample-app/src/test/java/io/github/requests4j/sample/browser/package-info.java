/**
 * Depot's page in a real browser.
 */
package io.github.requests4j.sample.browser;
