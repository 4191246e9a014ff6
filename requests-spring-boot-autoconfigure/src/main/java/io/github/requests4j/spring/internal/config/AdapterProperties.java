package io.github.requests4j.spring.internal.config;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Settings of the transport: its connection pool and its retries. A setting that is not
 * set has the default of requests, or for an additional mount the value of the session's
 * adapter.
 *
 * @param poolConnections Number of hosts that the pool keeps idle connections for.
 * @param poolMaxsize Maximum number of connections that the pool keeps for each host.
 * With pool-block, it also limits how many are open.
 * @param poolBlock Whether a call waits for a connection when all connections to the host
 * are in use.
 * @param poolTimeout How long a call waits for a connection from the pool.
 * @param poolIdleTimeout How long an idle connection is kept.
 * @param poolTimeToLive Maximum lifetime of a connection.
 * @param proxyVerify How the certificate of an HTTPS proxy is verified: true, false, or a
 * file or directory of CA certificates. The default is the CA certificates of verify if
 * it is a path, otherwise those of the SSL bundle or the JVM. Setting verify to false
 * does not affect the proxy.
 * @param maxRetries Number of retries, or the keys of a retry policy.
 */
@ConfigurationPropertiesSource
public record AdapterProperties(@Nullable Integer poolConnections, @Nullable Integer poolMaxsize,
		@Nullable Boolean poolBlock, @Nullable Duration poolTimeout, @Nullable Duration poolIdleTimeout,
		@Nullable Duration poolTimeToLive, @Nullable String proxyVerify,
		@NestedConfigurationProperty @Nullable Retry maxRetries) {

	static final AdapterProperties NONE = new AdapterProperties(null, null, null, null, null, null, null, null);

	/**
	 * The retry policy of the adapter. A plain number is short for {@code total}. A key
	 * that is not set has the default of requests.
	 *
	 * @param total Maximum total number of retries. The default is 10 if only other keys
	 * of the policy are set.
	 * @param connect Maximum number of retries after failed connections.
	 * @param read Maximum number of retries after failed reads.
	 * @param redirect Maximum number of redirects that the adapter itself follows.
	 * @param status Maximum number of retries for a status in status-forcelist.
	 * @param other Maximum number of retries after other errors.
	 * @param allowedMethods Methods that may be retried after a read error or for a
	 * status.
	 * @param statusForcelist Status codes that are retried.
	 * @param backoffFactor Factor of the delay between retries, which doubles from the
	 * second retry on.
	 * @param backoffMax Maximum delay between retries.
	 * @param backoffJitter Maximum random time that is added to a delay.
	 * @param raiseOnStatus Whether a RetryException is thrown when the retries for a
	 * status are exhausted. By default, the last response is returned.
	 * @param respectRetryAfterHeader Whether the Retry-After header of a response is
	 * respected.
	 * @param retryAfterMax Maximum delay that a Retry-After header can request. The
	 * default is 6h.
	 */
	public record Retry(@Nullable Integer total, @Nullable Integer connect, @Nullable Integer read,
			@Nullable Integer redirect, @Nullable Integer status, @Nullable Integer other,
			@Nullable List<String> allowedMethods, @Nullable List<Integer> statusForcelist,
			@Nullable Duration backoffFactor, @Nullable Duration backoffMax, @Nullable Duration backoffJitter,
			@Nullable Boolean raiseOnStatus, @Nullable Boolean respectRetryAfterHeader,
			@Nullable Duration retryAfterMax) {

		/**
		 * Returns whether this switches retries off, whatever is inherited.
		 * @return {@code true} if the total is 0
		 */
		public boolean isOff() {
			return Integer.valueOf(0).equals(this.total);
		}

	}

}
