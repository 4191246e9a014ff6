package io.github.requests4j;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.ResponseHook;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.url.BaseUrl;

/**
 * Collects the settings of a session. Sessions also use it to change their own settings.
 * Not thread-safe.
 */
final class DefaultSessionBuilder implements Session.Builder {

	private @Nullable String name;

	private @Nullable BaseUrl baseUrl;

	private final Set<String> trustedOrigins = new LinkedHashSet<>();

	private CaseInsensitiveHeaders headers;

	private @Nullable KeyValues params;

	private @Nullable Auth auth;

	private Timeouts timeouts = Timeouts.NONE;

	private @Nullable Duration deadline;

	private Proxies proxies = Proxies.NONE;

	private @Nullable Verify verify;

	private @Nullable ClientCert cert;

	private int maxRedirects = Session.DEFAULT_REDIRECT_LIMIT;

	private @Nullable Boolean allowRedirects;

	private RedirectRules redirectRules = RedirectRules.DEFAULTS;

	private boolean strictRedirects;

	private final Set<String> secretHeaders = new LinkedHashSet<>();

	private boolean stream;

	private @Nullable Boolean cache;

	private Map<Class<?>, Object> attributes = Map.of();

	private boolean trustEnv = true;

	private RequestsEnvironment environment = RequestsEnvironment.SYSTEM;

	private @Nullable CookieJar jar;

	private CookieScope cookieScope = CookieScope.SHARED;

	private Hooks hooks = Hooks.NONE;

	private final List<CallInterceptor> interceptors = new ArrayList<>();

	private boolean idempotencyKeys;

	private long compressFrom = -1;

	private @Nullable JsonMapper jsonMapper;

	private Set<String> maskedParams = Set.of();

	private @Nullable UnaryOperator<String> settingNames;

	private boolean frozen;

	private AdapterRegistry adapters = AdapterRegistry.EMPTY;

	private final Set<String> unmounted = new LinkedHashSet<>();

	private boolean updating;

	DefaultSessionBuilder() {
		this.headers = DefaultHeaders.copy();
	}

	DefaultSessionBuilder(SessionSettings settings, CookieJar jar) {
		this.jar = jar;
		this.adapters = settings.adapters();
		this.name = settings.name();
		this.baseUrl = settings.baseUrl();
		this.trustedOrigins.addAll(settings.trustedOrigins());
		this.headers = settings.headers().copy();
		this.params = settings.params();
		this.auth = settings.auth();
		this.timeouts = settings.timeouts();
		this.deadline = settings.deadline();
		this.proxies = settings.proxies();
		this.verify = settings.defaults().verify();
		this.cert = settings.defaults().cert();
		this.maxRedirects = settings.redirects().max();
		this.allowRedirects = settings.defaults().allowRedirects();
		this.redirectRules = settings.redirects().rules();
		this.strictRedirects = settings.redirects().strict();
		this.secretHeaders.addAll(settings.redirects().secretHeaders());
		this.stream = Boolean.TRUE.equals(settings.defaults().stream());
		this.cache = settings.defaults().cache();
		this.attributes = settings.defaults().attributes();
		this.trustEnv = settings.trustEnv();
		this.environment = settings.environment();
		this.cookieScope = settings.cookieScope();
		this.hooks = settings.hooks();
		this.interceptors.addAll(settings.interceptors());
		this.idempotencyKeys = settings.idempotencyKeys();
		this.compressFrom = settings.compressFrom();
		this.jsonMapper = settings.jsonMapper();
		this.maskedParams = settings.maskedParams();
		this.settingNames = settings.settingNames();
		this.frozen = settings.frozen();
	}

	@Override
	public DefaultSessionBuilder name(String name) {
		this.name = Objects.requireNonNull(name, "name");
		return this;
	}

	@Override
	public DefaultSessionBuilder baseUrl(String baseUrl) {
		this.baseUrl = absolute("base URL", baseUrl);
		return this;
	}

	@Override
	public DefaultSessionBuilder trustedOrigins(String... origins) {
		for (String origin : origins) {
			this.trustedOrigins.add(absolute("trusted origin", origin).url().origin());
		}
		return this;
	}

	private static BaseUrl absolute(String what, String url) {
		try {
			return BaseUrl.of(url);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("The " + what + " is not valid. " + ex.getMessage(), ex);
		}
	}

	@Override
	public DefaultSessionBuilder header(String name, @Nullable String value) {
		if (value == null) {
			this.headers.remove(name);
		}
		else {
			this.headers.put(name, value);
		}
		return this;
	}

	@Override
	public DefaultSessionBuilder clearHeaders() {
		this.headers = new CaseInsensitiveHeaders();
		return this;
	}

	@Override
	public DefaultSessionBuilder param(String name, @Nullable Object value) {
		return params(((this.params != null) ? this.params : KeyValues.empty()).plus(name, value));
	}

	@Override
	public DefaultSessionBuilder params(@Nullable KeyValues params) {
		this.params = params;
		return this;
	}

	@Override
	public DefaultSessionBuilder auth(@Nullable Auth auth) {
		this.auth = auth;
		return this;
	}

	@Override
	public DefaultSessionBuilder timeouts(Timeouts timeouts) {
		this.timeouts = Objects.requireNonNull(timeouts, "timeouts");
		return this;
	}

	@Override
	public DefaultSessionBuilder deadline(@Nullable Duration deadline) {
		this.deadline = (deadline != null) ? Deadline.check(deadline) : null;
		return this;
	}

	@Override
	public DefaultSessionBuilder proxy(String key, @Nullable String url) {
		return proxies(this.proxies.with(key, url));
	}

	@Override
	public DefaultSessionBuilder proxies(@Nullable Proxies proxies) {
		this.proxies = (proxies != null) ? proxies.check() : Proxies.NONE;
		return this;
	}

	@Override
	public DefaultSessionBuilder verify(Verify verify) {
		this.verify = Objects.requireNonNull(verify, "verify");
		return this;
	}

	@Override
	public DefaultSessionBuilder cert(@Nullable ClientCert cert) {
		this.cert = cert;
		return this;
	}

	@Override
	public DefaultSessionBuilder maxRedirects(int maxRedirects) {
		if (maxRedirects < 0) {
			throw new IllegalArgumentException("maxRedirects must be 0 or more, not " + maxRedirects);
		}
		this.maxRedirects = maxRedirects;
		return this;
	}

	@Override
	public DefaultSessionBuilder allowRedirects(boolean allowRedirects) {
		this.allowRedirects = allowRedirects;
		return this;
	}

	@Override
	public DefaultSessionBuilder redirectRules(RedirectRules rules) {
		this.redirectRules = Objects.requireNonNull(rules, "rules");
		return this;
	}

	@Override
	public DefaultSessionBuilder strictRedirects(boolean strict) {
		this.strictRedirects = strict;
		return this;
	}

	@Override
	public DefaultSessionBuilder stripHeadersOnRedirect(String... names) {
		for (String header : names) {
			this.secretHeaders.add(header.toLowerCase(Locale.ROOT));
		}
		return this;
	}

	@Override
	public DefaultSessionBuilder stream(boolean stream) {
		this.stream = stream;
		return this;
	}

	@Override
	public DefaultSessionBuilder cache(boolean cache) {
		this.cache = cache;
		return this;
	}

	@Override
	public <T> DefaultSessionBuilder attribute(Class<T> type, @Nullable T value) {
		Map<Class<?>, Object> changed = new HashMap<>(this.attributes);
		if (value != null) {
			changed.put(type, type.cast(value));
		}
		else {
			changed.remove(type);
		}
		this.attributes = changed;
		return this;
	}

	@Override
	public DefaultSessionBuilder trustEnv(boolean trustEnv) {
		this.trustEnv = trustEnv;
		return this;
	}

	@Override
	public DefaultSessionBuilder environment(RequestsEnvironment environment) {
		this.environment = Objects.requireNonNull(environment, "environment");
		return this;
	}

	@Override
	public DefaultSessionBuilder cookie(String name, @Nullable String value) {
		jar().setCookie(Cookie.create(name, value));
		return this;
	}

	@Override
	public DefaultSessionBuilder cookies(CookieJar jar) {
		Objects.requireNonNull(jar, "jar");
		if (this.updating && jar != this.jar) {
			throw new IllegalStateException(
					"The cookie jar of a session cannot be replaced. Change the jar that session.cookies()"
							+ " returns, or use session.derive(...) for a session with another jar.");
		}
		this.jar = jar;
		return this;
	}

	private CookieJar jar() {
		if (this.jar == null) {
			this.jar = new CookieJar();
		}
		return this.jar;
	}

	@Override
	public DefaultSessionBuilder cookieScope(CookieScope scope) {
		this.cookieScope = Objects.requireNonNull(scope, "scope");
		return this;
	}

	@Override
	public DefaultSessionBuilder hooks(Hooks hooks) {
		this.hooks = Objects.requireNonNull(hooks, "hooks");
		return this;
	}

	@Override
	public DefaultSessionBuilder hook(ResponseHook hook) {
		return hooks(this.hooks.with(hook));
	}

	@Override
	public DefaultSessionBuilder listener(ExchangeListener listener) {
		return hooks(this.hooks.with(listener));
	}

	@Override
	public DefaultSessionBuilder interceptor(CallInterceptor interceptor) {
		this.interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
		return this;
	}

	@Override
	public DefaultSessionBuilder mount(String prefix, Adapter adapter) {
		this.adapters = this.adapters.with(prefix, adapter, true);
		return this;
	}

	@Override
	public DefaultSessionBuilder mountShared(String prefix, Adapter adapter) {
		this.adapters = this.adapters.with(prefix, adapter, false);
		return this;
	}

	@Override
	public DefaultSessionBuilder unmount(String prefix) {
		this.adapters = this.adapters.without(prefix);
		this.unmounted.add(prefix);
		return this;
	}

	/** Makes this builder change an existing session, whose jar cannot be replaced. */
	DefaultSessionBuilder updating() {
		this.updating = true;
		return this;
	}

	/** Makes this builder use the adapters of another session without owning them. */
	DefaultSessionBuilder borrowing() {
		this.adapters = this.adapters.borrowed();
		return this;
	}

	/** Makes the session close adapters that are not mounted. */
	DefaultSessionBuilder owning(List<Adapter> unmounted) {
		this.adapters = this.adapters.owning(unmounted);
		return this;
	}

	@Override
	public DefaultSessionBuilder idempotencyKeys(boolean add) {
		this.idempotencyKeys = add;
		return this;
	}

	@Override
	public DefaultSessionBuilder compressBodies(long minLength) {
		this.compressFrom = minLength;
		return this;
	}

	@Override
	public DefaultSessionBuilder jsonMapper(JsonMapper mapper) {
		this.jsonMapper = Objects.requireNonNull(mapper, "mapper");
		return this;
	}

	@Override
	public DefaultSessionBuilder maskedParams(Set<String> names) {
		this.maskedParams = Set.copyOf(names);
		return this;
	}

	@Override
	public DefaultSessionBuilder settingNames(UnaryOperator<String> names) {
		this.settingNames = Objects.requireNonNull(names, "names");
		return this;
	}

	@Override
	public DefaultSessionBuilder frozen(boolean frozen) {
		this.frozen = frozen;
		return this;
	}

	@Override
	public Session build() {
		return new DefaultSession(settings(withDefaultAdapters()), (this.jar != null) ? this.jar : new CookieJar());
	}

	/** Returns the settings with exactly the adapters that are mounted. */
	SessionSettings settings() {
		return settings(this.adapters);
	}

	private SessionSettings settings(AdapterRegistry mounted) {
		CallContext context = (this.name != null || !this.hooks.listeners().isEmpty())
				? new CallContext(this.name, null, null, this.hooks.listeners()) : CallContext.NONE;
		SendOptions defaults = new SendOptions(this.stream, this.allowRedirects, this.timeouts, this.verify, this.cert,
				this.proxies, null, null, this.cache, this.attributes, context, Exchange.Kind.FIRST);
		SessionSettings.Redirects redirects = new SessionSettings.Redirects(this.maxRedirects, this.redirectRules,
				this.strictRedirects, Set.copyOf(this.secretHeaders));
		return new SessionSettings(this.name, this.baseUrl, Set.copyOf(this.trustedOrigins), this.headers.copy(),
				this.params, this.auth, defaults, this.deadline, redirects, this.trustEnv, this.environment,
				this.cookieScope, this.hooks, List.copyOf(this.interceptors), this.idempotencyKeys, this.compressFrom,
				this.jsonMapper, this.maskedParams, this.settingNames, this.frozen, mounted);
	}

	/**
	 * Adds one adapter for both schemes, so that they share its limits and statistics.
	 */
	private AdapterRegistry withDefaultAdapters() {
		AdapterRegistry complete = this.adapters;
		HttpAdapter shared = null;
		for (String prefix : List.of("https://", "http://")) {
			if (!complete.contains(prefix) && !this.unmounted.contains(prefix)) {
				shared = (shared != null) ? shared : HttpAdapter.builder().build();
				complete = complete.with(prefix, shared, true);
			}
		}
		return complete;
	}

}
