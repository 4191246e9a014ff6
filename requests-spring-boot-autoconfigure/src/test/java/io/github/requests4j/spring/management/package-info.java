@NullMarked
package io.github.requests4j.spring.management;

import org.jspecify.annotations.NullMarked;
