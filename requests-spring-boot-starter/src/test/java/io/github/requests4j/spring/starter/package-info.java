@NullMarked
package io.github.requests4j.spring.starter;

import org.jspecify.annotations.NullMarked;
