package io.github.requests4j.adapters;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.egress.EgressGuard;
import io.github.requests4j.internal.tls.PemFiles;
import io.github.requests4j.internal.wire.Upload;
import io.github.requests4j.url.Url;

/**
 * The HTTP/1.1 transport ({@code HTTPAdapter} in requests). It sends one hop and keeps
 * the connection for later ones. Its protected methods are the override points of
 * requests. Thread-safe, also for virtual threads. An interrupt ends a call at once and
 * leaves the interrupt flag set. <pre>{@code
 * HttpAdapter adapter = HttpAdapter.builder().poolMaxsize(50).poolBlock(true).maxRetries(3).build();
 * Session session = Session.builder().mount("https://", adapter).build();
 * }</pre>
 *
 * @see Builder
 * @see Retry
 */
public class HttpAdapter implements Adapter {

	/**
	 * How old a lookup may be when a connection is reused: as long as the JVM caches one
	 * by default, because an earlier lookup would return the same addresses.
	 */
	private static final Duration ADDRESS_AGE = Duration.ofSeconds(30);

	private final PoolSettings pool;

	private final Retry retry;

	private final boolean retrying;

	private final HostResolver hostResolver;

	private final @Nullable Supplier<TlsMaterial> tlsMaterial;

	private final @Nullable Verify proxyVerify;

	private final Limits limits;

	private final InstantSource clock;

	private final Set<String> maskedHeaders;

	private final @Nullable EgressGuard guard;

	private final @Nullable Throttle throttle;

	private final Duration addressAge;

	private final ReentrantLock starting = new ReentrantLock();

	private volatile @Nullable Engine engine;

	private volatile boolean retired;

	private volatile boolean closed;

	/**
	 * Creates an adapter; for subclasses.
	 * @param builder the settings
	 */
	protected HttpAdapter(Builder builder) {
		this.pool = new PoolSettings(builder.poolConnections, builder.poolMaxsize, builder.poolBlock,
				builder.poolTimeout, builder.poolIdleTimeout, builder.poolTimeToLive);
		this.retry = builder.retry;
		this.retrying = !this.retry.equals(Retry.none());
		this.hostResolver = builder.hostResolver;
		this.tlsMaterial = builder.tlsMaterial;
		this.proxyVerify = builder.proxyVerify;
		this.limits = builder.limits;
		this.clock = builder.clock;
		this.maskedHeaders = builder.maskedHeaders;
		this.throttle = builder.throttle;
		this.addressAge = builder.addressAge;
		this.guard = (builder.egress != null) ? new EgressGuard(builder.egress.policy(), builder.hostResolver) : null;
	}

	/**
	 * Returns a builder with the defaults of requests: 10 pools of 10 connections, not
	 * blocking, no retries.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		try {
			addHeaders(request, options);
			Plan plan = plan(request, options);
			Retry own = options.attribute(Retry.class);
			boolean retries = (own != null) ? !own.equals(Retry.none()) : this.retrying;
			return (retries && options.kind() != Exchange.Kind.HEDGE)
					? new Sending(engine(), plan, (own != null) ? own : this.retry).run()
					: Transmission.begin(engine(), plan, List.of()).run();
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			throw ex;
		}
	}

	private Plan plan(PreparedRequest request, SendOptions options) {
		PoolKey asked = buildConnectionPoolKeyAttributes(request, options);
		ProxyUrl proxy = (asked.proxy() != null) ? proxyManagerFor(asked.proxy()) : null;
		if (this.guard != null) {
			checkEgress(this.guard, asked.host(), proxy, request);
		}
		TlsMaterial material = material(asked, proxy);
		PoolKey key = (material != null) ? asked.withTlsIdentity(material.identity()) : asked;
		certVerify(request, verify(options), options.cert());
		if (proxy != null && proxy.isSecure() && this.proxyVerify != null) {
			PemFiles.check(this.proxyVerify);
		}
		Map<String, String> proxyHeaders = (proxy != null) ? proxyHeaders(proxy) : Map.of();
		String method = Objects.requireNonNull(request.method(), "The request has no method: call prepareMethod");
		return new Plan(request, method, options, key, requestUrl(request, proxy), proxy, proxyHeaders, material,
				Upload.of(request));
	}

	private static void checkEgress(EgressGuard guard, String host, @Nullable ProxyUrl proxy, PreparedRequest request) {
		try {
			guard.check(host, proxy);
		}
		catch (RequestException ex) {
			throw Failures.denied(request, ex);
		}
	}

	/**
	 * Returns the TLS material, requested once per call, so that a connection is never
	 * pooled under the identity of other material than its own.
	 */
	private @Nullable TlsMaterial material(PoolKey key, @Nullable ProxyUrl proxy) {
		boolean needed = key.isSecure() || (proxy != null && proxy.isSecure());
		return (this.tlsMaterial != null && needed) ? this.tlsMaterial.get() : null;
	}

	private static Verify verify(SendOptions options) {
		return (options.verify() != null) ? options.verify() : Verify.enabled();
	}

	/** Returns the headers that the wire log masks, in lower case. */
	Set<String> maskedHeaders() {
		return this.maskedHeaders;
	}

	private Engine engine() {
		Engine current = this.engine;
		return (current != null) ? current : start();
	}

	private Engine start() {
		this.starting.lock();
		try {
			Engine current = this.engine;
			if (current == null) {
				// Not in the constructor: the fields of a subclass must be set before an
				// override is called.
				Dialer dialer = new Dialer((this.guard != null) ? this.guard : this.hostResolver, this.hostResolver,
						this.proxyVerify, this.addressAge);
				current = new Engine(this, initPoolManager(this.pool), dialer, this.limits, this.clock, this.throttle);
				this.engine = current;
				if (this.retired) {
					current.pool().retire();
				}
				if (this.closed) {
					current.pool().close();
				}
			}
			return current;
		}
		finally {
			this.starting.unlock();
		}
	}

	/**
	 * Closes idle connections, and from now on each connection after its request.
	 * Requests that are in progress, that wait for a connection or that begin later are
	 * still sent. Idempotent.
	 * @return {@code true}, unless this is a subclass, which may have more to close
	 */
	@Override
	public boolean retire() {
		this.starting.lock();
		try {
			this.retired = true;
			if (this.engine != null) {
				this.engine.pool().retire();
			}
		}
		finally {
			this.starting.unlock();
		}
		return getClass() == HttpAdapter.class;
	}

	/**
	 * Closes idle connections and fails calls that wait for a connection or for the head
	 * of a response. Bodies that are being read stay readable. New calls fail.
	 * Idempotent.
	 */
	@Override
	public void close() {
		this.starting.lock();
		try {
			this.closed = true;
			if (this.engine != null) {
				this.engine.pool().close();
			}
		}
		finally {
			this.starting.unlock();
		}
	}

	/**
	 * Waits until the time is over, this adapter is closed, or an attempt, if there is
	 * one, is cancelled.
	 * @return whether this adapter was closed
	 */
	boolean awaitClose(long nanos, @Nullable ConcurrentAttempt attempt) throws InterruptedException {
		return engine().pool().awaitClose(nanos, attempt);
	}

	/**
	 * Returns the statistics of all pools of this adapter.
	 * @return the sum over the pools
	 */
	public PoolStatistics poolStatistics() {
		Engine current = this.engine;
		return (current != null) ? current.pool().statistics() : PoolStatistics.NONE;
	}

	/**
	 * Returns the statistics of each pool of this adapter.
	 * @return the pools that exist, by key
	 */
	public Map<PoolKey, PoolStatistics> poolStatisticsByKey() {
		Engine current = this.engine;
		return (current != null) ? current.pool().statisticsByKey() : Map.of();
	}

	/**
	 * Override point: changes the request just before it is sent ({@code add_headers}).
	 * Does nothing here.
	 * @param request the request
	 * @param options its options
	 */
	protected void addHeaders(PreparedRequest request, SendOptions options) {
	}

	/**
	 * Override point: returns which requests may share connections, and where those lead
	 * ({@code build_connection_pool_key_attributes}). The identity of the adapter's TLS
	 * material is added to the key afterwards.
	 * @param request the request
	 * @param options its options
	 * @return the key of the pool
	 * @throws InvalidSchemaException if the scheme of the URL is not http or https
	 * @throws InvalidUrlException if the URL has no host
	 */
	protected PoolKey buildConnectionPoolKeyAttributes(PreparedRequest request, SendOptions options) {
		return PoolKey.of(request.parsedUrl(), options, verify(options));
	}

	/**
	 * Override point: builds the response ({@code build_response}).
	 * @param request the request
	 * @param response a builder with status, headers, cookies and the raw body
	 * @return the response
	 */
	protected Response buildResponse(PreparedRequest request, Response.Builder response) {
		return response.build();
	}

	/**
	 * Override point: checks the TLS files before anything is connected
	 * ({@code cert_verify}).
	 * @param request the request
	 * @param verify how certificates are checked
	 * @param cert the client's certificate, or {@code null}
	 * @throws SslException if a file is missing
	 */
	protected void certVerify(PreparedRequest request, Verify verify, @Nullable ClientCert cert) {
		if (verify.authorities() != null && request.parsedUrl().isSecure()) {
			PemFiles.check(verify);
		}
		if (cert != null) {
			PemFiles.check(cert);
		}
	}

	/**
	 * Override point: leases the connection for a request
	 * ({@code get_connection_with_tls_context}). An override may inspect the connection
	 * and reject it by throwing an exception. A new connection is not connected yet.
	 * @param request the request
	 * @param key the pool
	 * @param pool leases a connection of that pool; must be called exactly once
	 * @return the leased connection
	 */
	protected ConnectionHandle getConnectionWithTlsContext(PreparedRequest request, PoolKey key,
			Supplier<ConnectionHandle> pool) {
		return pool.get();
	}

	/**
	 * Override point: changes the settings of the pools ({@code init_poolmanager}).
	 * Called once, before the first request.
	 * @param settings the settings of the builder
	 * @return the settings to use
	 */
	protected PoolSettings initPoolManager(PoolSettings settings) {
		return settings;
	}

	/**
	 * Override point: returns the headers for a proxy ({@code proxy_headers}), which are
	 * sent with CONNECT or with the request that the proxy forwards. By default, this is
	 * Proxy-Authorization if the URL of the proxy has credentials.
	 * @param proxy the proxy
	 * @return the headers, possibly empty
	 */
	protected Map<String, String> proxyHeaders(ProxyUrl proxy) {
		String authorization = proxy.authorization();
		return (authorization != null) ? Map.of("Proxy-Authorization", authorization) : Map.of();
	}

	/**
	 * Override point: parses the URL of a proxy ({@code proxy_manager_for}).
	 * @param proxyUrl the URL of the proxy
	 * @return the proxy
	 * @throws io.github.requests4j.http.MissingSchemaException if the URL has no scheme
	 * @throws io.github.requests4j.http.InvalidProxyUrlException if the URL cannot be
	 * used
	 */
	protected ProxyUrl proxyManagerFor(String proxyUrl) {
		return ProxyUrl.parse(proxyUrl);
	}

	/**
	 * Override point: returns the request target ({@code request_url}): path and query,
	 * or the whole URL without user information and fragment if a proxy forwards the
	 * request.
	 * @param request the request
	 * @param proxy the proxy, or {@code null}
	 * @return the request target
	 */
	protected String requestUrl(PreparedRequest request, @Nullable ProxyUrl proxy) {
		Url url = request.parsedUrl();
		boolean forwarded = proxy != null && !proxy.isSocks() && !url.isSecure();
		return forwarded ? url.absoluteTarget() : url.requestTarget();
	}

	/**
	 * Builds an {@link HttpAdapter}. Not thread-safe.
	 */
	public static final class Builder {

		private int poolConnections = PoolSettings.DEFAULTS.connections();

		private int poolMaxsize = PoolSettings.DEFAULTS.maxsize();

		private boolean poolBlock;

		private @Nullable Duration poolTimeout;

		private @Nullable Duration poolIdleTimeout;

		private @Nullable Duration poolTimeToLive;

		private Retry retry = Retry.none();

		private HostResolver hostResolver = HostResolver.SYSTEM;

		private @Nullable EgressRules egress;

		private @Nullable Supplier<TlsMaterial> tlsMaterial;

		private @Nullable Verify proxyVerify;

		private Limits limits = Limits.DEFAULTS;

		private InstantSource clock = InstantSource.system();

		private Set<String> maskedHeaders = Set.of();

		private @Nullable Throttle throttle;

		private Duration addressAge = ADDRESS_AGE;

		private Builder() {
		}

		/**
		 * Sets the number of pools to keep, one for each origin with its TLS and proxy
		 * settings.
		 * @param count the number; 10 if not set
		 * @return this builder
		 */
		public Builder poolConnections(int count) {
			this.poolConnections = count;
			return this;
		}

		/**
		 * Sets how many connections each pool keeps.
		 * @param count the number; 10 if not set
		 * @return this builder
		 */
		public Builder poolMaxsize(int count) {
			this.poolMaxsize = count;
			return this;
		}

		/**
		 * Sets whether a request waits when all connections of its pool are in use.
		 * @param block {@code true} to wait, {@code false} (the default) to open another
		 * connection
		 * @return this builder
		 */
		public Builder poolBlock(boolean block) {
			this.poolBlock = block;
			return this;
		}

		/**
		 * Sets how long a request waits for a connection in blocking mode.
		 * @param timeout the limit; {@code null} (the default) for none but the deadline
		 * of the call
		 * @return this builder
		 */
		public Builder poolTimeout(@Nullable Duration timeout) {
			this.poolTimeout = timeout;
			return this;
		}

		/**
		 * Sets how long an idle connection is kept.
		 * @param timeout the limit; {@code null} (the default) for none
		 * @return this builder
		 */
		public Builder poolIdleTimeout(@Nullable Duration timeout) {
			this.poolIdleTimeout = timeout;
			return this;
		}

		/**
		 * Sets the maximum age of a connection. It is not needed for hosts whose
		 * addresses change: a connection to an address that its host no longer has is
		 * closed in any case.
		 * @param timeToLive the limit; {@code null} (the default) for none
		 * @return this builder
		 */
		public Builder poolTimeToLive(@Nullable Duration timeToLive) {
			this.poolTimeToLive = timeToLive;
			return this;
		}

		/**
		 * Sets the number of retries.
		 * @param count the number; 0 (the default) for none
		 * @return this builder
		 * @see Retry#of
		 */
		public Builder maxRetries(int count) {
			return maxRetries(Retry.of(count));
		}

		/**
		 * Sets the retry policy.
		 * @param retry the policy; {@link Retry#none()} if not set
		 * @return this builder
		 */
		public Builder maxRetries(Retry retry) {
			this.retry = Objects.requireNonNull(retry, "retry");
			return this;
		}

		/**
		 * Sets the resolver for host names.
		 * @param resolver the resolver; the JVM's if not set
		 * @return this builder
		 */
		public Builder hostResolver(HostResolver resolver) {
			this.hostResolver = Objects.requireNonNull(resolver, "resolver");
			return this;
		}

		/**
		 * Sets where this adapter may connect to.
		 * @param rules the rules; {@code null} (the default) for no restrictions
		 * @return this builder
		 */
		public Builder egress(@Nullable EgressRules rules) {
			this.egress = rules;
			return this;
		}

		/**
		 * Sets custom TLS material. The supplier is called for each request, so the
		 * material can change; material with a new identity gets new connections. A
		 * request with its own CA file or client certificate, or without verification,
		 * does not use the material. The key is never used for a proxy.
		 * @param material supplies the material; {@code null} (the default) for that of
		 * the JVM
		 * @return this builder
		 */
		public Builder tlsMaterial(@Nullable Supplier<TlsMaterial> material) {
			this.tlsMaterial = material;
			return this;
		}

		/**
		 * Sets how the certificate of an https proxy is verified. This is independent of
		 * the origin: with {@code verify(false)}, the proxy is still verified.
		 * @param verify the setting; {@code null} (the default) for the CA file of the
		 * origin if there is one, otherwise for the trust of the TLS material or the JVM
		 * @return this builder
		 * @see TlsMaterial#proxyContext
		 */
		public Builder proxyVerify(@Nullable Verify verify) {
			this.proxyVerify = verify;
			return this;
		}

		/**
		 * Sets whether the certificate of an https proxy is verified.
		 * @param verify {@code false} only for tests: without verification, an attacker
		 * on the network can read the credentials of the proxy
		 * @return this builder
		 * @see #proxyVerify(Verify)
		 */
		public Builder proxyVerify(boolean verify) {
			return proxyVerify(Verify.of(verify));
		}

		/**
		 * Sets the authorities that the certificates of proxies are verified against.
		 * @param authorities a PEM file, or a folder of PEM files
		 * @return this builder
		 * @see #proxyVerify(Verify)
		 */
		public Builder proxyVerify(Path authorities) {
			return proxyVerify(Verify.authorities(authorities));
		}

		/**
		 * Sets the limits for responses.
		 * @param limits the limits; {@link Limits#DEFAULTS} if not set
		 * @return this builder
		 */
		public Builder limits(Limits limits) {
			this.limits = Objects.requireNonNull(limits, "limits");
			return this;
		}

		/**
		 * Sets the clock for dates in Retry-After and for the expiry of cookies.
		 * @param clock the clock; the system's if not set
		 * @return this builder
		 */
		public Builder clock(InstantSource clock) {
			this.clock = Objects.requireNonNull(clock, "clock");
			return this;
		}

		/**
		 * Sets headers whose values the wire log masks, in addition to those that it
		 * always masks.
		 * @param names the names in lower case; none if not set
		 * @return this builder
		 */
		public Builder maskedHeaders(Set<String> names) {
			this.maskedHeaders = Set.copyOf(names);
			return this;
		}

		/**
		 * Sets what decides when requests are sent, such as a rate limit.
		 * @param throttle the throttle, which other adapters may share; {@code null} (the
		 * default) to send requests at once
		 * @return this builder
		 */
		public Builder throttle(@Nullable Throttle throttle) {
			this.throttle = throttle;
			return this;
		}

		/** Sets how old a lookup may be when a connection is reused; for tests. */
		Builder addressAge(Duration age) {
			this.addressAge = age;
			return this;
		}

		/**
		 * Builds the adapter.
		 * @return the adapter
		 * @throws IllegalArgumentException if a number is out of range
		 */
		public HttpAdapter build() {
			return new HttpAdapter(this);
		}

	}

}
