/**
 * What the copies of Depot share: the token and the rate limit of the carrier, and the
 * login to shipping.
 */
@NullMarked
package io.github.requests4j.sample.copies;

import org.jspecify.annotations.NullMarked;
