package io.github.requests4j.spring.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The reference page of the keys is generated from their metadata. To write it again, run
 * this test with {@code -Drequests.docs.write=true}.
 */
class ConfigurationPageTests {

	private static final Path PAGE = Path.of("..", "docs", "configuration.md");

	private static final String INTRODUCTION = """
			# Configuration

			This page lists every key of `application.yml`. [Sessions in YAML](guide/sessions.md) explains the most common ones.

			- `requests.sessions.<name>.*` configures one session. `requests.defaults.*` applies to every session that does not set
			  the key itself.
			- Maps are merged by key, lists are replaced, and an empty value removes an inherited one. `ssl` replaces inherited
			  `verify` and `cert`, and the other way round. Further `adapters` inherit from `adapter`.
			- Durations and sizes need a unit: `500ms`, `10s`, `64KB`.
			- The application does not start if a placeholder `${...}` has no value, a key in a file is unknown, a value cannot be
			  read, a file or bundle is missing, a setting is written under two names, or keys contradict each other. The message
			  names the property, the file and line, and the fix.
			- Names that you choose keep their characters. Those of sessions, clients and adapters that contain dots or slashes
			  need brackets: `"[https://files.example.com/]"`. Names of sessions must differ in more than dashes and case.
			- Blanks and line ends around a value are ignored. For passwords, tokens, headers and parameters, only line ends after
			  the value are ignored, because blanks may belong to it.
			- Some keys have a short form: `verify: ca.pem`, `cert: client.pem`, `cache: 64MB`, `cookies: call`, `hedge: p95`, `rate: 100/s`, `concurrency: adaptive`, `max-retries: 3`.

			## Environment variables

			Write the key in upper case, with an underscore for each dot. Dashes are removed or become underscores, too:

			| Variable | Key |
			|---|---|
			| `REQUESTS_DEFAULTS_READTIMEOUT`, `REQUESTS_DEFAULTS_READ_TIMEOUT` | `requests.defaults.read-timeout` |
			| `REQUESTS_SESSIONS_PAYMENT_API_AUTH_TOKEN` | `requests.sessions.payment-api.auth.token` |
			| `REQUESTS_DEFAULTS_HEADERS_X_API_KEY` | `requests.defaults.headers.X-Api-Key` |
			| `REQUESTS_SESSIONS_GITHUB_NOPROXY_0` | `requests.sessions.github.no-proxy[0]` |
			| `REQUESTS_CLIENTS_ITEMSCLIENT_METHODS_GETITEM_DEADLINE` | `requests.clients.ItemsClient.methods.getItem.deadline` |

			Names of sessions, headers, parameters, adapters, clients and methods are spelled as in your files. A session or a
			header that only a variable names is written in lower case with dashes, a parameter with underscores. A variable
			that starts with `REQUESTS_SESSIONS_`, `REQUESTS_DEFAULTS_`, `REQUESTS_CLIENTS_`, `REQUESTS_REDIS_` or `REQUESTS_OBSERVATION_` but does not set any key prevents the application from starting.
			Other variables are ignored, including those that Kubernetes creates for services.

			""";

	private static final String OBSERVATION = """

			## Observation

			Each exchange with the network is recorded as an observation named `http.client.requests`, like those of Spring's own
			clients, with the tags `client`, `client.name`, `exception`, `method`, `outcome`, `session`, `status` and `uri`
			(`RequestsObservationDocumentation`). Redirects, retries, hedges and answers to authentication challenges are
			exchanges of their own. An attempt that was cancelled because another one was faster has the outcome `CANCELLED` and no
			error. With `conventions: otel`, names and tags are those of OpenTelemetry instead: see
			[Observation](guide/observation.md#use-the-names-of-opentelemetry). The properties of Spring Boot apply:

			| Key | Meaning |
			|---|---|
			| `management.observations.http.client.requests.name` | the name of the observation |
			| `management.metrics.distribution.*.http.client.requests` | percentiles, histograms, objectives |
			| `management.metrics.web.client.max-uri-tags` | maximum number of values of `uri`; 100 |

			| Meter | Meaning |
			|---|---|
			| `requests.phase` | times of the phases of exchanges; tags `session` and `phase` (`pool`, `dns`, `connect`, `proxy`, `tls`, `send`, `first-byte`, `body`); with `phases` |
			| `requests.exchange` | times of exchanges to the end of the body; tags `client`, `outcome`, `session` and `uri`; with `phases` |
			| `requests.pool.leased`, `.available`, `.pending`, `.max` | connections of a session |
			| `requests.retries`, `requests.redirects`, `requests.body.errors` | counters of a session |
			| `requests.retries.suppressed` | retries that did not take place because the retry budget was used up |
			| `requests.retries.available` | retries that the retry budget permits now |
			| `requests.hedges`, `requests.hedges.won` | second attempts of late requests, and those whose response was used |
			| `requests.balancer.instances`, `requests.balancer.ejections` | instances over which requests are balanced (tag `state`: `available` or `ejected`), and how often one was ejected |
			| `requests.rate.waits`, `requests.rate.rejected`, `requests.rate.fallbacks` | requests that waited for the rate limit, were rejected by it (tag `reason`) or were decided without Redis |
			| `requests.store.calls`, `.failures`, `.fallbacks` | what sessions asked of Redis, what it did not answer in time or rejected, and how often they went on without it; tag `use` |
			| `requests.concurrency.limit`, `.active`, `.rejected` | the concurrency limit, the requests in progress, and those that it rejected |
			| `cache.gets`, `cache.size` | responses by `result` (`hit`, `validated`, `miss`), and bytes in memory; the tag `cache` is the session, and `cache.manager` is `requests` |

			A bean of type `RequestsObservationConvention` replaces names and tags.

			## Management

			`/actuator/requests` and `/actuator/requests/{session}` show the settings with their origin, transports, connections by
			origin, circuit breakers, the retry budget, limits, the cache, the [instances](resilience.md#load-balancing) over which
			requests are balanced, counts, the last error and the last 20 exchanges, where the endpoint is exposed.
			`/actuator/requests` also shows the last [refresh](guide/live-settings.md). Browsers get
			[a page](guide/observation.md#inspect-a-running-application), all other clients JSON. Values of headers, parameters
			and credentials are always masked there, and in `/actuator/env` too.

			""";

	@Test
	void pageIsUpToDate() throws IOException {
		String page = page();
		if (Boolean.getBoolean("requests.docs.write")) {
			Files.writeString(PAGE, page);
		}
		assertThat(Files.readString(PAGE)).as("written with -Drequests.docs.write=true").isEqualTo(page);
	}

	private static String page() {
		Map<String, Metadata.Key> all = Metadata.all();
		StringBuilder page = new StringBuilder(INTRODUCTION);
		page.append(
				"## Keys of a session\n\n`requests.defaults` has them all but `auth`, `base-url` and `primary`.\n\n");
		Map<String, Metadata.Key> session = new TreeMap<>(Metadata.of(SessionProperties.class));
		for (String shortForm : new String[] { "cert", "cache", "hedge", "rate", "concurrency", "cookies",
				"adapter.max-retries", "verify" }) {
			session.put(shortForm, all.get("requests.defaults." + shortForm));
		}
		// Defaults that are not in the records are listed by hand, for the defaults of
		// sessions.
		session.replaceAll(
				(name, key) -> (key.defaultValue() != null) ? key : all.getOrDefault("requests.defaults." + name, key));
		appendTable(session, "", page);
		page.append("\nFurther transports, `adapters.\"[prefix]\"`, have the keys of `adapter`.\n");
		page.append("\n## Keys of an interface client\n\n");
		page.append(
				"`requests.clients.<name>`, by the name of the interface or of its session. Each method has the same keys\n"
						+ "below `methods.<method>`, as in `requests.clients.ItemsClient.methods.getItem.deadline`.\n\n");
		Map<String, Metadata.Key> client = new TreeMap<>(Metadata.of(RequestsProperties.Method.class));
		Metadata.Key retries = all.get("requests.defaults.adapter.max-retries");
		client.put("max-retries", new Metadata.Key(retries.type(),
				"Maximum total number of retries of the transport. 0, off or false disables retries. Short for max-retries.total.",
				null));
		appendTable(client, "", page);
		page.append("\n## Keys of Redis\n\n");
		page.append("`requests.redis`, for all sessions that keep something in Redis.\n\n");
		appendTable(Metadata.of(RequestsProperties.Redis.class), "", page);
		page.append("\n## Keys of observation\n\n");
		page.append("`requests.observation`, for all sessions.\n\n");
		appendTable(Metadata.of(RequestsProperties.Observation.class), "", page);
		page.append(OBSERVATION);
		Map<String, Metadata.Key> management = new TreeMap<>(all);
		management.keySet().removeIf((name) -> !name.startsWith("management."));
		appendTable(management, "", page);
		return page.toString();
	}

	private static void appendTable(Map<String, Metadata.Key> keys, String prefix, StringBuilder page) {
		page.append("| Key | Type | Default | Meaning |\n|---|---|---|---|\n");
		keys.forEach((name,
				key) -> page.append("| `%s%s` | %s | %s | %s |%n".formatted(prefix, name, type(key.type()),
						(key.defaultValue() != null) ? "`" + key.defaultValue() + "`" : "",
						key.description().replace("requests.defaults.", "").replace("|", "\\|"))));
	}

	private static String type(String type) {
		return switch (type) {
			case "java.lang.String" -> "text";
			case "java.lang.Boolean" -> "true or false";
			case "java.lang.Integer", "java.lang.Long" -> "number";
			case "java.time.Duration" -> "duration";
			case "io.github.requests4j.spring.internal.config.CallDeadline" -> "duration or inherit";
			case "org.springframework.util.unit.DataSize" -> "size";
			case "java.util.List<java.lang.String>" -> "list of texts";
			case "java.util.List<java.lang.Integer>" -> "list of numbers";
			default -> type.startsWith("java.util.Map<") ? "map" : constants(type);
		};
	}

	private static String constants(String type) {
		try {
			StringBuilder names = new StringBuilder();
			for (Object constant : Class.forName(type).getEnumConstants()) {
				names.append(names.isEmpty() ? "" : ", ")
					.append('`')
					.append(constant.toString().toLowerCase(Locale.ROOT))
					.append('`');
			}
			return names.toString();
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
