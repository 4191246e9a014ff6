package io.github.requests4j.sample.aot;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs test classes in a separate JVM, and prints how many tests succeeded.
 */
final class SelectedTests {

	private SelectedTests() {
	}

	public static void main(String[] classes) {
		SummaryGeneratingListener summary = new SummaryGeneratingListener();
		ClassSelector[] selected = Arrays.stream(classes)
			.map(DiscoverySelectors::selectClass)
			.toArray(ClassSelector[]::new);
		LauncherFactory.create()
			.execute(LauncherDiscoveryRequestBuilder.request().selectors(selected).build(), summary);
		PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
		summary.getSummary().printFailuresTo(out);
		out.printf("succeeded %d, failed %d, skipped %d%n", summary.getSummary().getTestsSucceededCount(),
				summary.getSummary().getTotalFailureCount(), summary.getSummary().getTestsSkippedCount());
		System.exit(0);
	}

}
