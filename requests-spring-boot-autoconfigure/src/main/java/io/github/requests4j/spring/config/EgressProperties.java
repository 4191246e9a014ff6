package io.github.requests4j.spring.config;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where requests may go, against requests that somebody else steers (SSRF). Entries are
 * hosts, "*.example.com" for all names below one, addresses, or networks.
 *
 * @param allow What is allowed although it is private, or although everything is denied,
 * such as "10.1.2.0/24".
 * @param deny What is refused, allowed or not; "*" refuses all that is not allowed.
 * @param denyPrivate Whether loopback, private, link-local and other addresses that are
 * not of the public internet are refused.
 */
public record EgressProperties(@DefaultValue("false") boolean denyPrivate, @DefaultValue List<String> allow,
		@DefaultValue List<String> deny) {
}
