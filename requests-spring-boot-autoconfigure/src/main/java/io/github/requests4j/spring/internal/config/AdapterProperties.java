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
 * @param poolConnections Maximum number of hosts that the pool keeps idle connections
 * for.
 * @param poolMaxsize Maximum number of connections that the pool keeps for each host.
 * With pool-block, it also limits how many are open at the same time.
 * @param poolBlock Whether a call waits if all connections to the host are in use.
 * Otherwise, it opens another one.
 * @param poolTimeout How long a call waits for a connection if pool-block is true. By
 * default, only the deadline of the call limits the wait.
 * @param poolIdleTimeout How long an idle connection is kept. By default, until the
 * server closes it.
 * @param poolTimeToLive Maximum lifetime of a connection, after which it is not used
 * again. No limit by default.
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
	 * @param total Maximum total number of retries of a request. The default is 10 if
	 * only other keys of the policy are set.
	 * @param connect Maximum number of retries after failed connections. By default, only
	 * total limits them.
	 * @param read Maximum number of retries after broken connections and read timeouts.
	 * By default, only total limits them.
	 * @param redirect Has no effect, because sessions follow redirects themselves,
	 * limited by max-redirects. It exists because it is part of the policy in requests.
	 * @param status Maximum number of retries for a status in status-forcelist. By
	 * default, only total limits them.
	 * @param other Maximum number of retries after other errors. By default, only total
	 * limits them.
	 * @param allowedMethods Methods that may be retried after a read error or for a
	 * status. A failed connection is retried for every method.
	 * @param statusForcelist Status codes that are retried, such as 503. None by default.
	 * @param backoffFactor Factor of the delay between retries. The first retry does not
	 * wait, the second one waits for twice the factor, and each further one waits twice
	 * as long as the one before.
	 * @param backoffMax Maximum delay between retries.
	 * @param backoffJitter Maximum random time that is added to a delay.
	 * @param raiseOnStatus Whether a RetryException is thrown when the retries for a
	 * status are exhausted. By default, the last response is returned.
	 * @param respectRetryAfterHeader Whether a retry waits as long as the Retry-After
	 * header of the response requests.
	 * @param retryAfterMax Maximum delay that a Retry-After header can request. A longer
	 * one is shortened to it.
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
