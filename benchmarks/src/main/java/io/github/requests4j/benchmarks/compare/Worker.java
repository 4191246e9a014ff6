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

/**
 * The process of one candidate. Runs a round for each line of its standard input, a
 * number of calls, and answers with a {@link Sample}; ends with its input.
 */
final class Worker {

	private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
		.getThreadMXBean();

	private static final com.sun.management.OperatingSystemMXBean SYSTEM = (com.sun.management.OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private final Client client;

	private final Workload workload;

	private final String url;

	private Worker(Client client, Workload workload, String url) {
		this.client = client;
		this.workload = workload;
		this.url = url;
	}

	/**
	 * Works until there is nothing more to do.
	 * @param args candidate, workload, the server's base URL, the file with its
	 * certificate
	 */
	public static void main(String[] args) throws Exception {
		Workload workload = Workload.of(args[1]);
		Setup setup = new Setup(args[2], Path.of(args[3]), workload.threads());
		ExecutorService threads = Executors.newFixedThreadPool(workload.threads());
		try (Client client = Candidate.valueOf(args[0]).open(setup)) {
			new Worker(client, workload, args[2] + workload.path()).serve(threads);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void serve(ExecutorService threads) throws Exception {
		BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		for (String line = orders.readLine(); line != null; line = orders.readLine()) {
			Output.line(round(threads, Integer.parseInt(line)));
		}
	}

	private Sample round(ExecutorService threads, int calls) throws Exception {
		int each = calls / this.workload.threads();
		CountDownLatch start = new CountDownLatch(1);
		List<Future<Void>> running = new ArrayList<>();
		for (int i = 0; i < this.workload.threads(); i++) {
			running.add(threads.submit(() -> {
				start.await();
				for (int call = 0; call < each; call++) {
					call();
				}
				return null;
			}));
		}
		long bytes = allocated();
		long cpu = SYSTEM.getProcessCpuTime();
		long wall = System.nanoTime();
		start.countDown();
		for (Future<Void> future : running) {
			future.get();
		}
		double count = (double) each * this.workload.threads();
		return new Sample((System.nanoTime() - wall) / 1000 / count, (SYSTEM.getProcessCpuTime() - cpu) / 1000 / count,
				(allocated() - bytes) / count);
	}

	private void call() throws Exception {
		long length = switch (this.workload) {
			case POST -> this.client.post(this.url, Order.sample()).note().length();
			case DOWNLOAD -> this.client.download(this.url);
			default -> this.client.get(this.url);
		};
		if (length < 200) {
			throw new IOException("The answer has " + length + " bytes only");
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
