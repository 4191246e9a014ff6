package io.github.requests4j.hedging;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.internal.wire.Alarm;
import io.github.requests4j.internal.wire.Daemon;

/**
 * One hop: the first attempt in the caller's thread, and hedges in their own while it is
 * late. The first good response wins, and the other attempts are cancelled. If none is
 * good, the first attempt decides how the hop ends. Used once.
 */
final class HedgedHop {

	private static final Logger logger = LoggerFactory.getLogger(HedgedHop.class);

	private final Hedging hedging;

	private final Adapter delegate;

	private final PreparedRequest request;

	private final SendOptions options;

	private final long delay;

	private final @Nullable ClassLoader contextClassLoader = Thread.currentThread().getContextClassLoader();

	private final ConcurrentAttempt first = ConcurrentAttempt.first();

	private final Alarm alarm = new Alarm(this::hedge);

	/** The task of a hedge's thread, with the context of the caller. */
	private final Runnable task;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final List<ConcurrentAttempt> hedges = new ArrayList<>(0);

	/** The hedges whose thread has started. */
	private int begun;

	private int running;

	/** Whether the outcome of the hop is decided. */
	private boolean over;

	private @Nullable ConcurrentAttempt winner;

	private @Nullable Response won;

	HedgedHop(Hedging hedging, Adapter delegate, PreparedRequest request, SendOptions options, long delay) {
		this.hedging = hedging;
		this.delegate = delegate;
		this.request = request;
		this.options = options;
		this.delay = delay;
		this.task = hedging.decorate(this::run);
	}

	/** Sends the first attempt, and returns the first good response. */
	Response send() {
		this.alarm.set(this.delay);
		try {
			return settle(this.delegate.send(this.request, forAttempt(this.options, this.first)));
		}
		catch (RuntimeException ex) {
			boolean waits = ex instanceof RequestException && !Thread.currentThread().isInterrupted();
			Response winner = waits ? awaitHedges() : decide();
			if (winner != null) {
				return winner;
			}
			throw ex;
		}
		finally {
			end();
		}
	}

	private static SendOptions forAttempt(SendOptions options, ConcurrentAttempt attempt) {
		return options.withAttribute(ConcurrentAttempt.class, attempt);
	}

	private Response settle(Response response) {
		Response winner = this.hedging.isGood(response) ? decide() : awaitHedges();
		if (winner == null) {
			return response;
		}
		response.close();
		return winner;
	}

	/** Decides for the first attempt, unless a hedge has won. */
	private @Nullable Response decide() {
		this.lock.lock();
		try {
			return takeWinner();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable Response takeWinner() {
		this.over = true;
		Response winner = this.won;
		this.won = null;
		return winner;
	}

	/** Waits for the hedges that were sent, and returns the response that won. */
	private @Nullable Response awaitHedges() {
		Deadline deadline = this.options.deadline();
		this.lock.lock();
		try {
			while (!this.over && this.running > 0 && (deadline == null || !deadline.hasPassed())) {
				this.changed.awaitNanos((deadline != null) ? deadline.remainingNanos() : Long.MAX_VALUE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
		return decide();
	}

	/** Cancels all attempts that are still running. */
	private void end() {
		this.alarm.stop();
		Response unused = decide();
		if (unused != null) {
			unused.close();
		}
		cancelHedges();
	}

	/** Cancels the hedges that lost, and prevents new ones. */
	private void cancelHedges() {
		for (ConcurrentAttempt hedge : this.hedges) {
			if (hedge != this.winner) {
				hedge.cancel();
			}
		}
	}

	/** Sends another attempt. Called by the alarm. */
	private void hedge() {
		boolean more;
		this.lock.lock();
		try {
			if (this.over || !this.hedging.withdraw()) {
				return;
			}
			this.hedges.add(this.first.another());
			this.running++;
			more = this.hedges.size() < this.hedging.max();
		}
		finally {
			this.lock.unlock();
		}
		start();
		if (more) {
			this.alarm.set(this.delay);
		}
	}

	private void start() {
		boolean started = false;
		try {
			Daemon.start("hedge", this::runInContext);
			started = true;
		}
		finally {
			if (!started) {
				stopWaiting();
			}
		}
	}

	private void runInContext() {
		boolean complete = false;
		try {
			this.task.run();
			complete = true;
		}
		finally {
			if (!complete) {
				stopWaiting();
			}
		}
	}

	/** Lets the first attempt decide, because no thread can be started for a hedge. */
	private void stopWaiting() {
		this.lock.lock();
		try {
			this.running = 0;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Runs in the thread of a hedge. */
	private void run() {
		Thread.currentThread().setContextClassLoader(this.contextClassLoader);
		ConcurrentAttempt hedge = begin();
		Response response = null;
		try {
			if (!hedge.isCancelled()) {
				this.hedging.sent();
				response = this.delegate.send(this.request.copy(),
						forAttempt(this.options.withKind(Exchange.Kind.HEDGE), hedge));
			}
		}
		catch (RuntimeException ex) {
			if (ex instanceof ThrottledException) {
				this.hedging.refund();
			}
			logger.debug("A hedge failed", ex);
		}
		finally {
			finished(hedge, response);
		}
	}

	private ConcurrentAttempt begin() {
		this.lock.lock();
		try {
			return this.hedges.get(this.begun++);
		}
		finally {
			this.lock.unlock();
		}
	}

	private void finished(ConcurrentAttempt hedge, @Nullable Response response) {
		boolean wins = false;
		this.lock.lock();
		try {
			this.running--;
			if (response != null && !this.over && this.hedging.isGood(response)) {
				wins = true;
				this.over = true;
				this.winner = hedge;
				if (response.url().equals(this.request.url())) {
					// A balancer may have sent it to the URL of another server.
					response.request(this.request);
				}
				// The caller may read the statistics as soon as it has the response.
				this.hedging.won();
				this.won = response;
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (wins) {
			this.first.cancel();
			cancelHedges();
		}
		else if (response != null) {
			response.close();
		}
	}

}
