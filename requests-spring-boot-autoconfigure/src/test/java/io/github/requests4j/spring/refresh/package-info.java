@NullMarked
package io.github.requests4j.spring.refresh;

import org.jspecify.annotations.NullMarked;
