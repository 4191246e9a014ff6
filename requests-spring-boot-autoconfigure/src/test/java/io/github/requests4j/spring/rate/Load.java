package io.github.requests4j.spring.rate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Threads that call replicas at the same time.
 */
final class Load {

	private Load() {
	}

	/** What each thread does with its replica. */
	interface Work {

		void run(Replica replica) throws Exception;

	}

	/** Runs work in so many threads for each replica. */
	static void run(List<Replica> replicas, int threads, Work work) {
		int[] each = new int[replicas.size()];
		Arrays.fill(each, threads);
		run(replicas, each, work);
	}

	/** Runs work in as many threads as there are numbers for the replicas. */
	static void run(List<Replica> replicas, int[] threads, Work work) {
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < replicas.size(); i++) {
				Replica replica = replicas.get(i);
				for (int j = 0; j < threads[i]; j++) {
					all.add(executor.submit(() -> {
						work.run(replica);
						return null;
					}));
				}
			}
			for (Future<?> one : all) {
				one.get(300, TimeUnit.SECONDS);
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			executor.shutdownNow();
		}
	}

}
