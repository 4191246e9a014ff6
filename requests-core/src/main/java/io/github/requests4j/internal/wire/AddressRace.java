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

	private final @Nullable HostAddresses known;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/** The addresses that are being connected to, in the order in which that began. */
	private final List<InetAddress> running = new ArrayList<>(1);

	private boolean done;

	private long lastStart;

	private @Nullable WireSocket winner;

	private @Nullable Exception failure;

	/**
	 * Creates a race.
	 * @param limit the limit, or {@code null} for none
	 * @param known remembers which addresses fail and moves them to the end; {@code null}
	 * for nothing
	 */
	public AddressRace(WireConnection connection, List<InetAddress> addresses, int port, @Nullable Deadline limit,
			@Nullable HostAddresses known) {
		List<InetAddress> mixed = interleaved(addresses);
		this.connection = connection;
		this.addresses = ((known != null) ? known.ordered(mixed, System.nanoTime()) : mixed).iterator();
		this.port = port;
		this.limit = limit;
		this.known = known;
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
			finished(address, connected, problem);
			address = Thread.currentThread().isInterrupted() ? null : next();
		}
	}

	private @Nullable InetAddress next() {
		this.lock.lock();
		try {
			if (this.done || !this.addresses.hasNext() || isLate()) {
				return null;
			}
			InetAddress address = this.addresses.next();
			this.running.add(address);
			this.lastStart = System.nanoTime();
			return address;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Returns whether no time is left for an address after those that failed. */
	private boolean isLate() {
		return this.failure != null && this.limit != null && this.limit.hasPassed();
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

	private void finished(InetAddress address, @Nullable WireSocket connected, @Nullable Exception problem) {
		boolean lost = false;
		this.lock.lock();
		try {
			if (connected != null && !this.done) {
				this.done = true;
				this.winner = connected;
				rememberOvertaken(address);
			}
			else {
				lost = connected != null;
			}
			recordFailure(address, problem);
			this.running.remove(address);
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

	/** Treats the addresses that the winner has overtaken like those that fail. */
	private void rememberOvertaken(InetAddress winner) {
		HostAddresses target = this.known;
		for (int i = 0; target != null && !this.running.get(i).equals(winner); i++) {
			target.failed(this.running.get(i), System.nanoTime());
		}
	}

	private void recordFailure(InetAddress address, @Nullable Exception problem) {
		if (problem != null && !this.done) {
			if (this.failure != null) {
				problem.addSuppressed(this.failure);
			}
			this.failure = problem;
			rememberFailure(address);
		}
	}

	/** An attempt that was ended from outside says nothing about its address. */
	private void rememberFailure(InetAddress address) {
		HostAddresses target = this.known;
		if (target != null && !this.connection.wasAborted() && !Thread.currentThread().isInterrupted()) {
			target.failed(address, System.nanoTime());
		}
	}

	/** Waits for the attempts in other threads. */
	private WireSocket await() throws IOException {
		this.lock.lock();
		try {
			while (this.winner == null && !this.running.isEmpty()) {
				long nanos = (this.limit != null) ? this.limit.remainingNanos() : Long.MAX_VALUE;
				if (nanos <= 0) {
					this.running.forEach(this::rememberFailure);
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
