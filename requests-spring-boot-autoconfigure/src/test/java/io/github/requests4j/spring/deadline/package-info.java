@NullMarked
package io.github.requests4j.spring.deadline;

import org.jspecify.annotations.NullMarked;
