package io.github.requests4j.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.cache.Decision.Action;
import io.github.requests4j.cache.Flights.Flight;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.Timeouts;

/**
 * Returns stored responses as far as {@link CacheRules} allow, and sends all other
 * requests through the wrapped adapter. Thread-safe.
 */
final class CachingAdapter implements Adapter {

	private static final Logger logger = LoggerFactory.getLogger(CachingAdapter.class);

	private static final long DEFAULT_WAIT = TimeUnit.SECONDS.toNanos(10);

	private final Adapter delegate;

	private final HttpCache cache;

	private final CacheRules rules;

	private final CacheStore store;

	private final Flights flights = new Flights();

	private final Refreshes refreshes;

	CachingAdapter(Adapter delegate, HttpCache cache) {
		this.delegate = delegate;
		this.cache = cache;
		this.rules = cache.rules();
		this.store = cache.store();
		this.refreshes = new Refreshes(this.store, cache.executor());
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		if (!CacheRules.isCacheable(request)) {
			return invalidating(request, options);
		}
		if (Boolean.FALSE.equals(options.cache())) {
			return labelled(this.delegate.send(request, options), CacheStatus.forwarded("bypass"));
		}
		Call call = new Call(request, options, this.rules.key(request), Identity.of(request), null, false);
		Decision decision = decide(call);
		boolean collapses = this.cache.collapses()
				&& (decision.action() == Action.VALIDATE || decision.action() == Action.FORWARD);
		if (!collapses) {
			return act(call, decision);
		}
		long wait = waitNanos(options);
		long start = System.nanoTime();
		String equal = equal(call);
		Flight flight = this.flights.start(equal, wait);
		if (flight == null) {
			Call waited = new Call(request, options, call.key(), call.identity(), null, true);
			return act(waited, decide(waited));
		}
		try {
			CacheStore.Turn turn = this.store.start(call.key(), equal, wait - (System.nanoTime() - start));
			if (turn != null) {
				flight.turn(turn);
				return act(new Call(request, options, call.key(), call.identity(), flight, false), decision);
			}
			Call waited = new Call(request, options, call.key(), call.identity(), flight, true);
			return act(waited, decide(waited));
		}
		finally {
			flight.endUnlessBody();
		}
	}

	/** Returns a text that is the same for calls that may share one response. */
	private static String equal(Call call) {
		return call.key() + '\n' + call.identity().authorization();
	}

	private Decision decide(Call call) {
		return this.rules.decide(call.request(), call.identity(), this.store.find(call.key()), this.cache.now());
	}

	/** Returns how long to wait for another call: as long as for the server. */
	private static long waitNanos(SendOptions options) {
		Timeouts timeouts = options.timeouts();
		Duration read = (timeouts != null) ? timeouts.read() : null;
		long nanos = (read != null) ? Deadline.nanos(read) : DEFAULT_WAIT;
		Deadline deadline = options.deadline();
		return (deadline != null) ? Math.min(nanos, deadline.remainingNanos()) : nanos;
	}

	private Response act(Call call, Decision decision) {
		return switch (decision.action()) {
			case SERVE -> orForward(call, serve(call, decision.requireStored(), hit(call, decision)));
			case SERVE_AND_REFRESH -> {
				Response stale = serve(call, decision.requireStored(),
						CacheStatus.hit(decision.ttl(), "stale-while-revalidate"));
				if (stale != null) {
					refresh(call, decision.requireStored());
				}
				yield orForward(call, stale);
			}
			case VALIDATE -> validate(call, decision);
			case COMPLETE -> complete(call, decision.requireStored());
			case UNAVAILABLE -> unavailable(call.request());
			case FORWARD -> forward(call, decision);
		};
	}

	/** One request that may be answered from the store. */
	private record Call(PreparedRequest request, SendOptions options, String key, Identity identity,
			@Nullable Flight flight, boolean waited) {
	}

	private static CacheStatus hit(Call call, Decision decision) {
		return call.waited() ? CacheStatus.collapsed(decision.ttl()) : CacheStatus.hit(decision.ttl(), null);
	}

	/** Treats a response that was evicted before it could be read as a miss. */
	private Response orForward(Call call, @Nullable Response served) {
		return (served != null) ? served : forward(call, Decision.forward("uri-miss"));
	}

	private Response invalidating(PreparedRequest request, SendOptions options) {
		Response response = this.delegate.send(request, options);
		if (CacheRules.invalidates(request, response)) {
			this.store.remove(this.rules.key(request));
			for (String url : CacheRules.changed(request.parsedUrl(), response.headers())) {
				this.store.remove(this.rules.key(CacheRules.sentTo(request, url)));
			}
		}
		return labelled(response, CacheStatus.forwarded("method"));
	}

	private Response unavailable(PreparedRequest request) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("Content-Length", "0");
		headers.put(CacheStatus.HEADER, CacheStatus.forwarded("request") + "; detail=only-if-cached");
		this.cache.meters().missed();
		return Response.builder(504)
			.reason("Gateway Timeout")
			.headers(headers)
			.request(request)
			.connection(this)
			.build();
	}

	/** Sends the request unchanged, and stores the response if that is allowed. */
	private Response forward(Call call, Decision decision) {
		this.cache.meters().missed();
		long requestedAt = this.cache.now();
		Response response = this.delegate.send(call.request(), call.options());
		long receivedAt = this.cache.now();
		CacheStatus status = CacheStatus.forwarded(decision.reason());
		StoredResponse stored = decision.stored();
		if (response.statusCode() == 304 && stored != null && isAbout(response, stored)) {
			this.store.update(call.key(), CacheRules.validated(stored, response, requestedAt, receivedAt));
		}
		return storing(call, response, status, requestedAt, receivedAt);
	}

	private static boolean isAbout(Response notModified, StoredResponse stored) {
		String tag = notModified.headers().get("ETag");
		return tag != null && tag.equals(stored.headers().get("ETag"));
	}

	private void compareWithHead(Call call, Response head, long requestedAt, long receivedAt) {
		List<StoredResponse> stored = this.store.find(call.key());
		if (head.statusCode() >= 400 || stored.isEmpty()) {
			return;
		}
		for (StoredResponse candidate : stored) {
			if (!Vary.matches(candidate.vary(), call.request().headers()) || candidate.range() != null) {
				continue;
			}
			if (CacheRules.confirms(head, candidate)) {
				this.store.update(call.key(), CacheRules.validated(candidate, head, requestedAt, receivedAt));
			}
			else {
				this.store.remove(call.key());
				return;
			}
		}
	}

	/** Returns the response with a body that is stored as it is read. */
	private Response storing(Call call, Response response, CacheStatus status, long requestedAt, long receivedAt) {
		if ("HEAD".equals(call.request().method())) {
			compareWithHead(call, response, requestedAt, receivedAt);
			return labelled(response, status);
		}
		StoredResponse head = this.rules.toStore(call.request(), call.identity(), response, requestedAt, receivedAt);
		if (head == null) {
			return labelled(response, status);
		}
		CacheStore.Writer writer = this.store.write(call.key(), head);
		InputStream raw = response.raw();
		if (raw == null) {
			writer.commit();
			return labelled(response, status.withStored());
		}
		if (call.flight() != null) {
			call.flight().endsWithBody();
		}
		Response.Builder builder = response.toBuilder().raw(new StoringBody(raw, writer, call.flight()));
		return label(builder, response, status.withStored());
	}

	private static Response labelled(Response response, CacheStatus status) {
		return label(response.toBuilder(), response, status);
	}

	private static Response label(Response.Builder builder, Response response, CacheStatus status) {
		CaseInsensitiveHeaders headers = response.headers().copy();
		headers.add(CacheStatus.HEADER, status.toString());
		Response labelled = builder.headers(headers).build();
		labelled.alsoClose(response);
		return labelled;
	}

	/** Asks the server whether the stored response is still valid. */
	private Response validate(Call call, Decision decision) {
		StoredResponse stored = decision.requireStored();
		PreparedRequest conditional = CacheRules.conditional(call.request(), stored);
		long requestedAt = this.cache.now();
		Response response;
		try {
			response = this.delegate.send((conditional != null) ? conditional : call.request(), call.options());
		}
		catch (ConnectionException ex) {
			return staleInsteadOf(call, stored, ex);
		}
		long receivedAt = this.cache.now();
		if (CacheRules.isServerError(response.statusCode())) {
			Response stale = staleInsteadOf(call, stored, response.statusCode());
			if (stale != null) {
				response.drain();
				response.close();
				return stale;
			}
		}
		if (conditional != null && response.statusCode() == 304) {
			response.drain();
			response.close();
			StoredResponse valid = CacheRules.validated(stored, response, requestedAt, receivedAt);
			this.store.update(call.key(), valid);
			this.cache.meters().validated();
			Response served = serve(call, valid,
					new CacheStatus(false, decision.reason(), 304, true, false, null, null));
			return orForward(call, served);
		}
		this.cache.meters().missed();
		return storing(call, response.toBuilder().request(CacheRules.sentTo(call.request(), response.url())).build(),
				CacheStatus.forwarded(decision.reason()), requestedAt, receivedAt);
	}

	private Response staleInsteadOf(Call call, StoredResponse stored, ConnectionException error) {
		boolean rejected = error instanceof SslException || error instanceof EgressDeniedException;
		Response stale = rejected ? null : staleInsteadOf(call, stored, 0);
		if (stale == null) {
			throw error;
		}
		return stale;
	}

	private @Nullable Response staleInsteadOf(Call call, StoredResponse stored, int status) {
		if (!this.rules.servesInsteadOfError(call.request(), stored, this.cache.now())) {
			return null;
		}
		return serve(call, stored, new CacheStatus(false, "stale", status, false, false, null, "stale-if-error"));
	}

	private void refresh(Call call, StoredResponse stored) {
		SendOptions options = call.options().withDeadline(null);
		Call background = new Call(call.request().copy(), options, call.key(), call.identity(), null, false);
		this.refreshes.start(call.key(), equal(call), () -> validateAndRead(background, stored));
	}

	private void validateAndRead(Call call, StoredResponse stored) {
		try (Response response = validate(call, new Decision(Action.VALIDATE, stored, "stale", 0))) {
			InputStream body = response.raw();
			if (body != null) {
				body.transferTo(OutputStream.nullOutputStream());
			}
		}
		catch (RequestException | IOException ex) {
			logger.debug("A stale response could not be refreshed", ex);
		}
	}

	/** Fetches the rest of a body that is stored in part, and joins both parts. */
	private Response complete(Call call, StoredResponse part) {
		StoredBody first = read(call, part);
		if (first == null) {
			return forward(call, Decision.forward("uri-miss"));
		}
		this.cache.meters().missed();
		long requestedAt = this.cache.now();
		Response rest;
		try {
			rest = this.delegate.send(CacheRules.completing(call.request(), part), call.options());
		}
		catch (RequestException ex) {
			close(first.stream());
			throw ex;
		}
		long receivedAt = this.cache.now();
		ByteRange range = ByteRange.contained(rest.headers().get("Content-Range"));
		if (rest.statusCode() == 206 && range != null && follows(part, rest, range)) {
			return join(call, part, first, rest, requestedAt, receivedAt);
		}
		close(first.stream());
		if (rest.statusCode() != 206 && rest.statusCode() != 416) {
			Response whole = rest.toBuilder().request(CacheRules.sentTo(call.request(), rest.url())).build();
			return storing(call, whole, CacheStatus.forwarded("partial"), requestedAt, receivedAt);
		}
		rest.close();
		this.store.remove(call.key());
		return forward(call, Decision.forward("partial"));
	}

	private static boolean follows(StoredResponse part, Response rest, ByteRange range) {
		ByteRange stored = Objects.requireNonNull(part.range());
		String tag = rest.headers().get("ETag");
		return range.first() == stored.last() + 1 && range.last() + 1 == range.total() && tag != null
				&& tag.equals(CacheRules.strongTag(part));
	}

	private Response join(Call call, StoredResponse part, StoredBody first, Response rest, long requestedAt,
			long receivedAt) {
		StoredResponse merged = CacheRules.validated(part, rest, requestedAt, receivedAt);
		CaseInsensitiveHeaders headers = merged.headers().copy();
		headers.remove("Content-Range");
		ByteRange stored = Objects.requireNonNull(part.range());
		ByteRange range = Objects.requireNonNull(ByteRange.contained(rest.headers().get("Content-Range")));
		headers.put("Content-Length", Long.toString(stored.length() + range.length()));
		InputStream last = Objects.requireNonNullElse(rest.raw(), InputStream.nullInputStream());
		Response whole = rest.toBuilder()
			.statusCode(200)
			.reason("OK")
			.headers(headers)
			.request(call.request())
			.raw(new SequenceInputStream(first.stream(), last))
			.build();
		whole.alsoClose(rest);
		return storing(call, whole, CacheStatus.forwarded("partial"), requestedAt, receivedAt);
	}

	private static void close(InputStream body) {
		try {
			body.close();
		}
		catch (IOException ex) {
			logger.debug("A stored body could not be closed", ex);
		}
	}

	/**
	 * Creates a response from a stored one: the whole response, the requested range, or a
	 * 304 for a caller that already has it.
	 * @return the response, or null if its body is no longer stored
	 */
	private @Nullable Response serve(Call call, StoredResponse stored, CacheStatus status) {
		long now = this.cache.now();
		CaseInsensitiveHeaders headers = stored.headers().copy();
		headers.put("Age", Long.toString(Freshness.age(stored, now)));
		headers.add(CacheStatus.HEADER, status.toString());
		Response.Builder builder = Response.builder(stored.status())
			.reason(stored.reason())
			.headers(headers)
			.request(call.request())
			.limits(this.cache.limits())
			.connection(this);
		if (status.hit()) {
			this.cache.meters().hit();
		}
		if (CacheRules.isUnchanged(call.request().headers(), stored, now)) {
			headers.remove("Content-Length");
			return builder.statusCode(304).reason("Not Modified").build();
		}
		if ("HEAD".equals(call.request().method())) {
			return builder.build();
		}
		StoredBody body = read(call, stored);
		String asked = call.request().headers().get("Range");
		if (body == null || asked == null || (stored.status() != 200 && stored.status() != 206)) {
			return (body != null) ? builder.raw(body.stream()).build() : null;
		}
		return slice(builder, headers, stored, body, Objects.requireNonNull(ByteRange.requested(asked)));
	}

	/**
	 * Reads a body. If a remote store fails in the middle, the server provides the rest.
	 */
	private @Nullable StoredBody read(Call call, StoredResponse stored) {
		StoredBody body = this.store.read(call.key(), stored);
		if (body == null || body.local()) {
			return body;
		}
		return new StoredBody(new ResumingBody(body, stored, () -> {
			PreparedRequest request = call.request().copy();
			CacheRules.REQUEST_CONDITIONS.forEach(request.headers()::remove);
			return this.delegate.send(request, call.options());
		}), body.length(), false);
	}

	private static @Nullable Response slice(Response.Builder builder, CaseInsensitiveHeaders headers,
			StoredResponse stored, StoredBody body, ByteRange asked) {
		ByteRange part = stored.range();
		long length = (part != null) ? part.total() : body.length();
		ByteRange range = asked.within((length >= 0) ? length : Objects.requireNonNull(part).last() + 1);
		if (range == null) {
			close(body.stream());
			headers.put("Content-Range", "bytes */" + length);
			headers.put("Content-Length", "0");
			return builder.statusCode(416).reason("Range Not Satisfiable").build();
		}
		ByteRange named = new ByteRange(range.first(), range.last(), length);
		headers.put("Content-Range", named.contentRange());
		headers.put("Content-Length", Long.toString(named.length()));
		long skip = range.first() - ((part != null) ? part.first() : 0);
		return builder.statusCode(206)
			.reason("Partial Content")
			.raw(new SlicedBody(body.stream(), skip, named.length()))
			.build();
	}

	HttpCache cache() {
		return this.cache;
	}

	@Override
	public Adapter delegate() {
		return this.delegate;
	}

	@Override
	public boolean retire() {
		return this.delegate.retire();
	}

	@Override
	public void close() {
		this.delegate.close();
	}

}
