@NullMarked
package io.github.requests4j.spring.config;

import org.jspecify.annotations.NullMarked;
