package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.InvalidHeaderException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * One attempt to get a response: takes a connection, sends the request, reads the head of
 * the response, and makes sure that the connection goes where it belongs whatever
 * happens. For one thread, once.
 */
final class Transmission {

	private static final byte[] NOTHING = new byte[0];

	private final Engine engine;

	private final Plan plan;

	private final ExchangeRecord record;

	private final List<Attempt> history;

	private @Nullable ConnectionHandle handle;

	private boolean granted;

	private boolean connected;

	private boolean bodyTouched;

	private boolean closeAfter;

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
			this.record
				.failed(new RequestException("The request could not be sent: " + ex, ex, this.plan.request(), null));
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
		boolean fresh = false;
		while (true) {
			boolean delivered = false;
			try {
				ConnectionHandle leased = lease(fresh);
				connect(leased);
				ReplyHead reply = exchange(leased, head, fresh);
				if (reply != null) {
					Response response = respond(leased, reply);
					delivered = true;
					return response;
				}
				fresh = true;
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
				this.plan.request().headers(), this.record.headers(), this.plan.headExtras());
	}

	private void requireTime() {
		Deadline deadline = this.plan.options().deadline();
		if (deadline != null && deadline.hasPassed()) {
			throw this.plan.failures().deadlinePassed("waiting to be sent", null);
		}
		if (Thread.currentThread().isInterrupted()) {
			throw new ConnectionException(this.plan.key().describe() + ": Interrupted before anything was sent");
		}
	}

	private ConnectionHandle lease(boolean fresh) {
		return this.engine.adapter().getConnectionWithTlsContext(this.plan.request(), this.plan.key(), () -> {
			ConnectionHandle leased = this.engine.pool()
				.lease(this.plan.key(), fresh, this.plan.isRepeatable(), this.plan.options().deadline());
			this.handle = leased;
			this.granted = true;
			return leased;
		});
	}

	private void connect(ConnectionHandle leased) {
		if (!leased.isOpen()) {
			DialProgress progress = new DialProgress();
			try {
				this.engine.dialer().open(leased, this.plan.opening(), progress);
			}
			catch (IOException ex) {
				throw this.plan.failures().connecting(leased, ex, this.plan.proxy(), progress.stage());
			}
			catch (IllegalArgumentException | IllegalStateException | SecurityException ex) {
				throw this.plan.failures()
					.connecting(leased, new IOException(ex.toString(), ex), this.plan.proxy(), progress.stage());
			}
		}
		this.connected = true;
		leased.limit(this.plan.readMillis(), this.plan.options().deadline());
	}

	/**
	 * Sends the request and reads the final head.
	 * @return the head, or {@code null} to try once more on a new connection, because the
	 * one from the pool was dead
	 */
	private @Nullable ReplyHead exchange(ConnectionHandle leased, byte[] head, boolean fresh) {
		long before = leased.connection().received();
		try {
			return sendAndReceive(leased, head);
		}
		catch (IOException ex) {
			RequestException failure = this.plan.failures().exchanging(leased, ex);
			boolean silent = leased.connection().received() == before;
			if (fresh || !silent || !leased.isReused() || !this.plan.isRepeatable() || !isDeath(failure)) {
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
		return failure.getClass() == ConnectionException.class && !Thread.currentThread().isInterrupted()
				&& !this.engine.pool().isClosed();
	}

	private void rewind() {
		if (this.bodyTouched && this.plan.upload().body() != null) {
			this.plan.upload().body().rewind();
			this.bodyTouched = false;
		}
	}

	private ReplyHead sendAndReceive(ConnectionHandle leased, byte[] head) throws IOException {
		WireConnection connection = leased.connection();
		if (WireLog.isEnabled()) {
			WireLog.sent(head, this.plan.upload(), this.engine.adapter().maskedHeaders());
		}
		connection.sendHead(head);
		if (this.plan.upload().hasBody()) {
			ReplyHead early = sendBody(leased, connection);
			if (early != null) {
				this.closeAfter = true;
				return early;
			}
		}
		connection.flush();
		return connection.receiveFinalHead();
	}

	private @Nullable ReplyHead sendBody(ConnectionHandle leased, WireConnection connection) throws IOException {
		EarlyReply early = new EarlyReply(leased);
		if (expectsContinue()) {
			connection.flush();
			if (!early.awaitContinue(this.engine.continueMillis(this.plan))) {
				return early.head();
			}
		}
		this.bodyTouched = true;
		try (UploadWatch watch = UploadWatch.start(leased, this.plan)) {
			UploadStream stream = new UploadStream(connection, this.plan.upload(), this.plan.options().progress(),
					early, watch);
			return write(connection, stream, early, watch);
		}
	}

	private @Nullable ReplyHead write(WireConnection connection, UploadStream stream, EarlyReply early,
			UploadWatch watch) throws IOException {
		try {
			if (this.plan.upload().body() != null) {
				this.plan.upload().body().writeTo(stream);
			}
			stream.finish();
			if (!watch.hasFired()) {
				return null;
			}
		}
		catch (IOException | RuntimeException ex) {
			if (!watch.hasFired()) {
				return replyDespite(connection, stream, early, ex);
			}
		}
		return lastReply(early, watch.wasAnswered());
	}

	/**
	 * A server that does not take the body may have said why. One that finds it good only
	 * once it was cut off has not seen the rest.
	 */
	private static ReplyHead lastReply(EarlyReply early, boolean answered) throws IOException {
		boolean before = answered || early.head() != null;
		ReplyHead head = null;
		try {
			head = early.last();
		}
		catch (IOException ex) {
			// Closed, because the deadline has passed; or it said half.
			head = null;
		}
		if (head == null || (!before && head.status() < 300)) {
			throw new SocketTimeoutException("The server does not take the body of the request");
		}
		return head;
	}

	private boolean expectsContinue() {
		String expect = this.plan.request().headers().get("Expect");
		return expect != null && HeaderChars.hasElement(expect, "100-continue");
	}

	/**
	 * A server that refuses a body answers and closes: the answer is worth more than the
	 * error that the closing caused.
	 */
	private ReplyHead replyDespite(WireConnection connection, UploadStream stream, EarlyReply early, Exception ex)
			throws IOException {
		if (early.head() != null) {
			return early.head();
		}
		if (stream.failure() != null) {
			try {
				return connection.receiveFinalHead();
			}
			catch (IOException ignored) {
				throw stream.failure();
			}
		}
		if (ex instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		throw new RequestException("The body of the request could not be read: " + ex.getMessage(), ex);
	}

	private Response respond(ConnectionHandle leased, ReplyHead reply) {
		if (WireLog.isEnabled()) {
			WireLog.received(reply, this.engine.adapter().maskedHeaders());
		}
		Response.Builder builder = this.engine.describe(this.plan, reply, this.history, this.record)
			.elapsed(this.record.elapsed());
		ReplyFraming framing = framing(reply, builder);
		boolean reusable = framing.reusable() && !this.closeAfter && this.plan.upload().reusable() && !asksToClose();
		if (reusable) {
			KeepAlive.note(reply.headers(), leased);
		}
		if (framing.length() == 0) {
			Response response = this.engine.adapter()
				.buildResponse(this.plan.request(), builder.raw(new ByteArrayInputStream(NOTHING)));
			this.engine.pool().release(leased, reusable && StaleCheck.hasNoLeftovers(leased));
			return response;
		}
		leased.phase(ConnectionHandle.Phase.BODY);
		WireBody body = new WireBody(this.engine.pool(), leased, framing.withReusable(reusable), this.plan.failures(),
				this.record, this.plan.options().progress(), this.engine.limits().maxBody());
		InputStream raw = body;
		Response response = this.engine.adapter().buildResponse(this.plan.request(), builder.raw(raw));
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
		catch (InvalidHeaderException ex) {
			ex.attach(this.plan.request(), builder.raw(new ByteArrayInputStream(NOTHING)).build());
			throw ex;
		}
	}

	private boolean asksToClose() {
		String connection = this.plan.request().headers().get("Connection");
		return connection != null && HeaderChars.hasElement(connection, "close");
	}

	private void giveUp() {
		ConnectionHandle leased = this.handle;
		this.handle = null;
		if (leased != null) {
			this.engine.pool().release(leased, false);
		}
	}

}
