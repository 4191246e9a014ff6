@NullMarked
package io.github.requests4j.spring.restclient;

import org.jspecify.annotations.NullMarked;
