package io.github.requests4j.internal.wire;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Deadline;

/**
 * Connects to the first of several addresses that responds (RFC 8305, "Happy Eyeballs").
 * The next address is tried when one has failed or has not responded for 250 ms; earlier
 * attempts continue in the meantime. The first attempt runs in the caller's thread, so
 * that a server that responds needs no other thread. For one connection.
 */
public final class AddressRace {

	/** RFC 8305, section 8. */
	private static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

	private final WireConnection connection;

	private final Iterator<InetAddress> addresses;

	private final int port;

	private final @Nullable Deadline limit;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private int running;

	private boolean done;

	private long lastStart;

	private @Nullable WireSocket winner;

	private @Nullable Exception failure;

	/** Creates a race; the limit is null for none. */
	public AddressRace(WireConnection connection, List<InetAddress> addresses, int port, @Nullable Deadline limit) {
		this.connection = connection;
		this.addresses = interleaved(addresses).iterator();
		this.port = port;
		this.limit = limit;
	}

	/**
	 * Returns the addresses with alternating families, starting with the first one
	 * (section 4).
	 */
	public static List<InetAddress> interleaved(List<InetAddress> addresses) {
		if (addresses.size() == 1) {
			return addresses;
		}
		List<InetAddress> first = new ArrayList<>();
		List<InetAddress> second = new ArrayList<>();
		boolean firstIs6 = addresses.get(0) instanceof Inet6Address;
		for (InetAddress address : addresses) {
			((address instanceof Inet6Address == firstIs6) ? first : second).add(address);
		}
		List<InetAddress> mixed = new ArrayList<>(addresses.size());
		for (int i = 0; i < addresses.size(); i++) {
			if (i < first.size()) {
				mixed.add(first.get(i));
			}
			if (i < second.size()) {
				mixed.add(second.get(i));
			}
		}
		return mixed;
	}

	/**
	 * Connects to one of the addresses.
	 * @return the connected socket, which the connection now uses
	 */
	public WireSocket run() throws IOException {
		boolean success = false;
		try {
			tryAddresses();
			WireSocket connected = await();
			this.connection.use(connected);
			success = true;
			return connected;
		}
		finally {
			if (!success) {
				cancel();
			}
		}
	}

	/** Tries the addresses one by one until one succeeds or none is left. */
	private void tryAddresses() {
		InetAddress address = next();
		while (address != null) {
			WireSocket connected = null;
			Exception problem = null;
			try {
				connected = connect(new InetSocketAddress(address, this.port));
			}
			catch (IOException | RuntimeException ex) {
				problem = ex;
			}
			finished(connected, problem);
			address = Thread.currentThread().isInterrupted() ? null : next();
		}
	}

	private @Nullable InetAddress next() {
		this.lock.lock();
		try {
			if (this.done || !this.addresses.hasNext()) {
				return null;
			}
			this.running++;
			this.lastStart = System.nanoTime();
			return this.addresses.next();
		}
		finally {
			this.lock.unlock();
		}
	}

	private WireSocket connect(InetSocketAddress address) throws IOException {
		WireSocket socket = this.connection.newSocket();
		try {
			socket.limit(null, this.limit);
			requireOpen();
			if (hasMore()) {
				socket.onBlocked(ATTEMPT_DELAY, this::startAnother);
			}
			socket.connect(address);
			socket.onBlocked(ATTEMPT_DELAY, null);
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			socket.closeAfter(ex);
			throw ex;
		}
	}

	/** Fails if another attempt succeeded before this socket could be closed. */
	private void requireOpen() throws SocketException {
		this.lock.lock();
		try {
			if (this.done) {
				throw new SocketException("Socket closed");
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean hasMore() {
		this.lock.lock();
		try {
			return this.addresses.hasNext();
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Starts a thread that tries the next address. Called by {@link LimitWatch}. */
	private void startAnother() {
		this.lock.lock();
		try {
			boolean soon = System.nanoTime() - this.lastStart < ATTEMPT_DELAY.toNanos();
			if (this.done || soon || !this.addresses.hasNext()) {
				return;
			}
			this.lastStart = System.nanoTime();
		}
		finally {
			this.lock.unlock();
		}
		Daemon.start("connect", this::tryAddresses);
	}

	private void finished(@Nullable WireSocket connected, @Nullable Exception problem) {
		boolean lost = false;
		this.lock.lock();
		try {
			this.running--;
			if (connected != null && !this.done) {
				this.done = true;
				this.winner = connected;
			}
			else {
				lost = connected != null;
			}
			recordFailure(problem);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (connected != null) {
			// The caller's thread may still be connecting to another address.
			if (lost) {
				connected.closeQuietly();
			}
			else {
				this.connection.closeOthers(connected);
			}
		}
	}

	private void recordFailure(@Nullable Exception problem) {
		if (problem != null && !this.done) {
			if (this.failure != null) {
				problem.addSuppressed(this.failure);
			}
			this.failure = problem;
		}
	}

	/** Waits for the attempts in other threads. */
	private WireSocket await() throws IOException {
		this.lock.lock();
		try {
			while (this.winner == null && this.running > 0) {
				long nanos = (this.limit != null) ? this.limit.remainingNanos() : Long.MAX_VALUE;
				if (nanos <= 0) {
					throw new SocketTimeoutException("Connect timed out");
				}
				this.changed.awaitNanos(nanos);
			}
			if (this.winner != null) {
				return this.winner;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ClosedByInterruptException();
		}
		finally {
			this.lock.unlock();
		}
		if (this.failure instanceof RuntimeException unchecked) {
			throw unchecked;
		}
		throw (this.failure instanceof IOException ex) ? ex : new SocketTimeoutException("Connect timed out");
	}

	private void cancel() {
		this.lock.lock();
		try {
			this.done = true;
		}
		finally {
			this.lock.unlock();
		}
		this.connection.closeCandidates();
	}

}
