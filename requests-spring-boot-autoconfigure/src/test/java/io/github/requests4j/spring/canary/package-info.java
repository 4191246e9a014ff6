@NullMarked
package io.github.requests4j.spring.canary;

import org.jspecify.annotations.NullMarked;
