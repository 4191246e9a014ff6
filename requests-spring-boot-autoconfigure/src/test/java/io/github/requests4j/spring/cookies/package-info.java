@NullMarked
package io.github.requests4j.spring.cookies;

import org.jspecify.annotations.NullMarked;
