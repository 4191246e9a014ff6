package io.github.requests4j.spring.guide;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import io.github.resilience4j.springboot.retry.autoconfigure.RetryAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.RequestsClientsAutoConfiguration;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.resilience.RequestsResilienceAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The message of an application that fails to start: the property and its location, the
 * reason and the fix, but never a secret.
 */
class StartMessageTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class,
						SslAutoConfiguration.class, RequestsResilienceAutoConfiguration.class,
						CircuitBreakerAutoConfiguration.class, RetryAutoConfiguration.class))
		.withPropertyValues("resilience4j.retry.instances.known.max-attempts=3");

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					conect-timeout: 5s                       | conect-timeout   | is unknown                 | connect-timeout
					read-timeout: 5                          | read-timeout     | requires a unit            | '5s'
					read-timeout: 0s                         | read-timeout     | longer than zero           | .
					deadline: soon                           | deadline         | is not a duration          | '10s'
					cookies: some                            | cookies          | is not one of              | session, call, none
					base-url: "htp://api.example.com"        | base-url         | No connection adapters were found for 'htp://api.example.com' | Correct
					base-url: "ftp://s3cr3t:s3cr3t@a.example" | base-url        | No connection adapters     | Correct
					auth: {type: oauth}                      | auth.type        | 'oauth' is not one of      | Did you mean 'oauth2'?
					auth: {type: Bearr}                      | auth.type        | 'Bearr' is not one of      | Did you mean 'bearer'? Use one of
					logging: {level: hedaers}                | logging.level    | is not one of              | Did you mean 'headers'?
					max-redirects: many                      | max-redirects    | whole number               | Correct
					stream: perhaps                          | stream           | true or false              | Correct
					retry-budget: 0.2                        | retry-budget     | such as 20%                | Correct
					retry-budget: 0%                         | retry-budget     | between 1 and 100 percent  | Correct
					adapter: {max-retries: {budget: 20%}}    | adapter.max-retries.budget | is unknown       | retry-budget
					limits: {max-body: lots}                 | limits.max-body  | a size                     | 64KB
					headers: {X-A: "${NO_SUCH}"}             | headers          | '${NO_SUCH}' has no value  | Set 'NO_SUCH'
					auth: {tokn: s3cr3t}                     | auth.tokn        | is unknown                 | auth.token
					auth: {type: basic, username: ann}       | auth.password    | requires auth.password, which is not set | auth.bean
					auth: {type: digest, username: ann, password: ""} | auth.password | which is empty      | Set auth.password
					auth: {username: ann, password: "${EMPTY:}"} | auth.password | which is empty               | a variable or a file
					auth: {password: s3cr3t}                 | auth.username    | which is not set           | Set auth.username
					auth: {type: bearer}                     | auth.token       | which is not set           | Set auth.token
					auth: {token: "a s3cr3t"}                | auth.token       | contains the invalid character | .
					auth: {type: bearer, token: "${EMPTY:}"} | auth.token       | which is empty             | a variable or a file
					auth: {type: oauth2}                     | auth.registration-id | which is not set       | Set auth.registration-id
					auth: {username: u, token: s3cr3t}       | auth.username    | requests.sessions.github.auth.token (Byte array | Keep username
					auth: {type: bearer, username: u}        | auth.type        | requests.sessions.github.auth.username (Byte array | Keep username
					headers: {bad name: x}                   | headers[bad name] | cannot be sent            | spaces
					verify: no-such/ca.pem                   | verify           | does not exist             | .
					cert: no-such/client.pem                 | cert             | does not exist             | .
					ssl: {bundle: nope}                      | ssl.bundle       | no SSL bundle named 'nope'       | spring.ssl.bundle.pem.nope
					ssl: {bundle: nope}, verify: false       | ssl.bundle       | 'verify' contradict        | Remove one of them. The bundle contains its own CA certificates
					ssl: {bundle: nope}, cert: client.pem    | ssl.bundle       | 'cert' contradict          | Remove one of them. The bundle contains its own certificate
					cert: {private-key: client.key}          | cert             | no certificate             | cert.certificate
					resilience: {circuit-breaker: nope}      | resilience       | no instance named 'nope'         | instances.nope
					resilience: {retry: known}, adapter: {max-retries: 3} | resilience.retry | would multiply | 'max-retries: 0'
					""")
	void messageNamesPropertyLineReasonAndFix(String settings, String key, String problem, String fix) {
		start("requests:\n  sessions:\n    github: {%s}\n".formatted(settings), (ex) -> {
			assertThat(ex.property()).startsWith("requests.sessions.github." + key);
			assertThat(String.valueOf(ex.origin())).as("origin").contains("3:");
			assertThat(ex.problem()).contains(problem).endsWith(".");
			assertThat(ex.fix()).contains(fix).containsPattern("[.?]$");
			assertThat(ex.getMessage()).contains(ex.property(), ex.problem(), ex.fix()).doesNotContain("s3cr3t");
		});
	}

	@Test
	void contradictionNamesBothSettings() {
		start("requests:\n  sessions:\n    s: {ssl: {bundle: b}, verify: false, cert: c.pem}\n", (ex) -> {
			assertThat(ex.property()).isEqualTo("requests.sessions.s.ssl.bundle");
			assertThat(ex.problem()).contains("requests.sessions.s.verify (").contains("3:35");
		});
	}

	@Test
	void baseUrlWithoutSchemeIsExplained() {
		start("requests:\n  sessions:\n    s: {base-url: 'localhost:8080'}\n", (ex) -> {
			assertThat(ex.property()).isEqualTo("requests.sessions.s.base-url");
			assertThat(ex.problem()).endsWith("No scheme supplied. Perhaps you meant http://localhost:8080?");
			assertThat(String.valueOf(ex.origin())).contains("3:19");
		});
	}

	@Test
	void namesAreShownAsTheyWereWritten() {
		start("requests.clients.ItemsClient.methods.getItem.dedline: 1s", (ex) -> {
			assertThat(ex.property()).isEqualTo("requests.clients.ItemsClient.methods.getItem.dedline");
			assertThat(ex.fix()).contains("'requests.clients.ItemsClient.methods.getItem.deadline'");
		});
		start("requests.clients.ItemsClient.readTimeout: soon",
				(ex) -> assertThat(ex.property()).isEqualTo("requests.clients.ItemsClient.readTimeout"));
	}

	@Test
	void twoPrimarySessionsAreExplained() {
		start("requests.sessions: {a: {primary: true}, b: {primary: true}}", (ex) -> {
			assertThat(ex.property()).endsWith("primary");
			assertThat(ex.problem()).contains("is also primary. It is marked by requests.sessions.b.primary (");
			assertThat(ex.fix()).isEqualTo("Keep only one primary session.");
		});
	}

	@Test
	void unknownSessionOfAnInterfaceIsExplained() {
		clientsFail(LostClients.class, "@RequestsClient(\"lost\") on " + Lost.class.getName(),
				"There is no session named 'lost'", "[github]", "Configure requests.sessions.lost");
	}

	@Test
	void pathVariableWithoutArgumentIsExplained() {
		clientsFail(UnannotatedClients.class, Unannotated.class.getName() + ".item", "argument 1", "@RequestParam");
	}

	private void clientsFail(Class<?> configuration, String... parts) {
		this.runner.withUserConfiguration(configuration)
			.withPropertyValues("requests.sessions.github.base-url=http://localhost:1")
			.run((context) -> assertThat(mistake(context.getStartupFailure()).getMessage()).contains(parts));
	}

	private void start(String yaml, Consumer<RequestsConfigurationException> check) {
		this.runner.withInitializer((context) -> load(context, yaml))
			.run((context) -> check.accept(mistake(context.getStartupFailure())));
	}

	private static RequestsConfigurationException mistake(Throwable failure) {
		Throwable cause = failure;
		while (cause != null && !(cause instanceof RequestsConfigurationException)) {
			cause = cause.getCause();
		}
		assertThat(cause).as("the failure of the start: " + failure).isNotNull();
		return (RequestsConfigurationException) cause;
	}

	private static void load(ConfigurableApplicationContext context, String yaml) {
		ByteArrayResource resource = new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8));
		try {
			new YamlPropertySourceLoader().load("application.yml", resource)
				.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@RequestsClient("lost")
	interface Lost {

		@GetExchange("/")
		String get();

	}

	@RequestsClient("github")
	interface Unannotated {

		@GetExchange("/items/{id}")
		String item(String id);

	}

	@EnableRequestsClients(clients = Lost.class)
	static class LostClients {

	}

	@EnableRequestsClients(clients = Unannotated.class)
	static class UnannotatedClients {

	}

}
