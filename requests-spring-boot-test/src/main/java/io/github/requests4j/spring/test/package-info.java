/**
 * Support for testing applications that use sessions and interface clients: a test slice
 * with mocks ({@link io.github.requests4j.spring.test.RequestsTest}), mocks beside
 * {@code @SpringBootTest}
 * ({@link io.github.requests4j.spring.test.AutoConfigureRequestsMock}), recordings
 * ({@link io.github.requests4j.spring.test.RequestsCassette}), and a local server
 * ({@link io.github.requests4j.spring.test.RequestsLocalServer}).
 * <p>
 * May depend on everything that applications see. Begin with the annotation that fits;
 * what mocks and servers answer is a {@link io.github.requests4j.spring.test.Reply}.
 */
@NullMarked
package io.github.requests4j.spring.test;

import org.jspecify.annotations.NullMarked;
