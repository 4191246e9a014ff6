/**
 * Base URLs that name a service: each hop goes to an instance that Spring Cloud
 * LoadBalancer chooses.
 */
@NullMarked
package io.github.requests4j.spring.loadbalancer;

import org.jspecify.annotations.NullMarked;
