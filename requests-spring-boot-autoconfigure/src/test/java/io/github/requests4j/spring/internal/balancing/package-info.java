@NullMarked
package io.github.requests4j.spring.internal.balancing;

import org.jspecify.annotations.NullMarked;
