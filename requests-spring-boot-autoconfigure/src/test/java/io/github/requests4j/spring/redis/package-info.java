@NullMarked
package io.github.requests4j.spring.redis;

import org.jspecify.annotations.NullMarked;
