@NullMarked
package io.github.requests4j.spring.test;

import org.jspecify.annotations.NullMarked;
