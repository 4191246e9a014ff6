package io.github.requests4j.cookies;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static io.github.requests4j.cookies.CookieFixture.jar;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a jar that many threads share.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CookieJarConcurrencyTests {

	private static final int THREADS = 64;

	private static final Url URL = ParsedUrl.split("http://example.com/");

	/** Runs a task on all threads at the same time and returns their results. */
	private static <T> List<T> together(ThreadTask<T> task) throws InterruptedException, ExecutionException {
		ExecutorService threads = Executors.newFixedThreadPool(THREADS);
		try {
			CountDownLatch ready = new CountDownLatch(THREADS);
			List<Future<T>> futures = new ArrayList<>();
			for (int i = 0; i < THREADS; i++) {
				int thread = i;
				Callable<T> callable = () -> {
					ready.countDown();
					ready.await();
					return task.run(thread);
				};
				futures.add(threads.submit(callable));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> future : futures) {
				results.add(future.get());
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	@DisplayName("no update of 64 threads is lost")
	void concurrentUpdatesAreNotLost() throws Exception {
		CookieJar jar = jar();
		together((thread) -> {
			for (int i = 0; i < 20; i++) {
				jar.set("own" + thread + "-" + i, "v");
				jar.extract(ParsedUrl.split("http://h" + thread + ".example/"), List.of("c" + i + "=v"), NOW);
			}
			return thread;
		});
		assertThat(jar.size()).isEqualTo(THREADS * 40);
		assertThat(jar.keys()).hasSize(THREADS * 40);
		assertThat(jar.listDomains()).hasSize(THREADS + 1);
	}

	@Test
	@DisplayName("setDefault and pop are atomic, so one of 64 threads wins")
	void setDefaultAndPopAreAtomic() throws Exception {
		CookieJar jar = jar();
		for (int round = 0; round < 20; round++) {
			List<String> values = together((thread) -> jar.setDefault("a", "by" + thread));
			assertThat(values).containsOnly(jar.get("a"));
			List<String> popped = together((thread) -> jar.pop("a", "none"));
			assertThat(popped).filteredOn((value) -> !value.equals("none")).hasSize(1);
		}
	}

	@Test
	@DisplayName("popItem returns each cookie to exactly one thread")
	void popItemReturnsEachCookieOnce() throws Exception {
		CookieJar jar = jar();
		IntStream.range(0, THREADS).forEach((i) -> jar.set("c" + i, "v"));
		List<Map.Entry<String, String>> popped = together((thread) -> jar.popItem());
		assertThat(popped).extracting(Map.Entry::getKey).doesNotHaveDuplicates().hasSize(THREADS);
		assertThat(jar.isEmpty()).isTrue();
	}

	@Test
	@DisplayName("readers see the cookies of one response appear and disappear together")
	void readersSeeCompleteResponses() throws Exception {
		CookieJar jar = jar();
		AtomicInteger seen = new AtomicInteger();
		List<String> set = IntStream.range(0, 10).mapToObj((i) -> "c" + i + "=v").toList();
		List<String> delete = IntStream.range(0, 10).mapToObj((i) -> "c" + i + "=; Max-Age=0").toList();
		AtomicBoolean broken = new AtomicBoolean();
		together((thread) -> {
			for (int i = 0; i < 300; i++) {
				if (thread < 8) {
					jar.extract(URL, (i % 2 == 0) ? set : delete, NOW);
					continue;
				}
				int size = 0;
				for (Cookie cookie : jar) {
					size += cookie.name().length() / 2;
				}
				String header = jar.cookieHeader(URL, NOW);
				int sent = (header != null) ? header.split("; ").length : 0;
				if ((size != 0 && size != 10) || (sent != 0 && sent != 10) || jar.items().size() % 10 != 0) {
					broken.set(true);
				}
				seen.addAndGet(size);
			}
			return thread;
		});
		assertThat(broken).isFalse();
		assertThat(seen.get()).isNotNegative();
	}

	@Test
	@DisplayName("all operations at once cause no error, and the jar stays consistent")
	void jarStaysConsistentUnderAllOperationsAtOnce() throws Exception {
		CookieJar jar = jar(CookiePolicy.builder().maxPerDomain(10).maxCookies(100).build());
		jar.set("anchor", "1");
		together((thread) -> {
			for (int i = 0; i < 200; i++) {
				step(jar, thread, i);
			}
			return thread;
		});
		assertThat(jar.get("anchor")).isEqualTo("1");
		assertThat(jar.cookies()).hasSize(jar.size());
		assertThat(jar.cookies()).doesNotHaveDuplicates();
		assertThat(jar.size()).isLessThanOrEqualTo(100);
		assertThat(jar.listDomains().stream().filter((domain) -> !domain.isEmpty()))
			.allMatch((domain) -> jar.getDict(domain, null).size() <= 10);
	}

	private static void step(CookieJar jar, int thread, int i) {
		Url url = ParsedUrl.split("http://h" + (thread + i) % 16 + ".example/p" + i % 3);
		switch ((thread * 31 + i) % 9) {
			case 0 -> jar.extract(url, List.of("a" + i % 20 + "=1", "b" + i % 20 + "=2; Path=/"), NOW.plusSeconds(i));
			case 1 -> jar.cookieHeader(url, NOW.plusSeconds(i));
			case 2 -> jar.clear("h" + i % 16 + ".example");
			case 3 -> jar.copy().clear();
			case 4 -> jar.update(new CookieJar());
			case 5 -> jar.extract(url, List.of("a" + i % 20 + "=; Max-Age=0", "t=1; Max-Age=2"), NOW.plusSeconds(i));
			case 6 -> jar.clearExpiredCookies();
			case 7 -> jar.boundTo(url).set("x", "y");
			default -> jar.remove("a" + i % 20);
		}
	}

	@Test
	@DisplayName("two jars can update from each other at the same time")
	void jarsCanUpdateEachOtherConcurrently() throws Exception {
		CookieJar one = jar();
		CookieJar two = jar();
		together((thread) -> {
			CookieJar mine = (thread % 2 == 0) ? one : two;
			mine.set("c" + thread, "v");
			for (int i = 0; i < 50; i++) {
				mine.update((thread % 2 == 0) ? two : one);
			}
			return thread;
		});
		one.update(two);
		assertThat(one.size()).isEqualTo(THREADS);
	}

	/**
	 * What each thread does.
	 *
	 * @param <T> what it returns
	 */
	private interface ThreadTask<T> {

		T run(int thread) throws Exception;

	}

}
