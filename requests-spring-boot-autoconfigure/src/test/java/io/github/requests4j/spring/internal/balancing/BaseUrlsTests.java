package io.github.requests4j.spring.internal.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.http.Attempt;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.Urls;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.observation.RequestsObservationAutoConfiguration;
import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Sessions with several base URLs.
 */
@Timeout(120)
class BaseUrlsTests {

	private final List<CountingServer> servers = List.of(CountingServer.answering(200), CountingServer.answering(200),
			CountingServer.answering(200));

	@AfterEach
	void stop() {
		this.servers.forEach(CountingServer::close);
	}

	private List<Integer> accepted() {
		return this.servers.stream().map(CountingServer::accepted).toList();
	}

	private int sum() {
		return accepted().stream().mapToInt(Integer::intValue).sum();
	}

	private String url(int server, String path) {
		return this.servers.get(server).url() + path;
	}

	private List<CountingServer.Received> received() {
		return this.servers.stream().flatMap((server) -> server.requests().stream()).toList();
	}

	private void handle(CountingServer.Handler handler) {
		this.servers.forEach((server) -> server.handle(handler));
	}

	private ApplicationContextRunner runner(String... properties) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class))
			.withPropertyValues(
					"requests.sessions.s.base-url=" + url(0, "/v1") + ", " + url(1, "") + ", " + url(2, "/api/v1/"));
		for (String property : properties) {
			runner = runner.withPropertyValues("requests.sessions.s." + property);
		}
		return runner;
	}

	@Test
	void requestsTakeTurnsAndEachBaseUrlHasAPathOfItsOwn() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			List<String> urls = new ArrayList<>();
			for (int i = 0; i < 6; i++) {
				urls.add(session.get("items?q=tea").url());
			}
			assertThat(urls).containsExactly(url(0, "/v1/items?q=tea"), url(1, "/items?q=tea"),
					url(2, "/api/v1/items?q=tea"), url(0, "/v1/items?q=tea"), url(1, "/items?q=tea"),
					url(2, "/api/v1/items?q=tea"));
			assertThat(accepted()).containsExactly(2, 2, 2);
			CountingServer.Received second = this.servers.get(1).requests().get(0);
			assertThat(second.target()).isEqualTo("/items?q=tea");
			assertThat(second.headers()).containsEntry("Host", "127.0.0.1:" + this.servers.get(1).port());
		});
	}

	@Test
	void baseUrlItselfAndItsQueryAreBalanced() {
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			assertThat(List.of(session.get("").url(), session.get("").url(), session.get("?page=2").url(),
					session.get("?page=2").url(), session.get("?page=2").url()))
				.containsExactly(url(0, "/v1"), url(1, "/"), url(2, "/api/v1?page=2"), url(0, "/v1?page=2"),
						url(1, "/?page=2"));
		});
	}

	@Test
	void listInBracketsIsTheSame() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url[0]=" + url(0, ""),
					"requests.sessions.s.base-url[1]=" + url(1, ""))
			.run((context) -> {
				Session session = context.getBean(Session.class);
				session.get("");
				session.get("");
				assertThat(accepted()).containsExactly(1, 1, 0);
			});
	}

	@Test
	void redirectStaysAtTheServerThatSentIt() {
		handle((request) -> request.target().endsWith("old") ? Answer.of(302).with("Location", "new") : Answer.of(200));
		runner("auth.username=u", "auth.password=p").run((context) -> {
			Session session = context.getBean(Session.class);
			session.get("first");
			Response response = session.get("old");
			assertThat(response.url()).isEqualTo(url(1, "/new"));
			assertThat(response.request().url()).isEqualTo(url(1, "/new"));
			assertThat(response.history()).extracting(Response::url).containsExactly(url(1, "/old"));
			assertThat(this.servers.get(1).requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request.headers()).containsKey("Authorization"));
			session.get("third");
			assertThat(session.get("old").url()).isEqualTo(url(0, "/v1/new"));
		});
	}

	@Test
	void urlsOfTheOtherServersAreSentThereWithTheSettingsOfTheSession() {
		runner("headers.X-Key=k", "auth.username=u", "auth.password=p").run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 3; i++) {
				assertThat(session.get(url(2, "/api/v1/items?page=" + i)).url()).startsWith(url(2, "/api/v1/items"));
				assertThat(session.get(url(2, "/health")).url()).isEqualTo(url(2, "/health"));
			}
			assertThat(accepted()).containsExactly(0, 0, 6);
			assertThat(received()).allSatisfy((request) -> assertThat(request.headers()).containsEntry("X-Key", "k")
				.containsKey("Authorization"));
		});
	}

	@Test
	void cookiesOfAllServersAreSentToEach() {
		for (int i = 0; i < 2; i++) {
			String cookies = "Set-Cookie: both=" + i + "; Path=/\r\nSet-Cookie: own" + i + "=1; Path=/\r\n";
			this.servers.get(i)
				.handle((request) -> request.target().endsWith("login") ? new Answer(200, cookies, "")
						: Answer.of(200));
		}
		String named = "http://localhost:" + this.servers.get(1).port();
		runner("base-url=" + url(0, "/v1") + "," + named).run((context) -> {
			Session session = context.getBean(Session.class);
			session.get("login");
			session.get("login");
			session.get("items");
			session.get("items");
			session.get("own", (options) -> options.cookie("call", "1"));
			session.get("own", (options) -> options.cookie("call", "1"));
			assertThat(cookies(0, "/v1/items")).containsExactlyInAnyOrder("both=0", "own0=1", "own1=1");
			assertThat(cookies(1, "/items")).containsExactlyInAnyOrder("both=1", "own0=1", "own1=1");
			assertThat(cookies(0, "/v1/own")).containsExactly("call=1");
			assertThat(cookies(1, "/own")).containsExactly("call=1");
		});
	}

	@Test
	void cookiesThatChangeAfterTheRequestWasPreparedAreSentToTheirServer() {
		String named = "http://localhost:" + this.servers.get(1).port();
		runner("base-url=" + url(0, "/v1") + "," + named).run((context) -> {
			Session session = context.getBean(Session.class);
			session.cookies().extractCookies(Urls.split(url(0, "/v1")), List.of("sid=0; Path=/"));
			session.cookies().extractCookies(Urls.split(named), List.of("own=1; Path=/"));
			PreparedRequest prepared = session.prepareRequest(Request.of("GET", "items"));
			session.cookies().extractCookies(Urls.split(url(0, "/v1")), List.of("sid=1; Path=/"));
			session.send(prepared.copy());
			session.send(prepared.copy());
			assertThat(cookies(0, "/v1/items")).containsExactlyInAnyOrder("sid=1", "own=1");
			assertThat(cookies(1, "/items")).containsExactlyInAnyOrder("sid=1", "own=1");
		});
	}

	private String[] cookies(int server, String target) {
		return this.servers.get(server)
			.requests()
			.stream()
			.filter((request) -> request.target().equals(target))
			.map((request) -> request.headers().get("Cookie").split("; "))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void cookieHeaderOfTheCallerStaysAsItIs() {
		handle((request) -> Answer.of(200).with("Set-Cookie", "sid=1; Path=/"));
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 6; i++) {
				session.get("", (options) -> options.header("Cookie", "mine=1"));
			}
			assertThat(received()).hasSize(6)
				.allSatisfy((request) -> assertThat(request.headers()).containsEntry("Cookie", "mine=1"));
		});
	}

	@Test
	void connectFailuresAreRepeatedElsewhereForEveryMethod() {
		this.servers.get(0).close();
		this.servers.get(1).close();
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 20; i++) {
				assertThat(session.post("", (options) -> options.data("order")).statusCode()).isEqualTo(200);
			}
			assertThat(accepted().get(2)).isEqualTo(20);
			assertThat(context.getBean(LiveSessions.class).retryBudget("s").available()).isEqualTo(RetryBudget.FLOOR);
			assertThat(context.getBean(LiveSessions.class).instances("s")).extracting(InstanceState::failures)
				.as("failing instances are passed over")
				.allMatch((failures) -> failures <= Instance.Health.FAILURES);
		});
	}

	@Test
	void harmlessRequestFailsOverOnceWithinTheBudget() {
		this.servers.get(0).handle((request) -> Answer.NONE);
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("s");
			Response response = session.put("", (options) -> options.data("a body that is sent again"));
			assertThat(response.url()).isIn(url(1, "/"), url(2, "/api/v1"));
			assertThat(response.attempts()).extracting(Attempt::status).hasSize(1).containsOnlyNulls();
			assertThat(received()).hasSize(2)
				.allSatisfy((request) -> assertThat(request.body()).isEqualTo("a body that is sent again"));
			assertThat(budget.available()).isEqualTo(RetryBudget.FLOOR - 1);
			handle((request) -> Answer.NONE);
			int before = sum();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(""));
			assertThat(sum()).isEqualTo(before + 2);
			while (budget.available() > 0) {
				budget.withdraw();
			}
			before = sum();
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(""))
				.matches(ConnectionException::isRetrySuppressed);
			assertThat(sum()).isEqualTo(before + 1);
		});
	}

	@Test
	void requestThatMayHaveArrivedIsNotRepeatedUnlessItIsHarmless() {
		handle((request) -> Answer.NONE);
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.post("", (options) -> options.data("order")));
			assertThat(sum()).isEqualTo(1);
			Iterable<String> once = List.of("once");
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> session.put("", (options) -> options.data(Body.of(once.iterator()))));
			assertThat(sum()).isEqualTo(2);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(
					() -> session.post("", (options) -> options.data("order").header("Idempotency-Key", "key")));
			assertThat(sum()).isEqualTo(4);
		});
	}

	@Test
	void maxRetriesReplacesTheFailover() {
		handle((request) -> Answer.NONE);
		runner("adapter.max-retries=0").run((context) -> {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> context.getBean(Session.class).get(""));
			assertThat(sum()).isEqualTo(1);
		});
		runner("adapter.max-retries=3").run((context) -> {
			assertThatExceptionOfType(ConnectionException.class)
				.isThrownBy(() -> context.getBean(Session.class).get(""));
			assertThat(sum()).isEqualTo(5);
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> context.getBean(Session.class)
				.get("", (options) -> options.attribute(Retry.class, Retry.none())));
			assertThat(sum()).isEqualTo(6);
		});
	}

	@Test
	void serverErrorsAreReturnedAndEjectTheInstance() {
		this.servers.get(1).handle((request) -> Answer.of(500));
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < Instance.Health.FAILURES; i++) {
				assertThat(session.get(url(1, "/")).statusCode()).isEqualTo(500);
			}
			for (int i = 0; i < 9; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(200);
			}
			assertThat(context.getBean(LiveSessions.class).instances("s")).extracting(InstanceState::ejected)
				.containsExactly(false, true, false);
		});
	}

	@Test
	void metersCountInstances() {
		this.servers.get(1).handle((request) -> Answer.of(500));
		runner().withConfiguration(AutoConfigurations.of(RequestsObservationAutoConfiguration.class))
			.withBean(SimpleMeterRegistry.class)
			.run((context) -> {
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(meters.get("requests.balancer.instances").tag("state", "available").gauge().value())
					.isZero();
				Session session = context.getBean(Session.class);
				for (int i = 0; i < Instance.Health.FAILURES; i++) {
					session.get(url(1, "/"));
				}
				assertThat(meters.get("requests.balancer.instances").tag("state", "available").gauge().value())
					.isEqualTo(2);
				assertThat(meters.get("requests.balancer.instances").tag("state", "ejected").gauge().value())
					.isEqualTo(1);
				assertThat(meters.get("requests.balancer.ejections").tag("session", "s").functionCounter().count())
					.isEqualTo(1);
			});
	}

	@Test
	void allInstancesAreUsedWhenAllAreEjected() {
		handle((request) -> Answer.of(503));
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			for (int i = 0; i < 60; i++) {
				assertThat(session.get("").statusCode()).isEqualTo(503);
			}
			assertThat(context.getBean(LiveSessions.class).instances("s")).allMatch(InstanceState::ejected);
			assertThat(accepted()).allMatch((count) -> count > 5);
			handle((request) -> Answer.of(200));
			assertThat(session.get("").statusCode()).isEqualTo(200);
		});
	}

	@Test
	void hedgeGoesToAnotherInstance() {
		CountDownLatch hedged = new CountDownLatch(1);
		AtomicInteger requests = new AtomicInteger();
		handle((request) -> {
			if (requests.getAndIncrement() == 0) {
				return await(hedged) ? Answer.of(200) : Answer.NONE;
			}
			hedged.countDown();
			return Answer.of(204);
		});
		runner("hedge=20ms").run((context) -> {
			Response response = context.getBean(Session.class).get("items");
			assertThat(accepted()).containsExactlyInAnyOrder(1, 1, 0);
			if (response.statusCode() == 204) {
				assertThat(response.url()).isIn(url(1, "/items"), url(2, "/api/v1/items"));
			}
		});
	}

	@Test
	void deadlineEndsTheCallAndTheAttempt() {
		CountDownLatch over = new CountDownLatch(1);
		handle((request) -> await(over) ? Answer.of(200) : Answer.NONE);
		runner("deadline=100ms").run((context) -> {
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> context.getBean(Session.class).get(""));
			over.countDown();
			assertThat(sum()).isEqualTo(1);
			assertThat(context.getBean(LiveSessions.class).instances("s"))
				.allMatch((state) -> state.active() == 0 && state.failures() == 0);
		});
	}

	@Test
	void interruptEndsTheCallWithoutAnotherAttempt() {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		handle((request) -> {
			arrived.countDown();
			return await(over) ? Answer.of(200) : Answer.NONE;
		});
		runner().run((context) -> {
			Session session = context.getBean(Session.class);
			ExecutorService threads = Executors.newSingleThreadExecutor();
			try {
				Future<Boolean> call = threads.submit(() -> {
					assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(""));
					return Thread.currentThread().isInterrupted();
				});
				assertThat(await(arrived)).isTrue();
				threads.shutdownNow();
				assertThat(call.get(60, TimeUnit.SECONDS)).isTrue();
			}
			finally {
				over.countDown();
				threads.shutdownNow();
			}
			assertThat(sum()).isEqualTo(1);
			assertThat(context.getBean(LiveSessions.class).instances("s"))
				.allMatch((state) -> state.active() == 0 && state.failures() == 0);
		});
	}

	@Test
	void closingTheSessionEndsItsCalls() {
		CountDownLatch arrived = new CountDownLatch(1);
		CountDownLatch over = new CountDownLatch(1);
		handle((request) -> {
			arrived.countDown();
			return await(over) ? Answer.of(200) : Answer.NONE;
		});
		runner().run((context) -> closeDuringCall(context.getBean(Session.class), arrived));
		over.countDown();
		assertThat(sum()).isEqualTo(1);
	}

	@Test
	void closingTheSessionEndsThePauseBetweenTwoAttempts() {
		CountDownLatch arrived = new CountDownLatch(this.servers.size());
		handle((request) -> {
			arrived.countDown();
			return Answer.of(503).with("Retry-After", "3600");
		});
		runner("adapter.max-retries.total=5")
			.run((context) -> closeDuringCall(context.getBean(Session.class), arrived));
		assertThat(sum()).isEqualTo(this.servers.size());
	}

	private static void closeDuringCall(Session session, CountDownLatch arrived) throws Exception {
		ExecutorService threads = Executors.newSingleThreadExecutor();
		try {
			Future<?> call = threads
				.submit(() -> assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> session.get(""))
					.withMessageContaining("closed"));
			assertThat(await(arrived)).isTrue();
			session.close();
			call.get(60, TimeUnit.SECONDS);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void egressRulesApplyToTheServerThatARequestIsSentTo() {
		runner("egress.deny=127.0.0.0/8").run((context) -> {
			assertThatExceptionOfType(EgressDeniedException.class)
				.isThrownBy(() -> context.getBean(Session.class).get("items"))
				.satisfies((ex) -> assertThat(ex.request().url()).isEqualTo(url(0, "/v1/items")));
			assertThat(sum()).isZero();
		});
	}

	@Test
	void cacheIsSharedByAllInstances() {
		handle((request) -> Answer.of(200).with("Cache-Control", "max-age=600"));
		runner("cache=1MB").run((context) -> {
			Session session = context.getBean(Session.class);
			session.get("other");
			for (int i = 0; i < 3; i++) {
				assertThat(session.get("items").statusCode()).isEqualTo(200);
			}
			assertThat(sum()).isEqualTo(2);
		});
	}

	private static boolean await(CountDownLatch latch) {
		try {
			return latch.await(60, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			return false;
		}
	}

}
