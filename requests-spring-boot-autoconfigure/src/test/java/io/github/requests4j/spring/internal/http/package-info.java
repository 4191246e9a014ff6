@NullMarked
package io.github.requests4j.spring.internal.http;

import org.jspecify.annotations.NullMarked;
