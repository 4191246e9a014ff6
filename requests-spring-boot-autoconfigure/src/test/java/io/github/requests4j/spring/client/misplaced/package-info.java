@NullMarked
package io.github.requests4j.spring.client.misplaced;

import org.jspecify.annotations.NullMarked;
