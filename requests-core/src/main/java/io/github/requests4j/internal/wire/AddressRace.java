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
 * Connects to the first of several addresses that answers (RFC 8305, "Happy Eyeballs").
 * The next address is tried as soon as one has failed, or has not answered for a quarter
 * of a second; earlier attempts go on meanwhile. The first one tries in the caller's
 * thread, so that a server which answers costs no other. For one connection.
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

	private boolean over;

	private long lastStart;

	private @Nullable WireSocket winner;

	private @Nullable Exception failure;

	/** Prepares the race; its deadline is {@code null} for none. */
	public AddressRace(WireConnection connection, List<InetAddress> addresses, int port, @Nullable Deadline limit) {
		this.connection = connection;
		this.addresses = interleaved(addresses).iterator();
		this.port = port;
		this.limit = limit;
	}

	/** The families in turns, beginning with the first one (section 4). */
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
	 * Connects.
	 * @return a connected socket, which the connection uses now
	 */
	public WireSocket run() throws IOException {
		boolean done = false;
		try {
			tryAddresses();
			WireSocket connected = await();
			this.connection.use(connected);
			done = true;
			return connected;
		}
		finally {
			if (!done) {
				giveUp();
			}
		}
	}

	/** Tries one address after the other until there is a winner, or none is left. */
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
			if (this.over || !this.addresses.hasNext()) {
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
				socket.whenBlocked(ATTEMPT_DELAY, this::startAnother);
			}
			socket.connect(address);
			socket.whenBlocked(ATTEMPT_DELAY, null);
			return socket;
		}
		catch (IOException | RuntimeException ex) {
			socket.closeAfter(ex);
			throw ex;
		}
	}

	/** Another attempt may have won before this socket was there to be closed. */
	private void requireOpen() throws SocketException {
		this.lock.lock();
		try {
			if (this.over) {
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

	/** Lets another thread try the next address; called by the watch. */
	private void startAnother() {
		this.lock.lock();
		try {
			boolean soon = System.nanoTime() - this.lastStart < ATTEMPT_DELAY.toNanos();
			if (this.over || soon || !this.addresses.hasNext()) {
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
			if (connected != null && !this.over) {
				this.over = true;
				this.winner = connected;
			}
			else {
				lost = connected != null;
			}
			note(problem);
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
		if (connected != null) {
			// The thread of the caller may still be connecting to another address.
			if (lost) {
				connected.quietlyClose();
			}
			else {
				this.connection.closeOthers(connected);
			}
		}
	}

	private void note(@Nullable Exception problem) {
		if (problem != null && !this.over) {
			if (this.failure != null) {
				problem.addSuppressed(this.failure);
			}
			this.failure = problem;
		}
	}

	/** Waits for the attempts of other threads. */
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

	private void giveUp() {
		this.lock.lock();
		try {
			this.over = true;
		}
		finally {
			this.lock.unlock();
		}
		this.connection.closeCandidates();
	}

}
