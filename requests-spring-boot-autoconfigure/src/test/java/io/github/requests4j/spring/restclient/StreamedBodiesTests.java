package io.github.requests4j.spring.restclient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.core.io.InputStreamResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import io.github.requests4j.Session;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies of many megabytes, of which one side sends the second part only after the other
 * side has received the first. A side that collects the whole body first would wait
 * forever.
 */
@Timeout(120)
class StreamedBodiesTests {

	private static final int BLOCK = 64 * 1024;

	private static final int BLOCKS = 128;

	private static final int WAIT_SECONDS = 20;

	private final CountDownLatch seen = new CountDownLatch(1);

	private final AtomicLong received = new AtomicLong();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final Session session = Session.builder().trustEnv(false).build();

	private HttpServer server;

	private volatile boolean readEarly;

	@BeforeEach
	void start() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		this.server.createContext("/up", this::receive);
		this.server.createContext("/down", this::send);
		this.server.setExecutor(this.threads);
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.session.close();
		this.server.stop(0);
		this.threads.shutdownNow();
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + path;
	}

	private void receive(HttpExchange exchange) throws IOException {
		byte[] block = new byte[BLOCK];
		InputStream body = exchange.getRequestBody();
		for (int count = body.read(block); count >= 0; count = body.read(block)) {
			this.received.addAndGet(count);
			this.seen.countDown();
		}
		exchange.sendResponseHeaders(204, -1);
		exchange.close();
	}

	private void send(HttpExchange exchange) throws IOException {
		exchange.sendResponseHeaders(200, 0);
		try (OutputStream body = exchange.getResponseBody()) {
			this.readEarly = write(body);
		}
	}

	/** Returns everything after the first block only once that was received. */
	private boolean write(OutputStream body) throws IOException {
		boolean wasSeen = false;
		for (int i = 0; i < BLOCKS; i++) {
			body.write(new byte[BLOCK]);
			if (i == 0) {
				body.flush();
				wasSeen = await();
			}
		}
		return wasSeen;
	}

	private boolean await() {
		try {
			return this.seen.await(WAIT_SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	@Test
	void callbackIsSentWhileItWrites() {
		boolean[] wasSeen = new boolean[1];
		client().put()
			.uri(url("/up"))
			.body((StreamingHttpOutputMessage.Body) (out) -> wasSeen[0] = write(out))
			.retrieve()
			.toBodilessEntity();
		assertThat(wasSeen[0]).isTrue();
		assertThat(this.received.get()).isEqualTo((long) BLOCK * BLOCKS);
	}

	@Test
	void resourceIsSentWhileItIsRead() {
		Blocks blocks = new Blocks();
		client().put().uri(url("/up")).body(new InputStreamResource(blocks)).retrieve().toBodilessEntity();
		assertThat(blocks.wasSeen).isTrue();
		assertThat(this.received.get()).isEqualTo((long) BLOCK * BLOCKS);
	}

	@Test
	void responseIsReadWhileItArrives() {
		long length = client().get().uri(url("/down")).exchange((request, response) -> read(response.getBody()));
		assertThat(length).isEqualTo((long) BLOCK * BLOCKS);
		assertThat(this.readEarly).isTrue();
	}

	@Test
	void restTemplateSendsAResourceWhileItIsRead() {
		Blocks blocks = new Blocks();
		template().put(url("/up"), new InputStreamResource(blocks));
		assertThat(blocks.wasSeen).isTrue();
		assertThat(this.received.get()).isEqualTo((long) BLOCK * BLOCKS);
	}

	@Test
	void restTemplateReadsAResponseWhileItArrives() {
		Long length = template().execute(url("/down"), HttpMethod.GET, null, (response) -> read(response.getBody()));
		assertThat(length).isEqualTo((long) BLOCK * BLOCKS);
		assertThat(this.readEarly).isTrue();
	}

	private RestTemplate template() {
		return new RestTemplate(SessionRequestFactory.of(this.session));
	}

	private RestClient client() {
		return RestClient.builder().requestFactory(SessionRequestFactory.of(this.session)).build();
	}

	private long read(InputStream body) throws IOException {
		byte[] block = new byte[BLOCK];
		long length = 0;
		for (int count = body.read(block); count >= 0; count = body.read(block)) {
			length += count;
			this.seen.countDown();
		}
		return length;
	}

	/** The second block waits until the server has received the first. */
	private final class Blocks extends InputStream {

		private int given;

		private boolean wasSeen;

		@Override
		public int read() {
			throw new UnsupportedOperationException();
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			if (this.given == BLOCK * BLOCKS) {
				return -1;
			}
			if (this.given == BLOCK) {
				this.wasSeen = await();
			}
			int count = Math.min(length, BLOCK - this.given % BLOCK);
			this.given += count;
			return count;
		}

	}

}
