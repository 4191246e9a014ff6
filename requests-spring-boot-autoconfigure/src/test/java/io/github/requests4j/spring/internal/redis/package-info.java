@NullMarked
package io.github.requests4j.spring.internal.redis;

import org.jspecify.annotations.NullMarked;
