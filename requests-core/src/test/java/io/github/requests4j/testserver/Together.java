package io.github.requests4j.testserver;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs several checks at the same time, because each spends most of its time waiting.
 */
public final class Together {

	/** So few that checks with short waits are not delayed. */
	private static final int MOST = 10;

	private Together() {
	}

	/** A check. */
	@FunctionalInterface
	public interface Check {

		void run() throws Exception;

	}

	/**
	 * Runs all checks, leaves no thread running, and fails like the first one that fails.
	 */
	public static void run(Collection<Check> checks) throws Exception {
		ExecutorService executor = Executors.newFixedThreadPool(MOST);
		try {
			List<Future<?>> running = new ArrayList<>();
			for (Check check : checks) {
				running.add(executor.submit(() -> {
					check.run();
					return null;
				}));
			}
			for (Future<?> each : running) {
				each.get();
			}
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
		}
	}

}
