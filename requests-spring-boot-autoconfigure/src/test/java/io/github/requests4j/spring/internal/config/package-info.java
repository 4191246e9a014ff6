@NullMarked
package io.github.requests4j.spring.internal.config;

import org.jspecify.annotations.NullMarked;
