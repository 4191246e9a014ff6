package io.github.requests4j;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Hooks;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.KeyValues;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

/**
 * The session: one immutable snapshot of settings that setters swap, a jar, and a
 * registry of adapters. It holds no lock while a request is under way.
 */
final class DefaultSession implements Session {

	/**
	 * Held while settings or adapters are swapped, never while a request is under way.
	 */
	private final Lock swapping = new ReentrantLock();

	private volatile SessionSettings settings;

	private volatile AdapterRegistry registry;

	private final CookieJar cookies;

	private final AtomicBoolean closed = new AtomicBoolean();

	DefaultSession(SessionSettings settings, CookieJar cookies, AdapterRegistry registry) {
		this.settings = settings;
		this.cookies = cookies;
		this.registry = registry;
	}

	@Override
	public Response request(String method, String url, Consumer<RequestOptions> options) {
		refuseWhenClosed();
		SessionSettings snapshot = snapshot();
		RequestOptions call = new RequestOptions();
		options.accept(call);
		// First, since the URI template that the options tell comes from the URL
		Request asked = call.toRequest(method, url);
		SendOptions given = call.toSendOptions(snapshot.name(), snapshot.deadline());
		PreparedRequest prepared = SettingsMerger.prepare(asked, snapshot, this.cookies);
		return call(prepared, OptionsMerger.forRequest(prepared, given, snapshot), snapshot);
	}

	@Override
	public PreparedRequest prepareRequest(Request request) {
		return SettingsMerger.prepare(request, snapshot(), this.cookies);
	}

	@Override
	public PreparedRequest prepare(String method, String url, Consumer<RequestOptions> options) {
		RequestOptions call = new RequestOptions();
		options.accept(call);
		return prepareRequest(call.toRequest(method, url));
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		refuseWhenClosed();
		SessionSettings snapshot = snapshot();
		return call(request, OptionsMerger.forSend(request, options, snapshot), snapshot);
	}

	private Response call(PreparedRequest request, SendOptions options, SessionSettings snapshot) {
		CallInterceptor.Chain chain = (r, o) -> perform(r, o, snapshot);
		List<CallInterceptor> interceptors = snapshot.interceptors();
		for (int i = interceptors.size() - 1; i >= 0; i--) {
			CallInterceptor interceptor = interceptors.get(i);
			CallInterceptor.Chain rest = chain;
			chain = (r, o) -> interceptor.intercept(r, o, rest);
		}
		return chain.proceed(request, options);
	}

	/**
	 * One logical call inside all interceptors: the first hop, its redirects, and the
	 * body unless it is streamed.
	 */
	private Response perform(PreparedRequest request, SendOptions options, SessionSettings snapshot) {
		Response response = sendHop(request, options, snapshot);
		try {
			if (Boolean.FALSE.equals(options.allowRedirects())) {
				response.next(nextRequest(request, options, snapshot, response));
			}
			else {
				RedirectFollower redirects = new RedirectFollower(this, snapshot, response, request, options);
				while (redirects.hasNext()) {
					response = redirects.next();
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

	private @Nullable PreparedRequest nextRequest(PreparedRequest request, SendOptions options,
			SessionSettings snapshot, Response response) {
		RedirectFollower redirects;
		try {
			redirects = new RedirectFollower(this, snapshot, response, request, options);
		}
		catch (InvalidHeaderException ex) {
			// A caller that does not follow redirects can use the response all the same.
			return null;
		}
		return redirects.hasNext() ? redirects.nextRequest() : null;
	}

	/**
	 * Sends one hop: the adapter, then the hooks, then the cookies (behaviours 164, 236).
	 */
	Response sendHop(PreparedRequest request, SendOptions options, SessionSettings snapshot) {
		Adapter adapter = getAdapter(String.valueOf(request.url()));
		request.hooks().beforeSend(request, options);
		Response received = adapter.send(request, options);
		try {
			received.connection(adapter);
			fit(received, snapshot);
			Response response = request.hooks().dispatch(received, options);
			if (response != received) {
				leave(received, response, options);
				fit(response, snapshot);
			}
			CookieJar jar = CallCookies.toFill(request, snapshot, this.cookies);
			if (jar != null) {
				response.history().forEach((earlier) -> earlier.extractCookiesTo(jar));
				response.extractCookiesTo(jar);
			}
			return response;
		}
		catch (RuntimeException | Error ex) {
			received.close();
			throw ex;
		}
	}

	/** What of the session's settings matters to whoever reads the response. */
	private static void fit(Response response, SessionSettings snapshot) {
		if (snapshot.jsonMapper() != null) {
			response.jsonMapper(snapshot.jsonMapper());
		}
		response.maskedParams(snapshot.maskedParams());
	}

	/**
	 * Frees the connection of a response that a hook replaced. The replacement may read
	 * from it, so that is read first; where bodies are streamed it is the hook's to
	 * close. A hook that has put it into the history has freed it itself.
	 */
	private static void leave(Response replaced, Response replacement, SendOptions options) {
		if (!Boolean.TRUE.equals(options.stream()) && !replaced.isContentConsumed()
				&& !replacement.history().contains(replaced)) {
			replacement.content();
			replaced.close();
		}
	}

	@Override
	public SendOptions mergeEnvironmentSettings(String url, SendOptions options) {
		PreparedRequest target = new PreparedRequest();
		target.url(url);
		return OptionsMerger.forRequest(target, options, snapshot());
	}

	@Override
	public Adapter getAdapter(String url) {
		return this.registry.find(url);
	}

	@Override
	public void mount(String prefix, Adapter adapter) {
		refuseWhenFrozen();
		this.swapping.lock();
		try {
			this.registry = this.registry.with(prefix, adapter, true);
		}
		finally {
			this.swapping.unlock();
		}
	}

	@Override
	public Map<String, Adapter> adapters() {
		return this.registry.asMap();
	}

	@Override
	public List<CallInterceptor> interceptors() {
		return snapshot().interceptors();
	}

	@Override
	public Session derive(Consumer<Session.Builder> changes) {
		refuseWhenClosed();
		DefaultSessionBuilder builder = new DefaultSessionBuilder(snapshot()).adapters(this.registry.borrowed());
		builder.cookies(this.cookies).frozen(false);
		changes.accept(builder);
		return builder.build();
	}

	@Override
	public @Nullable String getRedirectTarget(Response response) {
		return snapshot().redirects().rules().redirectTarget(response);
	}

	@Override
	public boolean shouldStripAuth(String oldUrl, String newUrl) {
		PreparedRequest next = new PreparedRequest();
		next.url(newUrl);
		Response none = Response.builder(0).url(oldUrl).build();
		SessionSettings snapshot = snapshot();
		RedirectContext context = redirectContext(next, none, Proxies.NONE, snapshot);
		return snapshot.redirects().rules().shouldStripAuth(context, oldUrl, newUrl);
	}

	@Override
	public void rebuildMethod(PreparedRequest request, Response response) {
		SessionSettings snapshot = snapshot();
		snapshot.redirects().rules().rebuildMethod(redirectContext(request, response, Proxies.NONE, snapshot));
	}

	@Override
	public void rebuildAuth(PreparedRequest request, Response response) {
		SessionSettings snapshot = snapshot();
		snapshot.redirects().rules().rebuildAuth(redirectContext(request, response, Proxies.NONE, snapshot));
	}

	@Override
	public Proxies rebuildProxies(PreparedRequest request, @Nullable Proxies proxies) {
		SessionSettings snapshot = snapshot();
		Response none = Response.builder(0).build();
		Proxies given = (proxies != null) ? proxies : Proxies.NONE;
		Proxies filled = snapshot.trustEnv()
				? EnvironmentProxies.fill(given, request.parsedUrl(), snapshot.environment()) : given;
		return snapshot.redirects().rules().rebuildProxies(redirectContext(request, none, filled, snapshot));
	}

	@Override
	public Iterator<Response> resolveRedirects(Response response, PreparedRequest request, SendOptions options) {
		SessionSettings snapshot = snapshot();
		SendOptions merged = OptionsMerger.forSend(request, options, snapshot);
		return new RedirectFollower(this, snapshot, response, request, merged);
	}

	@Override
	public Iterator<PreparedRequest> resolveRedirectRequests(Response response, PreparedRequest request,
			SendOptions options) {
		SessionSettings snapshot = snapshot();
		SendOptions merged = OptionsMerger.forSend(request, options, snapshot);
		RedirectFollower follower = new RedirectFollower(this, snapshot, response, request, merged);
		return follower.hasNext() ? List.of(follower.nextRequest()).iterator() : List.<PreparedRequest>of().iterator();
	}

	RedirectContext redirectContext(PreparedRequest next, Response response, Proxies proxies,
			SessionSettings snapshot) {
		RedirectContext.CredentialsLookup netrc = snapshot.trustEnv() ? new NetrcLookup(snapshot.environment()) : null;
		RedirectSettings redirects = snapshot.redirects();
		return new RedirectContext(next, response, proxies, redirects.secretHeaders(), redirects.strict(), netrc);
	}

	@Override
	public @Nullable String name() {
		return snapshot().name();
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
		if (this.closed.compareAndSet(false, true)) {
			List<Adapter> owned = new ArrayList<>();
			for (AdapterRegistry.Mount mount : this.registry.mounts()) {
				if (mount.owned() && !owned.contains(mount.adapter())) {
					owned.add(mount.adapter());
				}
			}
			owned.forEach(Adapter::close);
		}
	}

	private SessionSettings snapshot() {
		return this.settings;
	}

	private void change(UnaryOperator<DefaultSessionBuilder> change) {
		refuseWhenFrozen();
		this.swapping.lock();
		try {
			this.settings = change.apply(new DefaultSessionBuilder(this.settings)).settings();
		}
		finally {
			this.swapping.unlock();
		}
	}

	private void refuseWhenFrozen() {
		if (snapshot().frozen()) {
			throw new IllegalStateException("The session " + label() + "is shared, so its settings cannot be changed."
					+ " Use session.derive(...) for a session with other settings over the same connections.");
		}
	}

	private void refuseWhenClosed() {
		if (this.closed.get()) {
			throw new IllegalStateException("The session " + label() + "is closed and takes no new calls."
					+ " Make a new one, or close it later.");
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
		SessionSettings settings = snapshot();
		return settings.headers()
			.readOnly("This only shows the headers of the session " + label() + "as they were." + (settings.frozen()
					? " Use session.derive((builder) -> builder.header(name, value)) for one with other headers."
					: " Use session.header(name, value) to change one, or session.headers(map) to replace all."));
	}

	@Override
	public void headers(Map<String, ? extends @Nullable String> headers) {
		change((builder) -> builder.onlyHeaders(headers));
	}

	@Override
	public void header(String name, @Nullable String value) {
		change((builder) -> builder.header(name, value));
	}

	@Override
	public @Nullable KeyValues params() {
		return snapshot().params();
	}

	@Override
	public void params(@Nullable KeyValues params) {
		change((builder) -> builder.params(params));
	}

	@Override
	public @Nullable Auth auth() {
		return snapshot().auth();
	}

	@Override
	public void auth(@Nullable Auth auth) {
		change((builder) -> builder.auth(auth));
	}

	@Override
	public Proxies proxies() {
		return snapshot().proxies();
	}

	@Override
	public void proxies(Proxies proxies) {
		change((builder) -> builder.proxies(proxies));
	}

	@Override
	public Hooks hooks() {
		return snapshot().hooks();
	}

	@Override
	public void hooks(Hooks hooks) {
		change((builder) -> builder.hooks(hooks));
	}

	@Override
	public Verify verify() {
		return OptionsMerger.verify(snapshot());
	}

	@Override
	public void verify(Verify verify) {
		change((builder) -> builder.verify(verify));
	}

	@Override
	public @Nullable ClientCert cert() {
		return snapshot().cert();
	}

	@Override
	public void cert(@Nullable ClientCert cert) {
		change((builder) -> builder.cert(cert));
	}

	@Override
	public Timeouts timeouts() {
		return snapshot().timeouts();
	}

	@Override
	public void timeouts(Timeouts timeouts) {
		change((builder) -> builder.timeouts(timeouts));
	}

	@Override
	public boolean stream() {
		return snapshot().stream();
	}

	@Override
	public void stream(boolean stream) {
		change((builder) -> builder.stream(stream));
	}

	@Override
	public boolean trustEnv() {
		return snapshot().trustEnv();
	}

	@Override
	public void trustEnv(boolean trustEnv) {
		change((builder) -> builder.trustEnv(trustEnv));
	}

	@Override
	public int maxRedirects() {
		return snapshot().redirects().max();
	}

	@Override
	public void maxRedirects(int maxRedirects) {
		change((builder) -> builder.maxRedirects(maxRedirects));
	}

}
