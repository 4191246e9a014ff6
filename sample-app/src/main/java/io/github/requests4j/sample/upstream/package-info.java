/**
 * The services that Depot calls, embedded so that the sample runs alone and offline. They
 * speak HTTP to whoever asks and share no class with the desk and its clients.
 */
@NullMarked
package io.github.requests4j.sample.upstream;

import org.jspecify.annotations.NullMarked;
