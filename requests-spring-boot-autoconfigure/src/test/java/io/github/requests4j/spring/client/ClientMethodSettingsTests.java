package io.github.requests4j.spring.client;

import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.github.requests4j.spring.CountingServer;
import io.github.requests4j.spring.CountingServer.Answer;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Settings of single methods of a client in YAML.
 */
class ClientMethodSettingsTests {

	private static final String PAY = "requests.clients.Payments.methods.pay.";

	private final CountingServer server = CountingServer.answering(200);

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void idempotencyKeysCanBeEnabledForOneMethod() {
		run((payments) -> {
			payments.pay("a");
			payments.pay("b");
			payments.refund("c", null);
			assertThat(keys()).doesNotHaveDuplicates().hasSize(3).endsWith((String) null);
		}, PAY + "idempotency-key=auto");
	}

	@Test
	void idempotencyKeysCanBeDisabledForOneMethod() {
		run((payments) -> {
			payments.pay("a");
			payments.refund("b", null);
			assertThat(keys()).hasSize(2).startsWith((String) null).doesNotHaveDuplicates();
		}, "requests.sessions.s.idempotency-key=auto", PAY + "idempotency-key=none");
	}

	@Test
	void argumentOverridesTheIdempotencyKey() {
		run((payments) -> {
			payments.refund("a", "order-1");
			payments.refund("b", null);
			assertThat(keys()).hasSize(2).startsWith("order-1").doesNotContainNull();
		}, "requests.clients.Payments.methods.refund.idempotency-key=auto");
		run((payments) -> {
			payments.refund("a", "order-2");
			assertThat(keys()).endsWith("order-2");
		}, "requests.clients.Payments.methods.refund.idempotency-key=none");
	}

	@Test
	void retriesOfACallShareOneIdempotencyKey() {
		this.server.handle((request) -> Answer.of((this.server.requests().size() < 3) ? 503 : 200));
		run((payments) -> {
			payments.put("a");
			assertThat(keys()).hasSize(3).doesNotContainNull().containsOnly(keys().get(0));
		}, "requests.clients.Payments.methods.put.idempotency-key=auto",
				"requests.sessions.s.adapter.max-retries.total=3",
				"requests.sessions.s.adapter.max-retries.status-forcelist=503");
	}

	private List<String> keys() {
		return this.server.requests().stream().map((request) -> request.headers().get("Idempotency-Key")).toList();
	}

	private void run(Consumer<Payments> test, String... properties) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("requests.sessions.s.base-url=" + this.server.url())
			.withPropertyValues(properties)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				test.accept(context.getBean(Payments.class));
			});
	}

	@EnableRequestsClients(clients = Payments.class)
	static class Clients {

	}

	/**
	 * A client.
	 */
	@RequestsClient("s")
	public interface Payments {

		@PostExchange("/pay")
		void pay(@RequestBody String body);

		@PostExchange("/refund")
		void refund(@RequestBody String body, @RequestHeader(name = "Idempotency-Key", required = false) String key);

		@PutExchange("/put")
		void put(@RequestBody String body);

	}

}
