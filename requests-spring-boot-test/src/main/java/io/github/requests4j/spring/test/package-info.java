/**
 * Support for testing applications that use sessions and interface clients: a test slice
 * with mocks ({@link io.github.requests4j.spring.test.RequestsTest}), mocks for
 * {@code @SpringBootTest}
 * ({@link io.github.requests4j.spring.test.AutoConfigureRequestsMock}), recordings
 * ({@link io.github.requests4j.spring.test.RequestsCassette}), and a local server
 * ({@link io.github.requests4j.spring.test.RequestsLocalServer}).
 * <p>
 * May depend on everything that is visible to applications. Start with one of these
 * annotations. Mocks and servers return a {@link io.github.requests4j.spring.test.Reply}.
 */
@NullMarked
package io.github.requests4j.spring.test;

import org.jspecify.annotations.NullMarked;
