@NullMarked
package io.github.requests4j.spring.aot;

import org.jspecify.annotations.NullMarked;
