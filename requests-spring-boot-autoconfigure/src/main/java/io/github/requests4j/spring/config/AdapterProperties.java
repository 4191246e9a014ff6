package io.github.requests4j.spring.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * The transport: its pool of connections and its retries. What is left out is as in
 * requests, for a further mount as in the adapter of the session.
 *
 * @param poolConnections How many hosts the pool keeps idle connections for.
 * @param poolMaxsize How many connections the pool keeps for each host; with pool-block
 * also how many it opens.
 * @param poolBlock Whether a call waits for a connection when all of the host's are in
 * use.
 * @param poolTimeout How long a call waits for a connection of the pool.
 * @param poolIdleTimeout How long an idle connection is kept.
 * @param poolTimeToLive How long a connection is used at most.
 * @param proxyVerify How the certificate of a proxy that is reached over TLS is verified:
 * true, false, or a file or folder of authorities. By default the authorities of verify
 * if it names any, otherwise those of the SSL bundle or the JVM. Setting verify to false
 * does not change it.
 * @param maxRetries When a request is sent again: a number, or the keys of a retry
 * policy.
 */
@ConfigurationPropertiesSource
public record AdapterProperties(@Nullable Integer poolConnections, @Nullable Integer poolMaxsize,
		@Nullable Boolean poolBlock, @Nullable Duration poolTimeout, @Nullable Duration poolIdleTimeout,
		@Nullable Duration poolTimeToLive, @Nullable String proxyVerify,
		@NestedConfigurationProperty @Nullable RetryProperties maxRetries) {

	static final AdapterProperties NONE = new AdapterProperties(null, null, null, null, null, null, null, null);

}
