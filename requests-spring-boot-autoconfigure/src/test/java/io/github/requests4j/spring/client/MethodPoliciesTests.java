package io.github.requests4j.spring.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.Retry;
import io.github.requests4j.adapters.RetryBudget;
import io.github.requests4j.cache.CacheStatus;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Retries and the cache of single client methods, counted at the server.
 */
@Timeout(60)
class MethodPoliciesTests {

	private static final String STOCK = "requests.clients.Shop.methods.stock.";

	private static final String[] SESSION_RETRIES = { "requests.sessions.s.adapter.max-retries.total=3",
			"requests.sessions.s.adapter.max-retries.status-forcelist=503" };

	@AutoClose
	private final CountingServer server = CountingServer.answering(503);

	@Test
	void oneMethodHasRetries() {
		run((shop) -> {
			assertThat(shop.stock().attempts()).hasSize(2);
			assertThat(this.server.accepted()).isEqualTo(3);
			shop.items();
			assertThat(this.server.accepted()).isEqualTo(4);
		}, STOCK + "max-retries.total=2", STOCK + "max-retries.status-forcelist=503");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "false", "off" })
	void oneMethodHasNoRetries(String off) {
		run((shop) -> {
			shop.stock();
			assertThat(this.server.accepted()).isEqualTo(1);
			shop.items();
			assertThat(this.server.accepted()).isEqualTo(5);
		}, with(SESSION_RETRIES, STOCK + "max-retries=" + off));
	}

	@Test
	void keysThatAMethodDoesNotSetAreThoseOfItsSession() {
		run((shop) -> {
			shop.stock();
			assertThat(this.server.accepted()).isEqualTo(2);
		}, with(SESSION_RETRIES, STOCK + "max-retries=1"));
	}

	@ParameterizedTest
	@CsvSource({ "requests.clients.Shop.max-retries=1, 2", "requests.clients.s.max-retries=2, 3",
			"requests.clients.s.methods.stock.max-retries=0, 1", "requests.clients.SHOP.max-retries=1, 4" })
	void aClientAndTheClientsOfASessionHaveRetries(String property, int requests) {
		run((shop) -> {
			shop.stock();
			assertThat(this.server.accepted()).isEqualTo(requests);
		}, with(SESSION_RETRIES, property, "requests.sessions.SHOP.max-redirects=3"));
	}

	@Test
	void theMethodWinsOverItsClientAndTheClientOverItsSession() {
		run((shop) -> {
			shop.stock();
			assertThat(this.server.accepted()).as("the method").isEqualTo(3);
			shop.items();
			assertThat(this.server.accepted()).as("the client").isEqualTo(5);
		}, with(SESSION_RETRIES, "requests.clients.s.max-retries=4", "requests.clients.Shop.max-retries=1",
				STOCK + "max-retries=2"));
	}

	@Test
	void anArgumentWinsOverTheSettings() {
		run((shop) -> {
			shop.with((options) -> options.attribute(Retry.class, Retry.none()));
			assertThat(this.server.accepted()).isEqualTo(1);
		}, with(SESSION_RETRIES, "requests.clients.Shop.methods.with.max-retries=5"));
	}

	@Test
	void whatIsNotSafeToRepeatIsNotRepeated() {
		run((shop) -> {
			shop.remove();
			assertThat(this.server.accepted()).isEqualTo(1);
		}, "requests.clients.Shop.methods.remove.max-retries.total=2",
				"requests.clients.Shop.methods.remove.max-retries.allowed-methods=GET",
				"requests.clients.Shop.methods.remove.max-retries.status-forcelist=503");
	}

	@Test
	void theRetriesOfAMethodTakeFromTheBudgetOfItsSession() {
		runIn((context) -> {
			Shop shop = context.getBean(Shop.class);
			for (int i = 0; i < 50; i++) {
				shop.stock();
			}
			assertThat(this.server.accepted()).isEqualTo(50 + 5 + 10 - 1);
			RetryBudget budget = context.getBean(LiveSessions.class).retryBudget("s");
			assertThat(budget.suppressed()).isPositive();
			assertThat(budget.available()).isZero();
		}, "requests.sessions.s.retry-budget=10%", STOCK + "max-retries.total=2",
				STOCK + "max-retries.status-forcelist=503");
	}

	@Test
	void oneMethodBypassesTheCache() {
		this.server.handle((request) -> Answer.of(200).with("Cache-Control", "max-age=60"));
		run((shop) -> {
			shop.items();
			assertThat(CacheStatus.of(shop.items()).hit()).isTrue();
			assertThat(CacheStatus.of(shop.stock()).forwarded()).isEqualTo("bypass");
			assertThat(CacheStatus.of(shop.stock()).forwarded()).isEqualTo("bypass");
			assertThat(this.server.accepted()).isEqualTo(3);
			assertThat(this.server.requests())
				.allSatisfy((request) -> assertThat(request.headers()).doesNotContainKeys("Cache-Control", "Pragma"));
		}, "requests.sessions.s.cache=1MB", STOCK + "cache=false");
	}

	@Test
	void oneMethodOfAClientUsesTheCache() {
		this.server.handle((request) -> Answer.of(200).with("Cache-Control", "max-age=60"));
		run((shop) -> {
			shop.stock();
			assertThat(CacheStatus.of(shop.stock()).hit()).isTrue();
			assertThat(CacheStatus.of(shop.items()).forwarded()).isEqualTo("bypass");
		}, "requests.sessions.s.cache=1MB", "requests.clients.Shop.cache=off", STOCK + "cache=true");
	}

	@Test
	void otherCallsOfTheSessionAreNotConcerned() {
		runIn((context) -> {
			context.getBean(Session.class).get("/stock");
			assertThat(this.server.accepted()).isEqualTo(1);
		}, "requests.clients.s.max-retries.total=2", "requests.clients.s.max-retries.status-forcelist=503");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					requests.clients.Shop.methods.stock.max-retries=-1    | requests.clients.Shop.methods.stock.max-retries.total
					requests.clients.Shop.max-retries.connect=-1          | requests.clients.Shop.max-retries.connect
					requests.clients.Shop.methods.stock.max-retries=often | requests.clients.Shop.methods.stock.max-retries
					requests.clients.Shop.methods.stock.cache=64MB        | requests.clients.Shop.methods.stock.cache
					requests.clients.Shop.methods.stock.cache.size=64MB   | requests.clients.Shop.methods.stock.cache.size
					""")
	void aValueThatCannotBeUsedStopsTheStart(String property, String named) {
		runner(property).run((context) -> {
			Throwable failure = context.getStartupFailure();
			while (failure != null && !(failure instanceof RequestsConfigurationException)) {
				failure = failure.getCause();
			}
			assertThat(failure).isInstanceOfSatisfying(RequestsConfigurationException.class, (ex) -> {
				assertThat(ex.property()).isEqualTo(named);
				assertThat(ex.origin()).isNotNull();
			});
		});
	}

	private static String[] with(String[] properties, String... more) {
		List<String> all = new ArrayList<>(Arrays.asList(properties));
		all.addAll(Arrays.asList(more));
		return all.toArray(String[]::new);
	}

	private void run(Consumer<Shop> test, String... properties) {
		runIn((context) -> test.accept(context.getBean(Shop.class)), properties);
	}

	private void runIn(Consumer<ApplicationContext> test, String... properties) {
		runner(properties).run((context) -> {
			assertThat(context).hasNotFailed();
			test.accept(context);
		});
	}

	private ApplicationContextRunner runner(String... properties) {
		return new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url(), "requests.sessions.s.primary=true")
			.withPropertyValues(properties);
	}

	@EnableRequestsClients(clients = Shop.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Shop {

		@GetExchange("/stock")
		Response stock();

		@GetExchange("/stock")
		Response items();

		@GetExchange("/stock")
		Response with(Consumer<RequestOptions> options);

		@DeleteExchange("/stock")
		Response remove();

	}

}
