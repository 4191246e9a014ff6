package io.github.requests4j.spring.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.session.RequestsAutoConfiguration;
import io.github.requests4j.spring.session.SessionCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients on the virtual threads of Spring Boot.
 */
@Tag("jdk25")
class VirtualThreadsTests {

	private static final int CALLS = 1000;

	private static final String PINNED = "jdk.VirtualThreadPinned";

	@TempDir
	Path directory;

	@Test
	void thousandConcurrentCallsPinNoThread(TestReporter reporter) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 2 * CALLS, InetAddress.getLoopbackAddress())) {
			Replies replies = new Replies(server);
			replies.start();
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
						RequestsClientsAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
						JacksonAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class))
				.withUserConfiguration(Clients.class)
				.withPropertyValues("spring.threads.virtual.enabled=true",
						"requests.sessions.s.base-url=http://127.0.0.1:" + server.getLocalPort(),
						"requests.sessions.s.connect-timeout=60s", "requests.sessions.s.read-timeout=60s")
				.run((context) -> {
					Numbers numbers = context.getBean(Numbers.class);
					assertThat(numbers.get(0).get(30, TimeUnit.SECONDS)).as("classes are loaded").isEqualTo("0");
					List<RecordedEvent> pinned = pinnedDuring(() -> callAll(numbers));
					reporter.publishEntry("pinned events of " + CALLS + " calls", String.valueOf(pinned.size()));
					assertThat(pinned.stream().filter(VirtualThreadsTests::isOurs)).isEmpty();
					assertThat(replies.together.getCount()).as("calls that did not run concurrently").isZero();
				});
		}
	}

	@Test
	void futuresRunOnVirtualThreads() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			new Replies(server).start();
			new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(RequestsAutoConfiguration.class,
						RequestsClientsAutoConfiguration.class, TaskExecutionAutoConfiguration.class))
				.withUserConfiguration(Clients.class)
				.withBean(SessionCustomizer.class,
						() -> (name, builder) -> builder.interceptor((request, options, chain) -> {
							request.headers().put("X-Virtual", String.valueOf(isVirtual()));
							return chain.proceed(request, options);
						}))
				.withPropertyValues("spring.threads.virtual.enabled=true",
						"requests.sessions.s.base-url=http://127.0.0.1:" + server.getLocalPort())
				.run((context) -> assertThat(context.getBean(Numbers.class).header().get(30, TimeUnit.SECONDS))
					.isEqualTo("true"));
		}
	}

	private static void callAll(Numbers numbers) {
		List<CompletableFuture<String>> calls = IntStream.range(1, CALLS + 1).mapToObj(numbers::get).toList();
		for (int i = 0; i < CALLS; i++) {
			assertThat(calls.get(i).orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo(String.valueOf(i + 1));
		}
	}

	private List<RecordedEvent> pinnedDuring(Runnable work) throws IOException {
		Path file = this.directory.resolve("pinned.jfr");
		try (Recording recording = new Recording()) {
			recording.enable(PINNED).withoutThreshold().withStackTrace();
			recording.start();
			work.run();
			recording.stop();
			recording.dump(file);
		}
		assertThat(Files.size(file)).isPositive();
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED))
			.toList();
	}

	private static boolean isOurs(RecordedEvent event) {
		return event.getStackTrace() != null && event.getStackTrace()
			.getFrames()
			.stream()
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith("io.github.requests4j."));
	}

	private static boolean isVirtual() {
		try {
			return (boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread());
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Answers once all thousand calls have arrived. */
	private static final class Replies {

		private final CountDownLatch together = new CountDownLatch(CALLS);

		private final ServerSocket server;

		Replies(ServerSocket server) {
			this.server = server;
		}

		void start() {
			daemon(() -> {
				while (!this.server.isClosed()) {
					Socket socket = accept();
					if (socket != null) {
						daemon(() -> serve(socket));
					}
				}
			});
		}

		private Socket accept() {
			try {
				return this.server.accept();
			}
			catch (IOException ex) {
				return null;
			}
		}

		private void serve(Socket socket) {
			try (socket; BufferedReader in = reader(socket)) {
				for (String line = in.readLine(); line != null; line = in.readLine()) {
					String virtual = "";
					for (String header = in.readLine(); !header.isEmpty(); header = in.readLine()) {
						virtual = header.startsWith("X-Virtual: ") ? header.substring(11) : virtual;
					}
					String path = line.substring(line.indexOf('/') + 1, line.lastIndexOf(' '));
					awaitTheOthers(path);
					String body = path.equals("header") ? virtual : path;
					socket.getOutputStream()
						.write(("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
								+ "\r\n\r\n" + body)
							.getBytes(StandardCharsets.UTF_8));
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private void awaitTheOthers(String path) {
			if (path.equals("0") || path.equals("header")) {
				return;
			}
			this.together.countDown();
			try {
				assertThat(this.together.await(50, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		private static BufferedReader reader(Socket socket) throws IOException {
			return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
		}

		private static void daemon(Runnable work) {
			Thread thread = new Thread(null, work, "replies", 256 * 1024);
			thread.setDaemon(true);
			thread.start();
		}

	}

	@EnableRequestsClients(clients = Numbers.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Numbers {

		@GetExchange("/{number}")
		CompletableFuture<String> get(@PathVariable int number);

		@GetExchange("/header")
		CompletableFuture<String> header();

	}

}
