package io.github.requests4j.spring.config;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where requests may go, against requests that somebody else steers (SSRF).
 *
 * @param denyPrivate Whether loopback, private, link-local and other special addresses
 * are refused.
 * @param allow Hosts, addresses and networks that are allowed all the same, such as
 * "10.1.2.0/24".
 * @param deny Hosts, addresses and networks that are refused.
 */
public record EgressProperties(@DefaultValue("false") boolean denyPrivate, @DefaultValue List<String> allow,
		@DefaultValue List<String> deny) {
}
