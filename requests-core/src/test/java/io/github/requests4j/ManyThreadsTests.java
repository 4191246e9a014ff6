package io.github.requests4j;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One session that many threads use at the same time, with cookies, redirects and digest:
 * nothing is lost or mixed up.
 */
class ManyThreadsTests {

	private static final int COOKIE_NAMES = 40;

	private final DigestServer digest = new DigestServer();

	@Test
	@Timeout(120)
	@DisplayName("Many threads: 64 threads share a session, its cookies, redirects and digest state")
	void manyPlatformThreadsShareOneSession() throws Exception {
		run(Executors.newFixedThreadPool(64), 64, 15, 64);
	}

	@Test
	@Tag("jdk25")
	@Timeout(120)
	@DisplayName("Many threads: 1,000 virtual threads share a session, its cookies, redirects and digest state")
	void manyVirtualThreadsShareOneSession() throws Exception {
		ExecutorService executor = (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor")
			.invoke(null);
		run(executor, 1000, 2, 64);
	}

	private void run(ExecutorService executor, int threads, int rounds, int connections) throws Exception {
		try (TestHttpServer server = TestHttpServer.start(this::handle);
				Session session = Session.builder()
					.environment(RequestsEnvironment.EMPTY)
					.auth(new HttpDigestAuth("user", "secret"))
					.mount("http://", HttpAdapter.builder().poolMaxsize(connections).poolBlock(true).build())
					.build()) {
			List<Future<Integer>> results = new ArrayList<>();
			for (int i = 0; i < threads; i++) {
				int thread = i;
				results.add(executor.submit(calls(session, server, thread, rounds)));
			}
			int good = 0;
			for (Future<Integer> result : results) {
				good += result.get();
			}
			assertThat(good).isEqualTo(threads * rounds);
			assertThat(session.cookies().keys()).hasSize(COOKIE_NAMES).doesNotHaveDuplicates();
			assertThat(this.digest.repeated).as("nonce counts used twice").hasValue(0);
			assertThat(this.digest.wrong).as("answers that do not verify").hasValue(0);
			assertThat(server.connectionCount()).isLessThanOrEqualTo(connections);
		}
		finally {
			executor.shutdownNow();
			assertThat(executor.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		}
	}

	private static Callable<Integer> calls(Session session, TestHttpServer server, int thread, int rounds) {
		return () -> {
			int good = 0;
			for (int round = 0; round < rounds; round++) {
				String id = thread + "-" + round;
				Response response = session.get(server.url("/start"),
						(options) -> options.param("id", id).param("cookie", "c" + (thread % COOKIE_NAMES)));
				if (response.ok() && response.text().equals("end " + id) && response.history().size() >= 2) {
					good++;
				}
			}
			return good;
		};
	}

	private Reply handle(RawRequest request) {
		String query = request.target().substring(request.target().indexOf('?') + 1);
		return switch (request.path()) {
			case "/start" -> Reply.of(302, "", "Location: /middle?" + query,
					"Set-Cookie: " + query.substring(query.indexOf("cookie=") + 7) + "=1; Path=/");
			case "/middle" -> Reply.of(307, "moved on", "Location: /end?" + query);
			default -> this.digest.accepts(request)
					? Reply.ok("end " + query.substring(query.indexOf("id=") + 3, query.indexOf('&')))
					: Reply.of(401, "who?", "WWW-Authenticate: Digest realm=\"r\", nonce=\"fixed\", qop=\"auth\"");
		};
	}

	/**
	 * Verifies digest answers, and that no nonce count comes twice.
	 */
	private static final class DigestServer {

		private static final Pattern PART = Pattern.compile("(\\w+)=\"?([^\",]*)\"?");

		private final Set<String> counts = ConcurrentHashMap.newKeySet();

		private final AtomicInteger repeated = new AtomicInteger();

		private final AtomicInteger wrong = new AtomicInteger();

		boolean accepts(RawRequest request) {
			String header = request.header("Authorization");
			if (header == null) {
				return false;
			}
			if (!part(header, "uri").equals(request.target())) {
				// The answer of the previous hop was sent along (behaviour 131), so
				// challenge again.
				return false;
			}
			if (!this.counts.add(part(header, "nc"))) {
				this.repeated.incrementAndGet();
			}
			String expected = md5(md5("user:r:secret") + ":fixed:" + part(header, "nc") + ":" + part(header, "cnonce")
					+ ":auth:" + md5(request.method() + ":" + part(header, "uri")));
			if (!expected.equals(part(header, "response"))) {
				this.wrong.incrementAndGet();
				return false;
			}
			return true;
		}

		private static String part(String header, String name) {
			Matcher matcher = PART.matcher(header);
			while (matcher.find()) {
				if (matcher.group(1).equals(name)) {
					return matcher.group(2);
				}
			}
			return "";
		}

		private static String md5(String text) {
			try {
				byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
				return HexFormat.of().formatHex(hash);
			}
			catch (NoSuchAlgorithmException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
