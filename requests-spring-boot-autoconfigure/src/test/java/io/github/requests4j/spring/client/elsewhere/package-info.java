@NullMarked
package io.github.requests4j.spring.client.elsewhere;

import org.jspecify.annotations.NullMarked;
