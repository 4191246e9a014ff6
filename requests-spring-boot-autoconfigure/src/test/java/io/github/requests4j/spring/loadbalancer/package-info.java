@NullMarked
package io.github.requests4j.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
