@NullMarked
package io.github.requests4j.spring.rate;

import org.jspecify.annotations.NullMarked;
