@NullMarked
package io.github.requests4j.spring.client.scanned;

import org.jspecify.annotations.NullMarked;
