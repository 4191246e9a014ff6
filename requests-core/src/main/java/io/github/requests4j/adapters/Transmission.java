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
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.wire.EarlyReply;
import io.github.requests4j.internal.wire.ReplyFraming;
import io.github.requests4j.internal.wire.ReplyHead;
import io.github.requests4j.internal.wire.RequestHead;
import io.github.requests4j.internal.wire.Step;
import io.github.requests4j.internal.wire.UploadStream;
import io.github.requests4j.internal.wire.WireConnection;
import io.github.requests4j.internal.wire.WireException;
import io.github.requests4j.internal.wire.WireLog;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * One attempt to get a response: takes a connection, sends the request, reads the head of
 * the response, and makes sure that the connection goes where it belongs whatever
 * happens. For one thread, once.
 */
final class Transmission implements Supplier<ConnectionHandle> {

	private static final Logger logger = LoggerFactory.getLogger(WireLog.NAME);

	private static final byte[] NOTHING = new byte[0];

	/** Fits into the buffers of the system, on whatever side it is waiting. */
	private static final long UNWATCHED = 64 * 1024;

	/** So long may a body stand still before somebody looks what the server says. */
	private static final Duration BLOCKED = Duration.ofMillis(100);

	private final Engine engine;

	private final Plan plan;

	private final ExchangeRecord record;

	private final List<Attempt> history;

	private @Nullable ConnectionHandle handle;

	/** Whether the connection must be a new one. */
	private boolean fresh;

	private boolean granted;

	private boolean connected;

	private boolean bodyTouched;

	private @Nullable EarlyReply early;

	/** Whether the response does not answer the whole request as it was sent. */
	private boolean cut;

	private Transmission(Engine engine, Plan plan, List<Attempt> history) {
		this.engine = engine;
		this.plan = plan;
		this.history = history;
		this.record = ExchangeRecord.begin(plan.request(), plan.options(), history.size() + 1);
	}

	static Transmission begin(Engine engine, Plan plan, List<Attempt> history) {
		return new Transmission(engine, plan, history);
	}

	/**
	 * Whether there was a connection over which something was or could have been sent.
	 */
	boolean wasConnected() {
		return this.connected;
	}

	/** Whether the pool had a connection to give, or leave to make one. */
	boolean hadConnection() {
		return this.granted;
	}

	/** Whether another thread ended it by closing the adapter. */
	boolean wasAborted() {
		return this.engine.pool().isClosed();
	}

	/** Whether the body must go back to its beginning before another attempt. */
	boolean hasTouchedBody() {
		return this.bodyTouched;
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
			tell(response);
			return response;
		}
		catch (RequestException ex) {
			ex.attach(this.plan.request(), null);
			this.record.failed(ex);
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// From the caller's own code, a body or an override: it stays what it is.
			this.record.failed(failures().unexpected(ex).attach(this.plan.request(), null));
			throw ex;
		}
	}

	/** A listener's error reaches the caller, who then has no response to close. */
	private void tell(Response response) {
		try {
			this.record.responded(response);
		}
		catch (Error ex) {
			response.close();
			throw ex;
		}
	}

	private Response transmit() {
		byte[] head = encodeHead();
		requireTime();
		while (true) {
			boolean delivered = false;
			try {
				ConnectionHandle leased = this.engine.adapter()
					.getConnectionWithTlsContext(this.plan.request(), this.plan.key(), this);
				connect(leased);
				ReplyHead reply = exchange(leased, head);
				if (reply != null) {
					Response response = respond(leased, reply);
					delivered = true;
					return response;
				}
				this.fresh = true;
			}
			finally {
				if (!delivered) {
					giveUp();
				}
			}
		}
	}

	private byte[] encodeHead() {
		return RequestHead.encode(this.plan.method(), this.plan.target(), this.plan.request().parsedUrl().hostHeader(),
				this.plan.request().headers(), this.record.headers(), !this.plan.upload().announced(),
				this.plan.isForwarded() ? this.plan.proxyHeaders() : null);
	}

	private void requireTime() {
		Deadline deadline = this.plan.options().deadline();
		if (deadline != null && deadline.hasPassed()) {
			throw failures().deadlinePassed("waiting to be sent", null);
		}
		if (Thread.currentThread().isInterrupted()) {
			throw failures().interruptedBefore();
		}
	}

	/** Leases a connection; for the override point, which need not make a lambda. */
	@Override
	public ConnectionHandle get() {
		ConnectionHandle leased = this.engine.pool().lease(this.plan, attempt(), this.fresh);
		this.handle = leased;
		this.granted = true;
		return leased;
	}

	private void connect(ConnectionHandle leased) {
		WireConnection connection = leased.connection();
		if (!connection.isOpen()) {
			try {
				this.engine.dialer().open(connection, this.plan, attempt());
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
	 * @return the head, or {@code null} to try once more on a new connection, because the
	 * one from the pool was dead
	 */
	private @Nullable ReplyHead exchange(ConnectionHandle leased, byte[] head) {
		long before = leased.connection().received();
		try {
			return sendAndReceive(leased, head);
		}
		catch (IOException ex) {
			RequestException failure = failures().exchanging(leased.connection(), ex);
			boolean silent = leased.connection().received() == before;
			if (this.fresh || !silent || !leased.isReused() || !this.plan.isRepeatable() || !isDeath(failure)) {
				throw failure;
			}
			rewind();
			return null;
		}
	}

	/**
	 * A connection that the server closed while it was idle; not a timeout, an interrupt
	 * or a closed adapter.
	 */
	private boolean isDeath(RequestException failure) {
		return Failures.isPlain(failure) && !Thread.currentThread().isInterrupted() && !this.engine.pool().isClosed();
	}

	private void rewind() {
		if (this.bodyTouched && this.plan.upload().body() != null) {
			this.plan.upload().body().rewind();
			this.bodyTouched = false;
		}
	}

	private ReplyHead sendAndReceive(ConnectionHandle leased, byte[] request) throws IOException {
		WireConnection connection = leased.connection();
		if (logger.isDebugEnabled()) {
			WireLog.sent(request, this.plan.upload(), this.engine.adapter().maskedHeaders());
		}
		this.cut = false;
		boolean isNew = !leased.isReused();
		if (isNew && connection.hasUnreadBytes()) {
			throw tooSoon();
		}
		// Under TLS a response may have come that is not decrypted yet.
		long before = (isNew && connection.isSecure()) ? connection.socket().arrivedInAll() : -1;
		ReplyHead head = exchange(connection, request);
		if (connection.socket().taken() <= before) {
			throw tooSoon();
		}
		return head;
	}

	/** Nothing can answer a request that was not sent. */
	private static IOException tooSoon() {
		return WireException.malformedHead("it arrived before the request was sent");
	}

	private ReplyHead exchange(WireConnection connection, byte[] head) throws IOException {
		connection.step(Step.SEND);
		if (!this.plan.upload().hasBody()) {
			connection.writer().writeAndFlush(head);
			connection.step(Step.AWAIT);
			return connection.receiveFinalHead();
		}
		connection.writer().write(head, 0, head.length);
		EarlyReply reply = new EarlyReply(connection, this.plan.method());
		this.early = reply;
		ReplyHead received = sendBody(connection, reply);
		if (received == null) {
			connection.step(Step.AWAIT);
			received = reply.finish();
			this.cut = reply.isTooSoon();
		}
		if (received == null) {
			this.early = null;
			return connection.receiveFinalHead();
		}
		// What is left of the response waits no longer than any other.
		connection.limit(this.plan.readTimeout(), this.plan.options().deadline());
		return received;
	}

	/**
	 * Sends the body.
	 * @return the head of a response that ended it, or {@code null}
	 */
	private @Nullable ReplyHead sendBody(WireConnection connection, EarlyReply reply) throws IOException {
		if (expectsContinue()) {
			connection.writer().flush();
			if (!reply.awaitContinue(this.engine.continueWait(this.plan))) {
				this.cut = true;
				return reply.finish();
			}
		}
		this.bodyTouched = true;
		UploadStream stream = new UploadStream(connection, this.plan.upload(), this.plan.options().progress(), reply);
		WireSocket socket = connection.socket();
		socket.whenLate(reply::writeIsLate);
		if (this.plan.upload().length() < 0 || this.plan.upload().length() > UNWATCHED) {
			socket.whenBlocked(BLOCKED, reply::whileBlocked);
		}
		try {
			stream.send();
			return reply.isStopping() ? replyToPart(connection, reply, null) : null;
		}
		catch (IOException | RuntimeException ex) {
			return replyDespite(connection, stream, reply, ex);
		}
		finally {
			socket.whenBlocked(BLOCKED, null);
			socket.whenLate(null);
		}
	}

	/**
	 * What the server says to a part of the body. One that finds the whole good although
	 * it did not take it in time has not seen the rest.
	 */
	private ReplyHead replyToPart(WireConnection connection, EarlyReply reply, @Nullable IOException cause)
			throws IOException {
		ReplyHead head = null;
		IOException failure = cause;
		try {
			head = reply.finish();
			if (head == null && !reply.isLate()) {
				connection.step(Step.AWAIT);
				head = connection.receiveFinalHead();
				// Read here, and so is its body.
				this.early = null;
			}
		}
		catch (IOException ex) {
			failure = (failure != null) ? failure : ex;
		}
		if (reply.isLate() && (head == null || head.status() < 400)) {
			connection.step(Step.SEND);
			throw new SocketTimeoutException("The server stopped reading the request body");
		}
		if (head == null) {
			connection.step(Step.SEND);
			throw (failure != null) ? failure : WireException.noReply();
		}
		this.cut = true;
		return head;
	}

	private boolean expectsContinue() {
		String expect = this.plan.request().headers().get("Expect");
		return expect != null && HeaderRules.hasElement(expect, "100-continue");
	}

	/**
	 * A server that refuses a body answers and closes: the answer is worth more than the
	 * error that the closing caused.
	 */
	private ReplyHead replyDespite(WireConnection connection, UploadStream stream, EarlyReply reply, Exception ex)
			throws IOException {
		if (stream.failure() != null) {
			return replyToPart(connection, reply, stream.failure());
		}
		if (ex instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		throw failures().unreadableBody(ex);
	}

	private Response respond(ConnectionHandle leased, ReplyHead reply) {
		if (logger.isDebugEnabled()) {
			WireLog.received(reply, this.engine.adapter().maskedHeaders());
		}
		Response.Builder builder = this.engine.describe(this.plan, reply, this.history, this.record)
			.elapsed(this.record.elapsed());
		ReplyFraming framing = framing(reply, builder);
		boolean reusable = framing.reusable() && !this.cut && this.plan.upload().reusable() && !asksToClose();
		if (reusable) {
			leased.keepFor(ReplyFraming.keepAliveSeconds(reply.headers()));
		}
		if (framing.length() == 0) {
			Response response = this.engine.adapter()
				.buildResponse(this.plan.request(), builder.raw(new ByteArrayInputStream(NOTHING)));
			this.engine.pool().release(leased, reusable && leased.connection().hasNoLeftovers());
			return response;
		}
		leased.beginBody();
		InputStream content = (this.early != null) ? this.early.content()
				: leased.connection().content(framing.length());
		WireBody body = new WireBody(this.engine.pool(), leased, content, framing.withReusable(reusable), this.plan,
				this.record, this.plan.options().progress(), this.engine.limits().maxBody());
		Response response = this.engine.adapter().buildResponse(this.plan.request(), builder.raw(body));
		body.belongsTo(response);
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
				.attach(this.plan.request(), builder.raw(new ByteArrayInputStream(NOTHING)).build());
		}
	}

	private boolean asksToClose() {
		String connection = this.plan.request().headers().get("Connection");
		return connection != null && HeaderRules.hasElement(connection, "close");
	}

	private void giveUp() {
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
