@NullMarked
package io.github.requests4j.spring;

import org.jspecify.annotations.NullMarked;
