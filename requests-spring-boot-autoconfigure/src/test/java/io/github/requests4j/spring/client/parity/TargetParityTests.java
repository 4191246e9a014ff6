package io.github.requests4j.spring.client.parity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;

import io.github.requests4j.spring.client.EnableRequestsClients;
import io.github.requests4j.spring.client.RequestsClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where calls go: base URLs with a path, and versions.
 */
class TargetParityTests {

	private static final Map<String, Consumer<Api>> CALLS = new LinkedHashMap<>();

	static {
		CALLS.put("slash", (api) -> api.slash("i"));
		CALLS.put("noSlash", (api) -> api.noSlash("i"));
		CALLS.put("empty", Api::empty);
		CALLS.put("query", (api) -> api.query("q"));
		CALLS.put("params", (api) -> api.params("q"));
		CALLS.put("version", Api::version);
		CALLS.put("versionAndParams", (api) -> api.versionAndParams("i", "q"));
		CALLS.put("versionAndBody", (api) -> api.versionAndBody("b"));
	}

	static Stream<Arguments> targets() {
		return Stream.of(Arguments.of("", null, ""), Arguments.of("/base", null, ""), Arguments.of("/base/", null, ""),
				Arguments.of("/b%C3%A4se", null, ""),
				Arguments.of("", ApiVersionInserter.useHeader("X-Version"), "header"),
				Arguments.of("", ApiVersionInserter.useMediaTypeParam("v"), "media type"),
				Arguments.of("", ApiVersionInserter.useQueryParam("v"), "query"),
				Arguments.of("", ApiVersionInserter.usePathSegment(0), "path"),
				Arguments.of("/base", ApiVersionInserter.usePathSegment(1), "path"));
	}

	@ParameterizedTest(name = "base URL with path ''{0}'', version: {2}")
	@MethodSource("targets")
	void targetsMatchThoseOfRestClient(String path, @Nullable ApiVersionInserter versions, String kind)
			throws Exception {
		try (ParityContext context = new ParityContext(Clients.class, path, versions)) {
			context.server()
				.respond("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			Api restClient = context.restClient(Api.class);
			Api session = context.session(Api.class);
			for (Map.Entry<String, Consumer<Api>> call : CALLS.entrySet()) {
				List<String> lines = Outcome.differences(outcome(context, call.getValue(), restClient),
						outcome(context, call.getValue(), session));
				Set<Difference> expected = expected(path, kind, call.getKey());
				assertThat(lines).as(call.getKey())
					.hasSize(expected.size())
					.allMatch((line) -> expected.stream().allMatch((difference) -> difference.explains(line)));
			}
		}
	}

	private static Set<Difference> expected(String path, String kind, String call) {
		if (path.contains("%")) {
			// Without an inserter both reject versions
			return call.startsWith("version") ? Set.of() : Set.of(Difference.PERCENT);
		}
		if (call.equals("noSlash") && path.matches(".*[^/]")) {
			return Set.of(Difference.JOINING);
		}
		if (call.startsWith("version") && kind.equals("path") && !path.isEmpty()) {
			return Set.of(Difference.VERSION_IN_PATH);
		}
		return (call.equals("versionAndParams") && kind.equals("query")) ? Set.of(Difference.VERSION_IN_QUERY)
				: Set.of();
	}

	private static Outcome outcome(ParityContext context, Consumer<Api> call, Api client) throws IOException {
		return Outcome.of(context.server(), () -> {
			call.accept(client);
			return null;
		});
	}

	/** Calls of targets of all kinds. */
	@RequestsClient("s")
	@HttpExchange
	interface Api {

		@GetExchange("/items/{id}")
		void slash(@PathVariable("id") String id);

		@GetExchange("items/{id}")
		void noSlash(@PathVariable("id") String id);

		@GetExchange
		void empty();

		@GetExchange("?a={q}")
		void query(@PathVariable("q") String q);

		@GetExchange
		void params(@RequestParam("q") String q);

		@GetExchange(url = "/items", version = "1.2")
		void version();

		@GetExchange(url = "/items/{id}?a=1", version = "1.2")
		void versionAndParams(@PathVariable("id") String id, @RequestParam("q") String q);

		@PostExchange(url = "/items", version = "1.2", contentType = "application/json")
		void versionAndBody(@RequestBody String body);

	}

	@EnableRequestsClients(clients = Api.class)
	static class Clients {

	}

}
