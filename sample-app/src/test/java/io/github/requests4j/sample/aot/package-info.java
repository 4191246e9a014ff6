@NullMarked
package io.github.requests4j.sample.aot;

import org.jspecify.annotations.NullMarked;
