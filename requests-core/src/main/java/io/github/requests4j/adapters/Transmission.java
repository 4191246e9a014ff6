package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Timings.Phase;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.wire.EarlyReply;
import io.github.requests4j.internal.wire.ReplyFraming;
import io.github.requests4j.internal.wire.ReplyHead;
import io.github.requests4j.internal.wire.RequestHead;
import io.github.requests4j.internal.wire.UploadStream;
import io.github.requests4j.internal.wire.WireConnection;
import io.github.requests4j.internal.wire.WireException;
import io.github.requests4j.internal.wire.WireLog;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * One attempt to get a response: leases a connection, sends the request, reads the head
 * of the response, and always releases or closes the connection. Used once, by one
 * thread.
 */
final class Transmission implements Supplier<ConnectionHandle> {

	private static final Logger logger = LoggerFactory.getLogger(WireLog.NAME);

	private static final byte[] EMPTY = new byte[0];

	/** Bodies up to this size fit into the socket buffers and are not monitored. */
	private static final long UNMONITORED_BYTES = 64 * 1024;

	/** How long a write may block before the connection is checked for a response. */
	private static final Duration BLOCKED_CHECK = Duration.ofMillis(100);

	private final Engine engine;

	private final Plan plan;

	private final ExchangeRecord record;

	private final List<Attempt> history;

	/** What may cancel this attempt, or null. */
	private final @Nullable ConcurrentAttempt concurrent;

	private @Nullable ConnectionHandle handle;

	/** Whether the connection must be new. */
	private boolean fresh;

	private boolean granted;

	private boolean connected;

	private boolean bodyStarted;

	private @Nullable EarlyReply early;

	/** Whether the request was not sent completely before the response. */
	private boolean incomplete;

	private Transmission(Engine engine, Plan plan, List<Attempt> history) {
		this.engine = engine;
		this.plan = plan;
		this.history = history;
		this.concurrent = plan.concurrent();
		this.record = ExchangeRecord.begin(plan.request(), plan.options(), history.size() + 1);
	}

	/**
	 * Begins an attempt as soon as the throttle allows it. Listeners do not see attempts
	 * that it rejects.
	 */
	static Transmission begin(Engine engine, Plan plan, List<Attempt> history) {
		engine.throttle(plan, history);
		return new Transmission(engine, plan, history);
	}

	/**
	 * Returns whether there was an open connection, so that the request may have been
	 * sent.
	 */
	boolean wasConnected() {
		return this.connected;
	}

	/** Returns whether the pool granted a connection, idle or new. */
	boolean wasGranted() {
		return this.granted;
	}

	/** Returns whether another thread closed the adapter. */
	boolean wasAborted() {
		return this.engine.pool().isClosed();
	}

	/** Returns whether the body must be rewound before another attempt. */
	boolean hasStartedBody() {
		return this.bodyStarted;
	}

	/** Returns the number of this attempt, from 1. */
	private int attempt() {
		return this.history.size() + 1;
	}

	private Failures failures() {
		return this.plan.failures(attempt());
	}

	Response run() {
		try {
			Response response = transmit();
			reportResponse(response);
			return response;
		}
		catch (RequestException ex) {
			ex.attach(this.plan.request(), null);
			this.record.failed(ex);
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// Thrown by the caller's own code, such as a body or an override: not
			// translated.
			this.record.failed(failures().unexpected(ex).attach(this.plan.request(), null));
			throw ex;
		}
	}

	/**
	 * If a listener or the throttle throws, the caller gets no response and cannot close
	 * it.
	 */
	private void reportResponse(Response response) {
		try {
			this.engine.reportDeferral(this.plan, response);
			this.record.responded(response);
		}
		catch (RuntimeException | Error ex) {
			response.close();
			throw ex;
		}
	}

	private Response transmit() {
		byte[] head = encodeHead();
		checkDeadline();
		while (true) {
			boolean delivered = false;
			try {
				ConnectionHandle leased = this.engine.adapter()
					.getConnectionWithTlsContext(this.plan.request(), this.plan.key(), this);
				connect(leased);
				ReplyHead reply = exchange(leased, head);
				if (reply != null) {
					requireNotCancelled();
					Response response = toResponse(leased, reply);
					delivered = true;
					return response;
				}
				this.fresh = true;
				this.record.enter(Phase.POOL);
			}
			finally {
				if (!delivered) {
					releaseFailed();
				}
			}
		}
	}

	private byte[] encodeHead() {
		return RequestHead.encode(this.plan.method(), this.plan.target(), this.plan.request().parsedUrl().hostHeader(),
				this.plan.request().headers(), this.record.headers(), !this.plan.upload().announced(),
				this.plan.isForwarded() ? this.plan.proxyHeaders() : null);
	}

	private void checkDeadline() {
		Deadline deadline = this.plan.options().deadline();
		if (deadline != null && deadline.hasPassed()) {
			throw failures().deadlinePassed("waiting to be sent", null);
		}
		if (Thread.currentThread().isInterrupted()) {
			throw failures().interruptedBefore();
		}
		if (this.concurrent != null && this.concurrent.isCancelled()) {
			throw failures().cancelled(null);
		}
	}

	/**
	 * Ends the time in which the connection may be aborted: from here on, the response
	 * counts.
	 */
	private void requireNotCancelled() {
		if (this.concurrent != null && !this.concurrent.endWait()) {
			throw failures().cancelled(null);
		}
	}

	/**
	 * Leases a connection for the override point. Implementing the interface avoids a
	 * lambda.
	 */
	@Override
	public ConnectionHandle get() {
		ConnectionHandle leased = this.engine.pool().lease(this.plan, attempt(), this.fresh);
		this.handle = leased;
		this.granted = true;
		if (this.concurrent != null) {
			leased.connection().abortable(true);
			this.concurrent.beginWait(leased::abort);
		}
		return leased;
	}

	private void connect(ConnectionHandle leased) {
		WireConnection connection = leased.connection();
		if (!connection.isOpen()) {
			try {
				this.engine.dialer().open(leased, this.plan, attempt(), this.record);
			}
			catch (IOException ex) {
				throw failures().connecting(connection, ex);
			}
			catch (RequestException ex) {
				throw Failures.denied(this.plan.request(), ex);
			}
			catch (IllegalArgumentException | IllegalStateException | SecurityException ex) {
				throw failures().connecting(connection, new IOException(ex.toString(), ex));
			}
		}
		this.connected = true;
		connection.limit(this.plan.readTimeout(), this.plan.options().deadline());
	}

	/**
	 * Sends the request and reads the final head.
	 * @return the head, or {@code null} to retry on a new connection because the pooled
	 * one was stale
	 */
	private @Nullable ReplyHead exchange(ConnectionHandle leased, byte[] head) {
		long before = leased.connection().received();
		try {
			return sendAndReceive(leased, head);
		}
		catch (IOException ex) {
			RequestException failure = failures().exchanging(leased.connection(), ex);
			boolean silent = leased.connection().received() == before;
			if (this.fresh || !silent || !leased.isReused() || !this.plan.isRepeatable() || !isStale(failure)) {
				throw failure;
			}
			rewind();
			return null;
		}
	}

	/**
	 * Returns whether the server closed the connection while it was idle, rather than a
	 * timeout, an interrupt or a closed adapter.
	 */
	private boolean isStale(RequestException failure) {
		return Failures.isPlain(failure) && !Thread.currentThread().isInterrupted() && !this.engine.pool().isClosed();
	}

	private void rewind() {
		if (this.bodyStarted && this.plan.upload().body() != null) {
			this.plan.upload().body().rewind();
			this.bodyStarted = false;
		}
	}

	private ReplyHead sendAndReceive(ConnectionHandle leased, byte[] request) throws IOException {
		WireConnection connection = leased.connection();
		if (logger.isDebugEnabled()) {
			WireLog.sent(request, this.plan.upload(), this.engine.adapter().maskedHeaders());
		}
		this.incomplete = false;
		boolean isNew = !leased.isReused();
		if (isNew && connection.hasUnreadBytes()) {
			throw unsolicited();
		}
		// With TLS, a response may have arrived that is not decrypted yet.
		long before = (isNew && connection.isSecure()) ? connection.socket().totalReceived() : -1;
		ReplyHead head = exchange(connection, request);
		if (connection.socket().taken() <= before) {
			throw unsolicited();
		}
		return head;
	}

	/** Returns the failure for a response to a request that was not sent yet. */
	private static IOException unsolicited() {
		return WireException.malformedHead("it arrived before the request was sent");
	}

	private void enter(WireConnection connection, Phase phase) {
		connection.phase(phase);
		this.record.enter(phase);
	}

	private ReplyHead exchange(WireConnection connection, byte[] head) throws IOException {
		enter(connection, Phase.SEND);
		if (!this.plan.upload().hasBody()) {
			connection.writer().writeAndFlush(head);
			enter(connection, Phase.FIRST_BYTE);
			return connection.receiveFinalHead();
		}
		connection.writer().write(head, 0, head.length);
		EarlyReply reply = new EarlyReply(connection, this.plan.method());
		this.early = reply;
		ReplyHead received = sendBody(connection, reply);
		if (received == null) {
			enter(connection, Phase.FIRST_BYTE);
			received = reply.finish();
			this.incomplete = reply.isPremature();
		}
		if (received == null) {
			this.early = null;
			return connection.receiveFinalHead();
		}
		// The rest of the response has the usual limits.
		connection.limit(this.plan.readTimeout(), this.plan.options().deadline());
		return received;
	}

	/**
	 * Sends the body.
	 * @return the head of a response that stopped the body, or {@code null}
	 */
	private @Nullable ReplyHead sendBody(WireConnection connection, EarlyReply reply) throws IOException {
		if (expectsContinue()) {
			connection.writer().flush();
			if (!reply.awaitContinue(this.engine.continueTimeout(this.plan))) {
				this.incomplete = true;
				return reply.finish();
			}
		}
		this.bodyStarted = true;
		UploadStream stream = new UploadStream(connection, this.plan.upload(), this.plan.options().progress(), reply);
		WireSocket socket = connection.socket();
		socket.onTimeout(reply::onWriteTimeout);
		if (this.plan.upload().length() < 0 || this.plan.upload().length() > UNMONITORED_BYTES) {
			socket.onBlocked(BLOCKED_CHECK, reply::onWriteBlocked);
		}
		try {
			stream.send();
			return reply.isStopping() ? replyToPartialBody(connection, reply, null) : null;
		}
		catch (IOException | RuntimeException ex) {
			return replyAfterFailure(connection, stream, reply, ex);
		}
		finally {
			socket.onBlocked(BLOCKED_CHECK, null);
			socket.onTimeout(null);
		}
	}

	/**
	 * Returns the response to a body that was sent in part. After a write timeout, a
	 * successful response is ignored, because the server has not read the whole body.
	 */
	private ReplyHead replyToPartialBody(WireConnection connection, EarlyReply reply, @Nullable IOException cause)
			throws IOException {
		ReplyHead head = null;
		IOException failure = cause;
		try {
			head = reply.finish();
			if (head == null && !reply.hasWriteTimedOut()) {
				enter(connection, Phase.FIRST_BYTE);
				head = connection.receiveFinalHead();
				// The head was read here, and the body will be too.
				this.early = null;
			}
		}
		catch (IOException ex) {
			failure = (failure != null) ? failure : ex;
		}
		if (reply.hasWriteTimedOut() && (head == null || head.status() < 400)) {
			connection.phase(Phase.SEND);
			throw new SocketTimeoutException("The server stopped reading the request body");
		}
		if (head == null) {
			connection.phase(Phase.SEND);
			throw (failure != null) ? failure : WireException.noReply();
		}
		this.incomplete = true;
		return head;
	}

	private boolean expectsContinue() {
		String expect = this.plan.request().headers().get("Expect");
		return expect != null && HeaderRules.hasElement(expect, "100-continue");
	}

	/**
	 * Returns the response of a server that rejected the body and closed the connection.
	 * It is more useful than the resulting write error.
	 */
	private ReplyHead replyAfterFailure(WireConnection connection, UploadStream stream, EarlyReply reply, Exception ex)
			throws IOException {
		if (stream.failure() != null) {
			return replyToPartialBody(connection, reply, stream.failure());
		}
		if (ex instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		throw failures().unreadableBody(ex);
	}

	private Response toResponse(ConnectionHandle leased, ReplyHead reply) {
		if (logger.isDebugEnabled()) {
			WireLog.received(reply, this.engine.adapter().maskedHeaders());
		}
		this.record.enter(Phase.BODY);
		Response.Builder builder = this.engine.responseBuilder(this.plan, reply, this.history, this.record)
			.elapsed(this.record.elapsed());
		ReplyFraming framing = framing(reply, builder);
		boolean reusable = framing.reusable() && !this.incomplete && this.plan.upload().reusable() && !requestsClose();
		if (reusable) {
			leased.keepFor(ReplyFraming.keepAliveSeconds(reply.headers()));
		}
		if (framing.length() == 0) {
			Response response = this.engine.adapter()
				.buildResponse(this.plan.request(), builder.raw(new ByteArrayInputStream(EMPTY)));
			this.engine.pool().release(leased, reusable && leased.connection().hasNoLeftovers());
			this.record.complete();
			return response;
		}
		leased.beginBody();
		InputStream content = (this.early != null) ? this.early.content()
				: leased.connection().content(framing.length());
		WireBody body = new WireBody(this.engine.pool(), leased, content, framing.withReusable(reusable), this.plan,
				this.record, this.plan.options().progress(), this.engine.limits().maxBody());
		Response response = this.engine.adapter().buildResponse(this.plan.request(), builder.raw(body));
		body.setResponse(response);
		if (Boolean.TRUE.equals(this.plan.options().stream())) {
			body.watchForLeaks(this.plan.method() + " " + this.plan.request().parsedUrl().origin()
					+ this.plan.request().parsedUrl().path());
		}
		return response;
	}

	private ReplyFraming framing(ReplyHead reply, Response.Builder builder) {
		try {
			return ReplyFraming.of(this.plan.method(), reply);
		}
		catch (RequestException ex) {
			throw failures().framing(ex)
				.attach(this.plan.request(), builder.raw(new ByteArrayInputStream(EMPTY)).build());
		}
	}

	private boolean requestsClose() {
		String connection = this.plan.request().headers().get("Connection");
		return connection != null && HeaderRules.hasElement(connection, "close");
	}

	private void releaseFailed() {
		ConnectionHandle leased = this.handle;
		this.handle = null;
		if (leased != null) {
			this.engine.pool().release(leased, false);
		}
		EarlyReply reply = this.early;
		this.early = null;
		if (reply != null) {
			reply.close();
		}
	}

}
