package io.github.requests4j.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.management.ThreadMXBean;

/**
 * The process of one candidate. Each line of its standard input contains a number of
 * calls. The worker makes them and responds with a {@link Sample}. If {@code warm} and a
 * number of seconds follow, it repeats them until the just-in-time compiler is quiet or
 * the time is over, and responds with a {@link WarmUp}. It ends with its input.
 */
final class Worker {

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Client client;

	private final Workload workload;

	private final String url;

	private final CompilerTime compiler = new CompilerTime();

	private Worker(Client client, Workload workload, String url) {
		this.client = client;
		this.workload = workload;
		this.url = url;
	}

	/**
	 * Processes all lines of the input.
	 * @param args candidate, workload, the server's base URL, the file with its
	 * certificate
	 */
	public static void main(String[] args) throws Exception {
		Workload workload = Workload.valueOf(args[1]);
		Setup setup = new Setup(args[2], workload.isSecure() ? Path.of(args[3]) : null, workload.connections(),
				workload.threads() > workload.connections());
		ExecutorService threads = (workload == Workload.VIRTUAL) ? virtualThreads()
				: Executors.newFixedThreadPool(workload.threads());
		try (Client client = Candidate.valueOf(args[0]).open(setup)) {
			new Worker(client, workload, args[2] + workload.path()).serve(threads);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static ExecutorService virtualThreads() throws ReflectiveOperationException {
		return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
	}

	private void serve(ExecutorService threads) throws Exception {
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			String[] order = line.split(" ");
			int calls = Integer.parseInt(order[0]);
			Output
				.line((order.length > 1) ? warmUp(threads, calls, Integer.parseInt(order[2])) : round(threads, calls));
		}
	}

	private WarmUp warmUp(ExecutorService threads, int calls, int seconds) throws Exception {
		long begin = System.nanoTime();
		Quiet quiet = new Quiet(this.compiler);
		double elapsed;
		do {
			round(threads, calls);
			elapsed = (System.nanoTime() - begin) / 1e9;
		}
		while (!quiet.isReached() && elapsed < seconds);
		return new WarmUp(elapsed, quiet.isReached());
	}

	private Sample round(ExecutorService threads, int calls) throws Exception {
		int each = calls / this.workload.threads();
		CountDownLatch start = new CountDownLatch(1);
		List<Future<Void>> running = new ArrayList<>();
		for (int i = 0; i < this.workload.threads(); i++) {
			running.add(threads.submit(() -> {
				start.await();
				for (int call = 0; call < each; call++) {
					call(call);
				}
				return null;
			}));
		}
		long compilation = this.compiler.nanos();
		long bytes = allocated();
		long cpu = ProcessorTime.nanos();
		long wall = System.nanoTime();
		start.countDown();
		for (Future<Void> future : running) {
			future.get();
		}
		double count = (double) each * this.workload.threads();
		double elapsed = (System.nanoTime() - wall) / 1000.0 / count;
		double spent = (ProcessorTime.nanos() - cpu) / 1000.0 / count;
		double allocated = (allocated() - bytes) / count;
		return new Sample(elapsed, spent, allocated, (this.compiler.nanos() - compilation) / 1000.0 / count);
	}

	private void call(int number) throws Exception {
		long length = this.workload.call(this.client, this.url, number);
		if (length < 200) {
			throw new IOException("The response only has " + length + " bytes");
		}
	}

	private static long allocated() {
		long sum = 0;
		for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
			sum += Math.max(bytes, 0);
		}
		return sum;
	}

}
