@NullMarked
package io.github.requests4j.spring.client;

import org.jspecify.annotations.NullMarked;
