package io.github.requests4j;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a new JVM loads for its first call. Each class costs about half a millisecond,
 * which serverless functions and command-line tools wait for.
 */
class FirstCallTests {

	/** The number when this was written, and three more. */
	private static final int MOST_TYPES = 93;

	@Test
	void firstPlainGetLoadsFewTypes(@TempDir Path folder) throws Exception {
		List<String> loaded;
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json("[]"))) {
			loaded = loadedBy(folder, server.url("/items"));
		}
		List<String> own = loaded.stream().filter((type) -> type.startsWith("io.github.requests4j.")).toList();
		assertThat(own).contains(Session.class.getName())
			.as("nothing that generates code at run time")
			.noneMatch((type) -> type.contains("$$Lambda"))
			.as("no exception but the root, which is caught")
			.filteredOn((type) -> type.endsWith("Exception"))
			.containsExactly("io.github.requests4j.http.RequestException");
		assertThat(own).hasSizeLessThanOrEqualTo(MOST_TYPES);
		assertThat(loaded)
			.noneMatch((type) -> type.startsWith("tools.jackson.") || type.startsWith("sun.security.ssl."));
	}

	@Test
	void firstGetOfAHostNameLoadsOneMoreType(@TempDir Path folder) throws Exception {
		try (TestHttpServer server = TestHttpServer.start((request) -> Reply.json("[]"))) {
			Path other = Files.createDirectory(folder.resolve("other"));
			List<String> byAddress = loadedBy(folder, server.url("/items"));
			List<String> more = loadedBy(other, server.url("localhost", "/items"));
			more.removeAll(byAddress);
			assertThat(more).filteredOn((type) -> type.startsWith("io.github.requests4j."))
				.containsExactly("io.github.requests4j.internal.wire.HostAddresses");
		}
	}

	private static List<String> loadedBy(Path folder, String url) throws Exception {
		Path log = folder.resolve("classes.log");
		String classPath = Stream.of(FirstGet.class, Session.class, Logger.class, JsonMapper.class)
			.map(FirstCallTests::location)
			.reduce((one, other) -> one + File.pathSeparator + other)
			.orElseThrow();
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xlog:class+load:file=classes.log:none:filecount=0", "-Duser.home=" + folder, "-cp", classPath,
				FirstGet.class.getName(), url)
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("output").toFile());
		builder.environment().keySet().removeIf((name) -> name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
		Process process = builder.start();
		try {
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(process.exitValue()).as(() -> output(folder)).isZero();
		List<String> loaded = new ArrayList<>();
		for (String line : Files.readAllLines(log)) {
			int end = line.indexOf(" source: ");
			if (end > 0 && !line.startsWith(FirstGet.class.getName())) {
				loaded.add(line.substring(0, end));
			}
		}
		return loaded;
	}

	private static String location(Class<?> type) {
		try {
			return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
		}
		catch (URISyntaxException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private static String output(Path folder) {
		try {
			return Files.readString(folder.resolve("output"));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/** The program. */
	static final class FirstGet {

		private FirstGet() {
		}

		/**
		 * Makes one call.
		 * @param args the URL
		 */
		public static void main(String[] args) {
			if (Session.create().get(args[0]).statusCode() != 200) {
				throw new IllegalStateException("Not the response");
			}
			// Not exit(): the classes that end the JVM do not count.
			Runtime.getRuntime().halt(0);
		}

	}

}
