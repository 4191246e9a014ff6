package io.github.requests4j.spring.internal.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedRuntimeException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Runs commands of sessions on the Redis server of the application. No caller waits
 * longer than the timeout, although the connections of the application may have a much
 * longer one, because the commands run on separate daemon threads. After a failure, no
 * caller waits at all until a command in the background has succeeded. Thread-safe.
 */
public final class RedisAccess implements StoreActivity, AutoCloseable {

	/** The maximum number of commands that wait for a response at the same time. */
	private static final int THREADS = 16;

	private static final int QUEUE = 1000;

	private static final long IDLE_SECONDS = 10;

	/** The first connection loads the driver, which takes longer than any command. */
	private static final Duration FIRST_CONNECTION = Duration.ofSeconds(10);

	private static final Duration REHEARSAL_LEASE = Duration.ofSeconds(5);

	private static final byte[] REHEARSAL = "return {1, KEYS[1]}".getBytes(StandardCharsets.US_ASCII);

	private final RedisConnectionFactory connections;

	private final long timeoutNanos;

	private final String prefix;

	private final Seal seal;

	private final ThreadPoolExecutor threads;

	/** A separate thread, because its tasks wait for the other threads. */
	private final ScheduledThreadPoolExecutor timer;

	private final Availability availability = new Availability();

	private final Map<RedisUse, Counters> counters = new EnumMap<>(RedisUse.class);

	private @Nullable FutureTask<?> probe;

	/**
	 * Creates the access, which connects when it is first used.
	 * @param connections the connections of the application
	 * @param timeout how long a caller waits
	 * @param prefix the first part of all keys, without a colon at its end
	 * @param seal encrypts values
	 */
	public RedisAccess(RedisConnectionFactory connections, Duration timeout, String prefix, Seal seal) {
		this.connections = connections;
		this.timeoutNanos = timeout.toNanos();
		this.prefix = prefix;
		this.seal = seal;
		AtomicInteger number = new AtomicInteger();
		ThreadFactory factory = (task) -> {
			Thread thread = new Thread(task, "requests-redis-" + number.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
		this.threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(QUEUE), factory);
		this.threads.allowCoreThreadTimeOut(true);
		this.timer = new ScheduledThreadPoolExecutor(1, factory, new ThreadPoolExecutor.DiscardPolicy());
		this.timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.timer.allowCoreThreadTimeOut(true);
		this.timer.setRemoveOnCancelPolicy(true);
		for (RedisUse use : RedisUse.values()) {
			this.counters.put(use, new Counters());
		}
	}

	/** The counters of one use. */
	private static final class Counters {

		private final LongAdder calls = new LongAdder();

		private final LongAdder failures = new LongAdder();

		private final LongAdder fallbacks = new LongAdder();

		private Counts counts() {
			return new Counts(this.calls.sum(), this.failures.sum(), this.fallbacks.sum());
		}

	}

	/**
	 * Runs commands and waits for their result, within the timeout.
	 * @param <T> the type of the result
	 * @param use what they are for
	 * @param action the commands; it may still run when the caller has given up
	 * @return the result, or {@code null} if the action returned that
	 * @throws RedisUnavailableException if Redis is unavailable, slow or rejects a
	 * command, if too many commands are waiting, or if the thread is interrupted, which
	 * stays interrupted
	 */
	public <T> @Nullable T call(RedisUse use, RedisAction<T> action) throws RedisUnavailableException {
		Counters numbers = counters(use);
		if (!this.availability.isAvailable()) {
			numbers.calls.increment();
			numbers.fallbacks.increment();
			probeIfDue();
			throw new RedisUnavailableException("Redis is unavailable", null);
		}
		return send(numbers, action);
	}

	private <T> @Nullable T send(Counters numbers, RedisAction<T> action) throws RedisUnavailableException {
		numbers.calls.increment();
		try {
			return await(new Command<>(action));
		}
		catch (RedisUnavailableException ex) {
			numbers.failures.increment();
			numbers.fallbacks.increment();
			throw ex;
		}
	}

	/**
	 * Runs commands that have no result, for callers that can continue without Redis.
	 * @param use what they are for
	 * @param commands the commands; they may still run when the caller has given up
	 * @return {@code true} if they have run; {@code false} if {@link #call} would throw a
	 * {@link RedisUnavailableException}, which is counted in the same way
	 */
	public boolean tryRun(RedisUse use, Consumer<RedisConnection> commands) {
		try {
			call(use, withoutResult(commands));
			return true;
		}
		catch (RedisUnavailableException ex) {
			return false;
		}
	}

	/**
	 * Runs commands that end what an earlier call started, such as those that release a
	 * lease. If the thread is interrupted or Redis has become unavailable, they run in
	 * the background, because a paused server will run them when it resumes.
	 * @param use what they are for
	 * @param commands the commands; they may still run when the caller has given up
	 */
	public void end(RedisUse use, Consumer<RedisConnection> commands) {
		if (this.availability.isAvailable() && !Thread.currentThread().isInterrupted()) {
			tryRun(use, commands);
			return;
		}
		this.timer.execute(() -> {
			try {
				send(counters(use), withoutResult(commands));
			}
			catch (RedisUnavailableException ex) {
				// The failure is counted, and the server may still run the commands
				return;
			}
		});
	}

	private static RedisAction<Void> withoutResult(Consumer<RedisConnection> commands) {
		return (connection) -> {
			commands.accept(connection);
			return null;
		};
	}

	/**
	 * Runs commands repeatedly in the background, while Redis is available.
	 * @param use what they are for
	 * @param pause the time before the first run and between runs
	 * @param commands the commands
	 * @return the task, which the caller must cancel
	 */
	public Future<?> repeat(RedisUse use, Duration pause, Consumer<RedisConnection> commands) {
		return this.timer.scheduleWithFixedDelay(() -> tryRun(use, commands), pause.toNanos(), pause.toNanos(),
				TimeUnit.NANOSECONDS);
	}

	private Counters counters(RedisUse use) {
		Counters numbers = this.counters.get(use);
		if (numbers == null) {
			throw new IllegalStateException("Every use has counters");
		}
		return numbers;
	}

	private <T> @Nullable T await(Command<T> command) throws RedisUnavailableException {
		try {
			this.threads.execute(command);
			return command.get(this.timeoutNanos, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			throw new RedisUnavailableException("Too many commands for Redis are waiting", ex);
		}
		catch (InterruptedException ex) {
			command.cancel(true);
			Thread.currentThread().interrupt();
			throw new RedisUnavailableException("The thread was interrupted", ex);
		}
		catch (TimeoutException ex) {
			throw timedOut(command, ex);
		}
		catch (ExecutionException ex) {
			throw failed(ex.getCause());
		}
	}

	/**
	 * Handles a timeout. A command that never got a thread reveals nothing about Redis.
	 */
	private RedisUnavailableException timedOut(Command<?> command, TimeoutException ex) {
		command.cancel(true);
		if (command.started) {
			String problem = "no answer within " + TimeUnit.NANOSECONDS.toMillis(this.timeoutNanos) + " ms";
			this.availability.failed(problem);
			return new RedisUnavailableException(problem, ex);
		}
		this.threads.remove(command);
		return new RedisUnavailableException("Too many commands for Redis are waiting", ex);
	}

	private RedisUnavailableException failed(@Nullable Throwable cause) {
		if (cause instanceof Error error) {
			throw error;
		}
		String problem = describe(cause);
		// Spring wraps the exceptions of drivers, and others are bugs of the action
		if (cause instanceof NestedRuntimeException && !isAnswer(cause)) {
			this.availability.failed(problem);
		}
		else {
			this.availability.rejected(problem);
		}
		return new RedisUnavailableException(problem, cause);
	}

	/** Returns the innermost message, which names the host or the rejected command. */
	private static String describe(@Nullable Throwable cause) {
		Throwable root = cause;
		for (int depth = 0; root != null && root.getCause() != null && depth < 20; depth++) {
			root = root.getCause();
		}
		return (root != null && root.getMessage() != null) ? root.getMessage().lines().findFirst().orElse("")
				: String.valueOf(root);
	}

	/**
	 * Returns whether Redis responded with an error. The drivers have different
	 * exceptions for that, and either driver may be absent.
	 */
	private static boolean isAnswer(@Nullable Throwable error) {
		Throwable cause = error;
		for (int depth = 0; cause != null && depth < 20; depth++) {
			for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
				if (type.getSimpleName().equals("RedisCommandExecutionException")
						|| type.getSimpleName().equals("JedisDataException")) {
					return true;
				}
			}
			cause = cause.getCause();
		}
		return false;
	}

	/**
	 * Starts a probe. It ends the previous one, so that a hanging server blocks no
	 * threads.
	 */
	private void probeIfDue() {
		if (this.availability.isProbeDue()) {
			FutureTask<?> next = new FutureTask<>(this::probe, null);
			FutureTask<?> last;
			synchronized (this) {
				last = this.probe;
				this.probe = next;
			}
			if (last != null) {
				last.cancel(true);
				this.threads.remove(last);
			}
			try {
				this.threads.execute(next);
			}
			catch (RejectedExecutionException ex) {
				next.cancel(false);
			}
		}
	}

	private void probe() {
		try {
			ping();
			long start = System.nanoTime();
			ping();
			if (System.nanoTime() - start < this.timeoutNanos) {
				this.availability.succeeded();
			}
		}
		catch (RuntimeException ex) {
			this.availability.failed(describe(ex));
		}
	}

	private void ping() {
		try (RedisConnection connection = this.connections.getConnection()) {
			connection.ping();
		}
	}

	/**
	 * Connects and runs typical commands once, so that the first call does not have to
	 * load their classes within the timeout. Waits up to ten seconds. Does not throw if
	 * Redis is unavailable.
	 */
	public void connect() {
		FutureTask<?> first = new FutureTask<>(() -> {
			probe();
			if (this.availability.isAvailable()) {
				rehearse();
			}
		}, null);
		try {
			this.threads.execute(first);
			first.get(FIRST_CONNECTION.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException ex) {
			// The task continues, and its result still counts
			this.availability.failed("no connection within " + FIRST_CONNECTION.toSeconds() + " s");
		}
		catch (ExecutionException | RejectedExecutionException ex) {
			this.availability.failed(describe(ex));
		}
	}

	private void rehearse() {
		byte[] holder = Leases.newHolder();
		String place = "rehearsal:" + new String(holder, StandardCharsets.US_ASCII);
		byte[] key = key(RedisUse.TOKENS, place);
		this.seal.open(this.seal.seal(holder, place), place);
		try (RedisConnection connection = this.connections.getConnection()) {
			Leases.take(connection, key, holder, REHEARSAL_LEASE);
			connection.stringCommands().get(key);
			Leases.remove(connection, key, holder);
			connection.scriptingCommands().eval(REHEARSAL, ReturnType.MULTI, 1, key);
		}
		catch (RuntimeException ex) {
			// The first real call reports the problem
			return;
		}
	}

	/**
	 * Returns a key.
	 * @param use what it is for
	 * @param rest the rest of the key. A part in braces, which is the same in several
	 * keys, keeps them on the same node of a cluster.
	 * @return the key with the prefix of the application
	 */
	public byte[] key(RedisUse use, String rest) {
		return (this.prefix + ":" + use.id() + ":" + rest).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Returns how long a caller waits for Redis.
	 * @return the timeout
	 */
	public Duration timeout() {
		return Duration.ofNanos(this.timeoutNanos);
	}

	/**
	 * Returns the seal that encrypts values.
	 * @return the seal, which does not encrypt without a key
	 */
	public Seal seal() {
		return this.seal;
	}

	@Override
	public Counts counts(RedisUse use) {
		return counters(use).counts();
	}

	@Override
	public Map<RedisUse, Counts> counts() {
		Map<RedisUse, Counts> used = new EnumMap<>(RedisUse.class);
		this.counters.forEach((use, numbers) -> {
			Counts counts = numbers.counts();
			if (counts.calls() > 0) {
				used.put(use, counts);
			}
		});
		return used;
	}

	@Override
	public @Nullable Long unavailableSince() {
		return this.availability.unavailableSince();
	}

	/** Ends the threads. The connections belong to the application. */
	@Override
	public void close() {
		this.timer.shutdownNow();
		this.threads.shutdownNow();
	}

	/** Commands that record whether they have been started. */
	private final class Command<T> extends FutureTask<@Nullable T> {

		private volatile boolean started;

		private Command(RedisAction<T> action) {
			super(() -> {
				try (RedisConnection connection = RedisAccess.this.connections.getConnection()) {
					return action.run(connection);
				}
			});
		}

		@Override
		public void run() {
			this.started = true;
			super.run();
		}

	}

}
