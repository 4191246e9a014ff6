package io.github.requests4j;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.environment.EnvironmentProxies;
import io.github.requests4j.internal.environment.Netrc;
import io.github.requests4j.internal.session.Replaceable;
import io.github.requests4j.internal.url.BaseUrl;
import io.github.requests4j.internal.url.ParsedUrl;

/**
 * The session: an immutable snapshot of settings and adapters that updates replace, and a
 * cookie jar. No lock is held during a request.
 */
final class DefaultSession implements Session, Replaceable {

	/**
	 * Held while settings or adapters are replaced, never during a request.
	 */
	private final Lock updateLock = new ReentrantLock();

	private volatile SessionSettings settings;

	private final CookieJar cookies;

	/** Created when settings are replaced for the first time. Guarded by the lock. */
	private @Nullable RetiredAdapters retired;

	private final AtomicBoolean closed = new AtomicBoolean();

	DefaultSession(SessionSettings settings, CookieJar cookies) {
		this.settings = settings;
		this.cookies = cookies;
	}

	@Override
	public Response request(String method, String url) {
		rejectWhenClosed();
		return call(method, url, new RequestOptions());
	}

	@Override
	public Response request(String method, String url, Consumer<RequestOptions> options) {
		rejectWhenClosed();
		RequestOptions call = new RequestOptions();
		options.accept(call);
		return call(method, url, call);
	}

	private Response call(String method, String url, RequestOptions options) {
		SessionSettings snapshot = this.settings;
		// Must come first: the URI template of the options is taken from the URL
		Request request = options.toRequest(method, url);
		SendOptions given = OptionsMerger.startDeadline(options.toSendOptions(), snapshot);
		PreparedRequest prepared = SettingsMerger.prepare(request, snapshot, this.cookies);
		return call(prepared, OptionsMerger.forRequest(prepared.parsedUrl(), given, snapshot), snapshot);
	}

	@Override
	public PreparedRequest prepareRequest(Request request) {
		return SettingsMerger.prepare(request, this.settings, this.cookies);
	}

	@Override
	public PreparedRequest prepare(String method, String url, Consumer<RequestOptions> options) {
		RequestOptions call = new RequestOptions();
		options.accept(call);
		return prepareRequest(call.toRequest(method, url));
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		rejectWhenClosed();
		SessionSettings snapshot = this.settings;
		return call(request, OptionsMerger.forSend(request.parsedUrl(), options, snapshot), snapshot);
	}

	@Override
	public Stream<Response> pages(String url, Paging paging, Consumer<RequestOptions> options) {
		rejectWhenClosed();
		return Pages.stream(this, url, paging, options);
	}

	SessionSettings settings() {
		return this.settings;
	}

	/** Makes one logical call with a prepared request and merged options. */
	Response call(PreparedRequest request, SendOptions options, SessionSettings snapshot) {
		List<CallInterceptor> interceptors = snapshot.interceptors();
		if (interceptors.isEmpty()) {
			return perform(request, options, snapshot);
		}
		return InterceptedCall.run(interceptors, request, options, (r, o) -> perform(r, o, snapshot));
	}

	/**
	 * Makes one logical call inside all interceptors: the first hop, its redirects and,
	 * unless it is streamed, the body.
	 */
	private Response perform(PreparedRequest request, SendOptions options, SessionSettings snapshot) {
		Response response = sendHop(request, options, snapshot);
		try {
			if (Boolean.FALSE.equals(options.allowRedirects())) {
				response.next(RedirectFollower.requestAfter(this, snapshot, response, request, options));
			}
			else {
				String target = snapshot.redirects().rules().redirectTarget(response);
				if (target != null) {
					RedirectFollower redirects = new RedirectFollower(this, snapshot, response, target, request,
							options);
					while (redirects.hasNext()) {
						response = redirects.next();
					}
				}
			}
			if (!Boolean.TRUE.equals(options.stream())) {
				response.content();
			}
			return response;
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			response.close();
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			response.close();
			throw ex;
		}
	}

	/**
	 * Sends one hop: calls the adapter, then the hooks, then stores the cookies.
	 */
	Response sendHop(PreparedRequest request, SendOptions options, SessionSettings snapshot) {
		Adapter adapter = snapshot.adapters().find(String.valueOf(request.url()));
		request.hooks().beforeSend(request, options);
		Response received = adapter.send(request, options);
		try {
			received.connection(adapter);
			applySessionDefaults(received, snapshot);
			Response response = request.hooks().dispatch(received, options);
			if (response != received) {
				releaseReplaced(received, response, options);
				applySessionDefaults(response, snapshot);
			}
			CookieJar jar = CallCookies.toStoreIn(request, snapshot, this.cookies);
			if (jar != null) {
				for (Response earlier : response.history()) {
					earlier.extractCookiesTo(jar);
				}
				response.extractCookiesTo(jar);
			}
			return response;
		}
		catch (RuntimeException | Error ex) {
			received.close();
			throw ex;
		}
	}

	/** Applies the settings that are used when the response is read. */
	private static void applySessionDefaults(Response response, SessionSettings snapshot) {
		if (snapshot.jsonMapper() != null) {
			response.jsonMapper(snapshot.jsonMapper());
		}
		response.maskedParams(snapshot.maskedParams());
	}

	/**
	 * Releases the connection of a response that a hook replaced. The replacement may
	 * read from it, so its content is read first. If bodies are streamed, the replaced
	 * response is closed with the replacement. A hook that has added it to the history
	 * has already released it.
	 */
	private static void releaseReplaced(Response replaced, Response replacement, SendOptions options) {
		if (!Boolean.TRUE.equals(options.stream()) && !replaced.isContentConsumed()
				&& !replacement.history().contains(replaced)) {
			replacement.content();
			replacement.close();
			replaced.close();
		}
	}

	@Override
	public SendOptions mergeEnvironmentSettings(String url, SendOptions options) {
		PreparedRequest target = new PreparedRequest();
		target.url(url);
		return OptionsMerger.forRequest(target.parsedUrl(), options, this.settings);
	}

	@Override
	public Adapter getAdapter(String url) {
		return this.settings.adapters().find(url);
	}

	@Override
	public void mount(String prefix, Adapter adapter) {
		update((builder) -> builder.mount(prefix, adapter));
	}

	@Override
	public @Nullable Adapter unmount(String prefix) {
		this.updateLock.lock();
		try {
			Adapter mounted = this.settings.adapters().get(prefix);
			update((builder) -> builder.unmount(prefix));
			return mounted;
		}
		finally {
			this.updateLock.unlock();
		}
	}

	@Override
	public void update(Consumer<Session.Builder> changes) {
		this.updateLock.lock();
		try {
			rejectWhenFrozen();
			DefaultSessionBuilder builder = new DefaultSessionBuilder(this.settings, this.cookies);
			changes.accept(builder.updating());
			this.settings = builder.settings();
		}
		finally {
			this.updateLock.unlock();
		}
	}

	@Override
	public Map<String, Adapter> adapters() {
		return this.settings.adapters().asMap();
	}

	@Override
	public List<CallInterceptor> interceptors() {
		return this.settings.interceptors();
	}

	@Override
	public Session derive(Consumer<Session.Builder> changes) {
		rejectWhenClosed();
		DefaultSessionBuilder builder = new DefaultSessionBuilder(this.settings, this.cookies).borrowing()
			.frozen(false);
		changes.accept(builder);
		return builder.build();
	}

	@Override
	public @Nullable String getRedirectTarget(Response response) {
		return this.settings.redirects().rules().redirectTarget(response);
	}

	@Override
	public boolean shouldStripAuth(String oldUrl, String newUrl) {
		PreparedRequest next = new PreparedRequest();
		next.url(newUrl);
		Response none = Response.builder(0).url(oldUrl).build();
		SessionSettings snapshot = this.settings;
		RedirectContext context = redirectContext(next, none, Proxies.NONE, snapshot);
		return snapshot.redirects().rules().shouldStripAuth(context, oldUrl, newUrl);
	}

	@Override
	public void rebuildMethod(PreparedRequest request, Response response) {
		SessionSettings snapshot = this.settings;
		snapshot.redirects().rules().rebuildMethod(redirectContext(request, response, Proxies.NONE, snapshot));
	}

	@Override
	public void rebuildAuth(PreparedRequest request, Response response) {
		SessionSettings snapshot = this.settings;
		snapshot.redirects().rules().rebuildAuth(redirectContext(request, response, Proxies.NONE, snapshot));
	}

	@Override
	public Proxies rebuildProxies(PreparedRequest request, @Nullable Proxies proxies) {
		SessionSettings snapshot = this.settings;
		Response none = Response.builder(0).build();
		Proxies given = (proxies != null) ? proxies : Proxies.NONE;
		Proxies filled = snapshot.trustEnv()
				? EnvironmentProxies.fill(given, request.parsedUrl(), snapshot.environment()) : given;
		return snapshot.redirects().rules().rebuildProxies(redirectContext(request, none, filled, snapshot));
	}

	@Override
	public Iterator<Response> resolveRedirects(Response response, PreparedRequest request, SendOptions options) {
		SessionSettings snapshot = this.settings;
		SendOptions merged = OptionsMerger.forSend(request.parsedUrl(), options, snapshot);
		String target = snapshot.redirects().rules().redirectTarget(response);
		return new RedirectFollower(this, snapshot, response, target, request, merged);
	}

	@Override
	public Iterator<PreparedRequest> resolveRedirectRequests(Response response, PreparedRequest request,
			SendOptions options) {
		SessionSettings snapshot = this.settings;
		SendOptions merged = OptionsMerger.forSend(request.parsedUrl(), options, snapshot);
		String target = snapshot.redirects().rules().redirectTarget(response);
		return (target != null)
				? List.of(new RedirectFollower(this, snapshot, response, target, request, merged).nextRequest())
					.iterator()
				: List.<PreparedRequest>of().iterator();
	}

	RedirectContext redirectContext(PreparedRequest next, Response response, Proxies proxies,
			SessionSettings snapshot) {
		RequestsEnvironment environment = snapshot.environment();
		// Without the default entry, which is meant only for hosts that the caller has
		// chosen (CVE-2024-47081)
		RedirectContext.CredentialsLookup netrc = (snapshot.trustEnv() && !next.hasOwnAuth())
				? (url) -> Netrc.find(ParsedUrl.parse(url), environment, false) : null;
		SessionSettings.Redirects redirects = snapshot.redirects();
		return new RedirectContext(next, response, proxies, redirects.secretHeaders(), redirects.strict(), netrc);
	}

	@Override
	public @Nullable String name() {
		return this.settings.name();
	}

	@Override
	public @Nullable String baseUrl() {
		BaseUrl base = this.settings.baseUrl();
		return (base != null) ? base.url().text() : null;
	}

	@Override
	public CookieJar cookies() {
		return this.cookies;
	}

	@Override
	public boolean isClosed() {
		return this.closed.get();
	}

	@Override
	public void close() {
		List<Adapter> open;
		this.updateLock.lock();
		try {
			if (!this.closed.compareAndSet(false, true)) {
				return;
			}
			open = this.settings.adapters().owned();
			if (this.retired != null) {
				this.retired.addTo(open);
			}
		}
		finally {
			this.updateLock.unlock();
		}
		for (Adapter adapter : open) {
			adapter.close();
		}
	}

	@Override
	public void replaceWith(Object candidate) {
		SessionSettings next = settingsOf(candidate);
		this.updateLock.lock();
		try {
			if (isClosed()) {
				discard(candidate);
				return;
			}
			List<Adapter> unused = this.settings.adapters().ownedButNotIn(next.adapters());
			this.settings = next;
			if (this.retired == null) {
				this.retired = new RetiredAdapters();
			}
			List<Adapter> open = this.retired.retire(unused);
			this.settings = new DefaultSessionBuilder(next, this.cookies).owning(open).settings();
		}
		finally {
			this.updateLock.unlock();
		}
	}

	@Override
	public void discard(Object candidate) {
		settingsOf(candidate).adapters().ownedButNotIn(this.settings.adapters()).forEach(Adapter::close);
	}

	private static SessionSettings settingsOf(Object candidate) {
		if (!(candidate instanceof DefaultSession session)) {
			throw new IllegalArgumentException("Not a session of this library: " + candidate.getClass().getName());
		}
		return session.settings;
	}

	private void rejectWhenFrozen() {
		if (this.settings.frozen()) {
			throw new IllegalStateException("The session " + label() + "is shared, so its settings cannot be changed."
					+ " Use session.derive(...) for a session with other settings that uses the same connections.");
		}
	}

	void rejectWhenClosed() {
		if (this.closed.get()) {
			throw new IllegalStateException("The session " + label() + "is closed, so it cannot make new calls."
					+ " Create a new session, or close this one later.");
		}
	}

	private String label() {
		String name = name();
		return (name != null) ? "'" + name + "' " : "";
	}

	@Override
	public String toString() {
		return "Session " + label() + adapters().keySet();
	}

	@Override
	public CaseInsensitiveHeaders headers() {
		SessionSettings snapshot = this.settings;
		return snapshot.headers()
			.readOnly("The session " + label() + "returns a read-only copy of its headers." + (snapshot.frozen()
					? " Use session.derive((builder) -> builder.header(name, value)) for a session with other headers."
					: " Use session.update((builder) -> builder.header(name, value)) to change them."));
	}

	@Override
	public @Nullable KeyValues params() {
		return this.settings.params();
	}

	@Override
	public @Nullable Auth auth() {
		return this.settings.auth();
	}

	@Override
	public Proxies proxies() {
		return this.settings.proxies();
	}

	@Override
	public Hooks hooks() {
		return this.settings.hooks();
	}

	@Override
	public Verify verify() {
		Verify verify = this.settings.defaults().verify();
		return (verify != null) ? verify : Verify.enabled();
	}

	@Override
	public @Nullable ClientCert cert() {
		return this.settings.defaults().cert();
	}

	@Override
	public Timeouts timeouts() {
		return this.settings.timeouts();
	}

	@Override
	public boolean stream() {
		return Boolean.TRUE.equals(this.settings.defaults().stream());
	}

	@Override
	public boolean trustEnv() {
		return this.settings.trustEnv();
	}

	@Override
	public int maxRedirects() {
		return this.settings.redirects().max();
	}

}
