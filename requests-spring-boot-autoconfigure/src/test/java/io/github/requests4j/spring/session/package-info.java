@NullMarked
package io.github.requests4j.spring.session;

import org.jspecify.annotations.NullMarked;
