@NullMarked
package io.github.requests4j.spring.logging;

import org.jspecify.annotations.NullMarked;
