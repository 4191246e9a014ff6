package io.github.requests4j.spring.test.shop;

import org.springframework.stereotype.Component;

/**
 * Not part of a slice.
 */
@Component
class Counter {

}
