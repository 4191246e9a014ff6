@NullMarked
package io.github.requests4j.spring.observation;

import org.jspecify.annotations.NullMarked;
