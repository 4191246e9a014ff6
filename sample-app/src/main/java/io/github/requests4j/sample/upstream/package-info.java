/**
 * The services that Depot calls, which are embedded so that the sample runs offline. They
 * are only accessed over HTTP, and do not share any classes with the desk and its
 * clients.
 */
@NullMarked
package io.github.requests4j.sample.upstream;

import org.jspecify.annotations.NullMarked;
