@NullMarked
package io.github.requests4j.spring.internal.logging;

import org.jspecify.annotations.NullMarked;
