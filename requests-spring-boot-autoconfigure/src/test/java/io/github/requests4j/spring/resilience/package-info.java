@NullMarked
package io.github.requests4j.spring.resilience;

import org.jspecify.annotations.NullMarked;
