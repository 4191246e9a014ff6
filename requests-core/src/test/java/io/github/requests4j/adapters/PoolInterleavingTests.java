package io.github.requests4j.adapters;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import org.jetbrains.lincheck.datastructures.BooleanGen;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.interleaving.Interleavings;
import io.github.requests4j.internal.wire.Upload;
import io.github.requests4j.internal.wire.WireConnection;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * The counts of a pool that threads share: leased, idle and closed connections.
 */
@Tag("once")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class PoolInterleavingTests {

	private static final int MAX = 2;

	private static final List<Plan> PLANS = List.of(plan(0), plan(1), plan(2));

	private static Plan plan(int host) {
		PreparedRequest request = Calls.get("http://h" + host + "/");
		PoolKey key = new PoolKey("http", "h" + host, 80, null, Verify.enabled(), null, null, null);
		return new Plan(request, "GET", SendOptions.DEFAULTS, key, "/", null, Map.of(), null, Upload.of(request));
	}

	/** A socket without a peer, which never receives anything. */
	private static final class SilentSocket extends WireSocket {

		@Override
		public void open() {
			// There is nothing to open.
		}

		@Override
		public void setTcpNoDelay(boolean on) {
			// There is nothing to set.
		}

		@Override
		public InputStream getInputStream() {
			return new ByteArrayInputStream(new byte[0]);
		}

		@Override
		public OutputStream getOutputStream() {
			return OutputStream.nullOutputStream();
		}

	}

	/** A pool, and which thread has leased which of its connections. */
	private static final class Rig {

		private final ConnectionPool pool;

		private final Queue<ConnectionHandle> opened = new ConcurrentLinkedQueue<>();

		private final Map<Integer, Deque<ConnectionHandle>> leases = new ConcurrentHashMap<>();

		Rig(PoolSettings settings) {
			this.pool = new ConnectionPool(settings, Limits.DEFAULTS) {
				@Override
				ConnectionHandle open(PoolKey key, Route route) {
					return Rig.this.open(super.open(key, route));
				}
			};
		}

		private ConnectionHandle open(ConnectionHandle handle) {
			WireConnection connection = handle.connection();
			try {
				connection.sockets(SilentSocket::new);
				connection.use(connection.newSocket());
				connection.opened(null);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			this.opened.add(handle);
			return handle;
		}

		private Deque<ConnectionHandle> leasedBy(int thread) {
			return this.leases.computeIfAbsent(thread, (any) -> new ConcurrentLinkedDeque<>());
		}

		String lease(int thread, int host, boolean fresh) {
			try {
				leasedBy(thread).push(this.pool.lease(PLANS.get(host), 1, fresh));
				return "leased";
			}
			catch (ConnectTimeoutException ex) {
				return "full";
			}
			catch (ConnectionException ex) {
				return "closed";
			}
		}

		boolean giveBack(int thread, boolean reusable) {
			ConnectionHandle handle = leasedBy(thread).poll();
			if (handle != null) {
				this.pool.release(handle, reusable);
			}
			return handle != null;
		}

		int leasedCount() {
			return this.leases.values().stream().mapToInt(Deque::size).sum();
		}

		int open() {
			return (int) this.opened.stream()
				.filter((handle) -> handle.phase() != ConnectionHandle.Phase.CLOSED)
				.count();
		}

		void requireSound() {
			PoolStatistics now = this.pool.statistics();
			require(now.leased() == leasedCount(), "leased");
			require(now.pending() == 0, "pending");
			require(now.leased() + now.available() == open(), "open");
		}

		void require(boolean condition, String what) {
			if (!condition) {
				throw new IllegalStateException(
						what + ": " + leasedCount() + " leased, " + open() + " open, " + this.pool.statistics());
			}
		}

	}

	/** The counts of one thread. */
	private static final class Accounts {

		private final Map<Integer, Deque<Integer>> leases = new HashMap<>();

		private int leased;

		private boolean closed;

		String lease(int thread, int max) {
			if (this.closed) {
				return "closed";
			}
			if (this.leased == max) {
				return "full";
			}
			this.leased++;
			this.leases.computeIfAbsent(thread, (any) -> new ArrayDeque<>()).push(0);
			return "leased";
		}

		boolean giveBack(int thread) {
			Deque<Integer> own = this.leases.getOrDefault(thread, new ArrayDeque<>());
			if (own.poll() == null) {
				return false;
			}
			this.leased--;
			return true;
		}

	}

	/** A pool that never leases more connections than the maximum. */
	public static final class Blocking {

		private final Rig rig = new Rig(new PoolSettings(10, MAX, true, Duration.ofNanos(1), null, null));

		@Operation
		public String lease(@Param(gen = ThreadIdGen.class) int thread, @Param(gen = BooleanGen.class) boolean fresh) {
			return this.rig.lease(thread, 0, fresh);
		}

		@Operation
		public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
			return this.rig.giveBack(thread, true);
		}

		@Operation
		public boolean discard(@Param(gen = ThreadIdGen.class) int thread) {
			return this.rig.giveBack(thread, false);
		}

		@Operation
		public int leased() {
			return this.rig.pool.statistics().leased();
		}

		@Validate
		public void validate() {
			this.rig.requireSound();
			this.rig.require(this.rig.open() <= MAX, "above the maximum");
		}

	}

	/** The same for one thread. */
	public static final class BlockingModel {

		private final Accounts accounts = new Accounts();

		@Operation
		public String lease(int thread, boolean fresh) {
			return this.accounts.lease(thread, MAX);
		}

		@Operation
		public boolean release(int thread) {
			return this.accounts.giveBack(thread);
		}

		@Operation
		public boolean discard(int thread) {
			return this.accounts.giveBack(thread);
		}

		@Operation
		public int leased() {
			return this.accounts.leased;
		}

	}

	/** A pool that is closed concurrently. */
	public static final class Closing {

		private final Rig rig = new Rig(new PoolSettings(10, MAX, false, null, null, null));

		private volatile @Nullable Boolean closed;

		@Operation
		public String lease(@Param(gen = ThreadIdGen.class) int thread, @Param(gen = BooleanGen.class) boolean fresh) {
			return this.rig.lease(thread, 0, fresh);
		}

		@Operation
		public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
			return this.rig.giveBack(thread, true);
		}

		@Operation
		public boolean discard(@Param(gen = ThreadIdGen.class) int thread) {
			return this.rig.giveBack(thread, false);
		}

		@Operation(runOnce = true)
		public void close() {
			this.rig.pool.close();
			this.closed = true;
		}

		@Validate
		public void validate() {
			if (this.closed == null) {
				this.rig.requireSound();
				return;
			}
			// No thread waits for a response on a connection of a closed pool.
			this.rig.require(this.rig.open() == 0, "open after closing");
			int leased = this.rig.opened.stream()
				.map(ConnectionHandle::route)
				.distinct()
				.mapToInt((route) -> route.statistics().leased())
				.sum();
			this.rig.require(leased == this.rig.leasedCount(), "leased after closing: " + leased);
		}

	}

	/** The same for one thread. */
	public static final class ClosingModel {

		private final Accounts accounts = new Accounts();

		@Operation
		public String lease(int thread, boolean fresh) {
			return this.accounts.lease(thread, Integer.MAX_VALUE);
		}

		@Operation
		public boolean release(int thread) {
			return this.accounts.giveBack(thread);
		}

		@Operation
		public boolean discard(int thread) {
			return this.accounts.giveBack(thread);
		}

		@Operation
		public void close() {
			this.accounts.closed = true;
		}

	}

	/** A pool for one host that three threads use. */
	public static final class Crowded {

		private final Rig rig = new Rig(new PoolSettings(1, 1, false, null, null, null));

		@Operation
		public String lease(@Param(gen = ThreadIdGen.class) int thread,
				@Param(gen = IntGen.class, conf = "0:2") int host) {
			return this.rig.lease(thread, host, false);
		}

		@Operation
		public boolean release(@Param(gen = ThreadIdGen.class) int thread) {
			return this.rig.giveBack(thread, true);
		}

		@Validate
		public void validate() {
			this.rig.requireSound();
			this.rig.pool.statisticsByKey()
				.values()
				.forEach((route) -> this.rig.require(route.available() <= 1, "idle of one host"));
		}

	}

	/** The same for one thread. */
	public static final class CrowdedModel {

		private final Accounts accounts = new Accounts();

		@Operation
		public String lease(int thread, int host) {
			return this.accounts.lease(thread, Integer.MAX_VALUE);
		}

		@Operation
		public boolean release(int thread) {
			return this.accounts.giveBack(thread);
		}

	}

	@Test
	@DisplayName("concurrency: a blocking pool never exceeds its maximum and loses no permit")
	void blockingPoolNeverExceedsItsMaximum() throws Exception {
		Interleavings.stress(Blocking.class, BlockingModel.class);
	}

	@Test
	@DisplayName("concurrency: pools that are closed or evicted lose no connection")
	void closedPoolsLoseNoConnection() throws Exception {
		Interleavings.check(Closing.class, ClosingModel.class, Crowded.class, CrowdedModel.class);
	}

}
