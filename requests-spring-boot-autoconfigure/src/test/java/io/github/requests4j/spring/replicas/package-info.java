@NullMarked
package io.github.requests4j.spring.replicas;

import org.jspecify.annotations.NullMarked;
