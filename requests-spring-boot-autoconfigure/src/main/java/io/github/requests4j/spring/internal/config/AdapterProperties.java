package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.List;

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
		@NestedConfigurationProperty @Nullable Retry maxRetries) {

	static final AdapterProperties NONE = new AdapterProperties(null, null, null, null, null, null, null, null);

	/**
	 * When the adapter sends a request again. A plain number is short for {@code total}.
	 * What is left out is as in requests.
	 *
	 * @param total Most retries of all kinds together; 10 when a policy has other keys
	 * only.
	 * @param connect Most retries of failed connections.
	 * @param read Most retries of failed reads.
	 * @param redirect Most redirects of the adapter itself.
	 * @param status Most retries of statuses in the list.
	 * @param other Most retries of other errors.
	 * @param allowedMethods Methods that may be sent again after a read error or by
	 * status.
	 * @param statusForcelist Statuses that are retried.
	 * @param backoffFactor Factor of the pause, which doubles from the second retry on.
	 * @param backoffMax Longest pause.
	 * @param backoffJitter Most that is added to a pause at random.
	 * @param raiseOnStatus Whether a RetryException is thrown when the retries for a
	 * status are used up. By default the last response is returned.
	 * @param respectRetryAfterHeader Whether the Retry-After header of the server is
	 * obeyed.
	 * @param retryAfterMax Longest pause that the server can ask for; 6h by default.
	 */
	public record Retry(@Nullable Integer total, @Nullable Integer connect, @Nullable Integer read,
			@Nullable Integer redirect, @Nullable Integer status, @Nullable Integer other,
			@Nullable List<String> allowedMethods, @Nullable List<Integer> statusForcelist,
			@Nullable Duration backoffFactor, @Nullable Duration backoffMax, @Nullable Duration backoffJitter,
			@Nullable Boolean raiseOnStatus, @Nullable Boolean respectRetryAfterHeader,
			@Nullable Duration retryAfterMax) {
	}

}
