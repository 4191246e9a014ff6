package io.github.requests4j.spring.test.shop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;

import io.github.requests4j.Session;
import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.session.SessionCustomizer;
import io.github.requests4j.spring.test.MockSessions;
import io.github.requests4j.spring.test.Reply;
import io.github.requests4j.spring.test.RequestsTest;
import io.github.requests4j.spring.test.shop.ItemsClient.Item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@RequestsTest(clients = ItemsClient.class, properties = { "requests.sessions.orders.base-url=lb://orders/v1/",
		"requests.sessions.orders.auth.type=oauth2", "requests.sessions.orders.auth.registration-id=shop" })
class SliceTests {

	@Autowired
	private ItemsClient items;

	@Autowired
	private MockSessions mocks;

	@Autowired
	private ApplicationContext context;

	@Autowired
	@Qualifier("orders")
	private Session orders;

	@Autowired
	private List<CallContext> exchanges;

	@Test
	void callsAreAnswered() {
		this.mocks.session("items").expect("GET", "/items/tea").reply(Reply.json(new Item("tea", 3)));
		assertThat(this.items.find("tea")).contains(new Item("tea", 3));
	}

	@Test
	void sliceContainsOnlyTheNamedClient() {
		assertThat(this.context.getBeanProvider(PricesClient.class).getIfAvailable()).isNull();
		assertThat(this.context.containsBean("ownSession")).isTrue();
		assertThat(this.context.getBeanProvider(Counter.class).getIfAvailable()).isNull();
	}

	@Test
	void configuredSettingsApply() {
		this.mocks.session("items")
			.expect("POST", "http://items.test/v1/items")
			.header("Authorization", "Basic c2hvcDpodXNo")
			.header("Content-Type", "application/json")
			.json("{\"price\": 4, \"name\": \"cup\"}")
			.reply(Reply.json(201, "{\"name\":\"cup\",\"price\":4}").header("X-Id", "7"));
		assertThat(this.items.create(new Item("cup", 4))).isEqualTo(new Item("cup", 4));
		assertThat(this.mocks.session("items").calls()).singleElement()
			.satisfies((call) -> assertThat(call.text()).isEqualTo("{\"name\":\"cup\",\"price\":4}"));
	}

	@Test
	void orderOfParametersIsIgnored() {
		this.mocks.session("items").expect("GET", "/items?sort=a%20b&page=2").reply(Reply.text("ok"));
		assertThat(this.items.list(2, "a b", "t")).isEqualTo("ok");
	}

	@Test
	void unexpectedCallShowsTheDifference() {
		this.mocks.session("items").expect("GET", "/items?page=1&sort=name").header("X-Trace", "t1");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.items.list(2, "name", "t2"))
			.withMessageContaining("Session 'items' made an unexpected call:\n  GET http://items.test/v1/items?")
			.withMessageContaining("Authorization: ***")
			.withMessageContaining("url\n      expected: /items?page=1&sort=name\n      but was:  /v1/items?page=2")
			.withMessageContaining("header X-Trace\n      expected: t1\n      but was:  t2");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.mocks::verify);
		this.mocks.reset();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.items.find("x"))
			.withMessageContaining("expect(\"GET\", \"/v1/items/x\")");
		this.mocks.reset();
	}

	@Test
	void bodiesAreCompared() {
		this.mocks.session("items").expect("POST", "/items").json(new Item("cup", 5));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.items.create(new Item("cup", 4)))
			.withMessageContaining("json\n      expected: {\"name\":\"cup\",\"price\":5}\n      but was:  {\"name\"");
		this.mocks.reset();
		this.mocks.session("items")
			.expect("POST", "/items")
			.matching((call) -> call.text().contains("pot"))
			.body("{\"name\":\"pot\",\"price\":1}")
			.reply(Reply.json(new Item("pot", 1)));
		assertThat(this.items.create(new Item("pot", 1)).name()).isEqualTo("pot");
	}

	@Test
	void callsAreExpectedInOrder() {
		this.mocks.session("items").expect("GET", "/items/a").reply(Reply.status(404));
		this.mocks.session("items").expect("GET", "/items/b").reply(Reply.status(404));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.items.find("b"))
			.withMessageContaining("The next expected call is:\n  GET /items/a");
		this.mocks.reset();
		this.mocks.session("items").inAnyOrder().expect("GET", "/items/a").reply(Reply.status(404));
		this.mocks.session("items").expect("GET", "/items/b").reply(Reply.status(404));
		assertThat(this.items.find("b")).isEmpty();
		assertThat(this.items.find("a")).isEmpty();
	}

	@Test
	void missingCallsAreReported() {
		this.mocks.session("items").expect("GET", "/items/a").times(2).reply(Reply.status(404));
		this.items.find("a");
		assertThatExceptionOfType(AssertionError.class).isThrownBy(this.mocks::verify)
			.withMessageContaining("did not make these expected calls:\n  GET /items/a (made 1 of 2 times)")
			.withMessageContaining("It made these calls:\n  GET http://items.test/v1/items/a");
		this.mocks.reset();
		this.mocks.session("items").expect("GET", "/never").anyTimes();
		this.mocks.verify();
	}

	@Test
	void repliesAreReturnedInOrder() {
		this.mocks.session("items")
			.expect("GET", "/items/a")
			.times(3)
			.reply(Reply.status(404), Reply.json(new Item("a", 1)));
		assertThat(this.items.find("a")).isEmpty();
		assertThat(this.items.find("a")).isPresent();
		assertThat(this.items.find("a")).isPresent();
	}

	@Test
	void failuresCanBeScripted() {
		this.mocks.session("items").expect("GET", "/items/a").reply(Reply.disconnect());
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> this.items.find("a"));
		this.mocks.session("items").expect("GET", "/items/b").reply(Reply.text("late").after(Duration.ofMinutes(1)));
		assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> this.items.find("b"));
		this.mocks.session("items").expect("GET", "/items/c").reply(Reply.json(503, "{\"why\":\"closed\"}"));
		assertThatExceptionOfType(HttpException.class).isThrownBy(() -> this.items.find("c"))
			.withMessageContaining("closed");
		this.mocks.session("items")
			.expect("GET", "/items/d")
			.reply(Reply.resource("application/json",
					new ByteArrayResource("{\"name\":\"d\",\"price\":0}".getBytes())));
		assertThat(this.items.find("d")).contains(new Item("d", 0));
	}

	@Test
	void redirectsAndCookiesAreHandledByTheSession() {
		this.mocks.session("items")
			.expect("GET", "/items/old")
			.reply(Reply.status(302).header("Location", "/v1/items/new").header("Set-Cookie", "seen=1; Path=/"));
		this.mocks.session("items")
			.expect("GET", "/items/new")
			.header("Cookie", "seen=1")
			.reply(Reply.json(new Item("new", 1)));
		assertThat(this.items.find("old")).contains(new Item("new", 1));
	}

	@Test
	void exchangeListenersAreCalled() {
		this.exchanges.clear();
		this.mocks.session("items").expect("GET", "/items/a").reply(Reply.status(404));
		this.items.find("a");
		assertThat(this.exchanges).singleElement().satisfies((call) -> {
			assertThat(call.client()).isEqualTo("ItemsClient");
			assertThat(call.uriTemplate()).isEqualTo("/items/{id}");
		});
	}

	@Test
	void servicesBehindLoadBalancersAreMocked() {
		this.mocks.session("orders")
			.expect("GET", "/list?x=1")
			.header("Authorization", "Bearer token-of-shop")
			.reply(Reply.text("one"));
		assertThat(this.orders.get("list", (options) -> options.param("x", 1)).text()).isEqualTo("one");
	}

	@Test
	void unknownSessionsAreRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.mocks.session("itms"))
			.withMessageContaining("items, prices");
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Listening {

		@Bean
		List<CallContext> exchanges() {
			return new CopyOnWriteArrayList<>();
		}

		@Bean
		SessionCustomizer listening(List<CallContext> exchanges) {
			return (name, builder) -> builder.listener((exchange) -> {
				exchanges.add(exchange.context());
				return new ExchangeListener.Scope() {
					@Override
					public void responded(Response response, Duration elapsed) {
						assertThat(response.statusCode()).isPositive();
					}

					@Override
					public void failed(RequestException error, Duration elapsed) {
						assertThat(error).isNotNull();
					}
				};
			});
		}

	}

}
