@NullMarked
package io.github.requests4j.spring.client.composed;

import org.jspecify.annotations.NullMarked;
