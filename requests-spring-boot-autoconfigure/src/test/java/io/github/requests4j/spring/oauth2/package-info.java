@NullMarked
package io.github.requests4j.spring.oauth2;

import org.jspecify.annotations.NullMarked;
