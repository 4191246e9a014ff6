@NullMarked
package io.github.requests4j.spring.test.shop;

import org.jspecify.annotations.NullMarked;
