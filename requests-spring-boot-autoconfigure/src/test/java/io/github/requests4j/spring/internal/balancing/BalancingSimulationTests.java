package io.github.requests4j.spring.internal.balancing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.adapters.RetryBudget;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three servers on real sockets, of which one turns slow, and another one dies and
 * returns. The clock of the balancer runs faster than that of the sockets, so that an
 * ejection does not take real time; the calls are seeded. With {@code -Ddeep=true} the
 * phases are as long as in the table of the page about resilience.
 */
@Timeout(300)
class BalancingSimulationTests {

	private static final boolean DEEP = Boolean.getBoolean("deep");

	/** The calls of a phase. */
	private static final int CALLS = DEEP ? 4000 : 400;

	private static final int THREADS = 8;

	/** How much faster the clock of the balancer is. */
	private static final int SPEED = DEEP ? 5 : 20;

	private final AtomicLong skipped = new AtomicLong();

	private final List<Server> servers = new ArrayList<>();

	private long now() {
		return System.nanoTime() * SPEED + this.skipped.get();
	}

	@Test
	void noHarmlessCallIsLostAndSharesFollowTheState(TestReporter reporter) throws Exception {
		for (int i = 0; i < 3; i++) {
			this.servers.add(new Server(i));
		}
		List<String> urls = this.servers.stream().map(Server::url).toList();
		List<Instance> instances = urls.stream().map((url) -> new Instance(url, this::now)).toList();
		HttpAdapter transport = HttpAdapter.builder().poolMaxsize(THREADS).build();
		BaseUrls destinations = BaseUrls.of(urls, instances);
		try (Session session = Session.builder()
			.baseUrl(urls.get(0))
			.mount("http://", transport)
			.mount("http://127.0.0.1",
					new BalancedAdapter(destinations, transport, Failover.policy(RetryBudget.ofPercent(20))))
			.build()) {
			Phase well = run("all are healthy", session);
			this.servers.get(1).delay = 50;
			Phase slow = run("the second is 25 times as slow", session);
			this.servers.get(2).die(CALLS / 20);
			Phase dead = run("the third dies", session);
			this.servers.get(2).revive();
			this.skipped.addAndGet(Instance.Health.LONGEST_EJECTION);
			Phase returned = run("the third returns", session);
			this.servers.get(1).delay = 2;
			this.skipped.addAndGet(Instance.Health.LONGEST_EJECTION);
			Phase end = run("the second is quick again", session);
			List<Phase> phases = List.of(well, slow, dead, returned, end);
			phases.forEach((phase) -> reporter.publishEntry(phase.toString()));
			assertThat(phases).extracting(Phase::lost).containsOnly(0);
			assertThat(well.shares()).allMatch((share) -> share >= 20);
			assertThat(slow.shares().get(1)).as("share of the slow one").isLessThan(10);
			assertThat(dead.shares().get(2)).as("share of the dead one").isLessThan(15);
			assertThat(returned.shares().get(2)).as("share of the one that returned").isBetween(10, 60);
			assertThat(end.shares()).allMatch((share) -> share >= 15);
		}
		finally {
			this.servers.forEach(Server::close);
		}
	}

	private Phase run(String name, Session session) throws InterruptedException, ExecutionException {
		List<Integer> before = this.servers.stream().map((server) -> server.answered.get()).toList();
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		AtomicInteger lost = new AtomicInteger();
		AtomicInteger started = new AtomicInteger();
		List<Long> latencies = new ArrayList<>();
		try {
			List<Future<List<Long>>> callers = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				callers.add(threads.submit(() -> {
					List<Long> own = new ArrayList<>();
					while (started.getAndIncrement() < CALLS) {
						long start = System.nanoTime();
						try {
							session.get("items").raiseForStatus();
						}
						catch (RuntimeException ex) {
							lost.incrementAndGet();
						}
						own.add(System.nanoTime() - start);
					}
					return own;
				}));
			}
			for (Future<List<Long>> caller : callers) {
				latencies.addAll(caller.get());
			}
		}
		finally {
			threads.shutdownNow();
		}
		List<Integer> answered = new ArrayList<>();
		for (int i = 0; i < this.servers.size(); i++) {
			answered.add(this.servers.get(i).answered.get() - before.get(i));
		}
		latencies.sort(null);
		return new Phase(name, answered.stream().map((count) -> 100 * count / CALLS).toList(), lost.get(),
				TimeUnit.NANOSECONDS.toMillis(latencies.get(CALLS / 2)),
				TimeUnit.NANOSECONDS.toMillis(latencies.get(CALLS * 99 / 100)));
	}

	private record Phase(String name, List<Integer> shares, int lost, long median, long p99) {
	}

	/**
	 * A server with persistent connections, which takes a while for each response. It can
	 * die while it has requests, and return at the same port.
	 */
	private static final class Server {

		private final Random random;

		private final InetSocketAddress address;

		private final ExecutorService threads = Executors.newCachedThreadPool();

		private final Set<Socket> open = ConcurrentHashMap.newKeySet();

		private final AtomicInteger answered = new AtomicInteger();

		private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

		/** In milliseconds. */
		private volatile long delay = 2;

		private volatile @Nullable ServerSocket listening;

		Server(int number) throws IOException {
			this.random = new Random(number);
			ServerSocket first = listen(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
			this.address = (InetSocketAddress) first.getLocalSocketAddress();
		}

		private ServerSocket listen(InetSocketAddress where) throws IOException {
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			socket.bind(where, 100);
			this.listening = socket;
			this.threads.execute(() -> accept(socket));
			return socket;
		}

		String url() {
			return "http://127.0.0.1:" + this.address.getPort();
		}

		private void accept(ServerSocket from) {
			while (!from.isClosed()) {
				try {
					Socket socket = from.accept();
					this.open.add(socket);
					this.threads.execute(() -> serve(socket));
				}
				catch (IOException ex) {
					return;
				}
			}
		}

		private void serve(Socket socket) {
			try (socket) {
				BufferedReader in = new BufferedReader(
						new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
				String line = in.readLine();
				while (line != null) {
					if (line.isEmpty()) {
						respond(socket);
					}
					line = in.readLine();
				}
			}
			catch (IOException ex) {
				// The client or this server closed it
			}
			finally {
				this.open.remove(socket);
			}
		}

		private void respond(Socket socket) throws IOException {
			if (this.left.getAndDecrement() <= 0) {
				close();
			}
			LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(this.delay * (500 + this.random.nextInt(1000))));
			socket.getOutputStream()
				.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.ISO_8859_1));
			this.answered.incrementAndGet();
		}

		/** Dies when it has received some more requests, and has others in progress. */
		void die(int after) {
			this.left.set(after);
		}

		void revive() throws IOException {
			this.left.set(Integer.MAX_VALUE);
			listen(this.address);
		}

		void close() {
			try {
				ServerSocket socket = this.listening;
				if (socket != null) {
					socket.close();
				}
				for (Socket connection : this.open) {
					connection.close();
				}
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
