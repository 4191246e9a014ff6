package io.github.requests4j.suites;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

/**
 * Runs the cases of {@code cache-tests.json} over real sockets: plays the server and,
 * through a {@link CacheClient}, the client. A case passes if each of its requests gets
 * what it expects; one that builds on a case that fails still runs, since this cache must
 * pass them all.
 */
final class CacheSuite {

	private static final Set<String> DATES = Set.of("date", "expires", "last-modified", "if-modified-since",
			"if-unmodified-since");

	private static final DateTimeFormatter RFC_850 = DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss 'GMT'",
			Locale.ENGLISH);

	private static final DateTimeFormatter IMF = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'",
			Locale.ENGLISH);

	private static final int PAUSE_MILLIS = 3000;

	/** Intentionally different answers, most of them because this is a private cache. */
	private static final Map<String, String> EXPLAINED = Map.ofEntries(
			Map.entry("freshness-s-maxage-shared", "s-maxage is for shared caches"),
			Map.entry("freshness-max-age-s-maxage-shared-longer-multiple", "s-maxage is for shared caches"),
			Map.entry("freshness-max-age-s-maxage-shared-shorter", "s-maxage is for shared caches"),
			Map.entry("freshness-max-age-s-maxage-shared-shorter-expires", "s-maxage is for shared caches"),
			Map.entry("cc-resp-private-shared", "a private cache may store private responses"),
			Map.entry("stale-close-proxy-revalidate", "proxy-revalidate is for shared caches"),
			Map.entry("stale-close-s-maxage=2", "s-maxage is for shared caches"),
			Map.entry("partial-store-partial-complete", "parts are joined only if a strong ETag proves them to match"),
			Map.entry("other-authorization-smaxage", "s-maxage is for shared caches"));

	private final CacheClient client;

	private final RawServer server;

	private final Map<String, Run> runs = new ConcurrentHashMap<>();

	private CacheSuite(CacheClient client) throws IOException {
		this.client = client;
		this.server = RawServer.start(this::serve);
	}

	/** One case while it runs. */
	private static final class Run {

		private final JsonNode requests;

		private final Map<Integer, RawRequest> received = new ConcurrentHashMap<>();

		private Run(JsonNode requests) {
			this.requests = requests;
		}

	}

	/** The tallies of all kinds, for one client. */
	static List<Tally> run(Path folder, String name, CacheClient client) throws IOException {
		Map<String, Tally> tallies = new LinkedHashMap<>();
		for (String kind : List.of("required", "optimal", "check")) {
			tallies.put(kind, new Tally(name + " " + kind));
		}
		CacheSuite suite = new CacheSuite(client);
		ExecutorService executor = Executors.newFixedThreadPool(40);
		try {
			Map<JsonNode, Future<@Nullable String>> results = new LinkedHashMap<>();
			for (JsonNode group : Json.read(folder.resolve("cache-tests.json"))) {
				for (JsonNode test : group.get("tests")) {
					results.put(test, executor.submit(() -> suite.failure(test)));
				}
			}
			for (Map.Entry<JsonNode, Future<@Nullable String>> result : results.entrySet()) {
				JsonNode test = result.getKey();
				Tally tally = tallies.get(text(test, "kind", "required"));
				String id = test.get("id").asString();
				String reason = test.has("cdn_only") ? "CDN-Cache-Control is for content delivery networks"
						: EXPLAINED.get(id);
				String failure = result.getValue().get();
				if (failure != null && reason != null) {
					tally.explained(reason);
				}
				else {
					tally.compare(id, null, failure);
				}
			}
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IOException(ex);
		}
		finally {
			executor.shutdownNow();
			suite.server.close();
			client.close();
		}
		return List.copyOf(tallies.values());
	}

	private static String text(JsonNode node, String name, String otherwise) {
		return node.has(name) ? node.get(name).asString() : otherwise;
	}

	private static boolean flag(JsonNode node, String name) {
		return node.has(name) && node.get(name).asBoolean();
	}

	/** Why a case fails, or null. */
	private @Nullable String failure(JsonNode test) throws InterruptedException {
		Run run = new Run(test.get("requests"));
		String id = UUID.randomUUID().toString();
		this.runs.put(id, run);
		String serverNow = "";
		for (int number = 1; number <= run.requests.size(); number++) {
			JsonNode config = run.requests.get(number - 1);
			CacheClient.Answer answer = null;
			try {
				answer = send(id, number, config, serverNow);
			}
			catch (IOException ex) {
				if (!config.has("expected_status") || !config.get("expected_status").isNull()) {
					return "request " + number + " failed: " + ex;
				}
			}
			String wrong = (answer != null) ? wrong(config, answer, number, id) : null;
			if (wrong != null) {
				return "response " + number + ": " + wrong;
			}
			if (answer != null && answer.header("Server-Now") != null) {
				serverNow = answer.header("Server-Now");
			}
			if (flag(config, "pause_after")) {
				Thread.sleep(PAUSE_MILLIS);
			}
		}
		return wrongAtServer(run);
	}

	private CacheClient.Answer send(String id, int number, JsonNode config, String serverNow) throws IOException {
		String url = this.server.url("/test/" + id) + (config.has("filename") ? "/" + text(config, "filename", "") : "")
				+ (config.has("query_arg") ? "?" + text(config, "query_arg", "") : "");
		List<String[]> headers = new ArrayList<>();
		headers.add(new String[] { "Req-Num", Integer.toString(number) });
		if (config.has("request_headers")) {
			for (JsonNode header : config.get("request_headers")) {
				Instant base = flag(config, "magic_ims") ? Json.date(serverNow) : Instant.now();
				headers.add(new String[] { header.get(0).asString(), value(header, base, config) });
			}
		}
		if (config.has("cache")) {
			// What a browser sends when it is asked to reload
			headers.add(new String[] { "Cache-Control", "max-age=0" });
		}
		String body = config.has("request_body") ? config.get("request_body").asString() : null;
		return this.client.send(text(config, "request_method", "GET"), url, headers, body);
	}

	private static String value(JsonNode header, Instant now, JsonNode config) {
		String name = header.get(0).asString().toLowerCase(Locale.ROOT);
		JsonNode value = header.get(1);
		if (!value.isNumber() || !DATES.contains(name)) {
			return value.asString();
		}
		boolean old = config.has("rfc850date") && config.get("rfc850date").toString().contains(name);
		return (old ? RFC_850 : IMF).format(now.plusSeconds(value.asLong()).atOffset(ZoneOffset.UTC));
	}

	private @Nullable String wrong(JsonNode config, CacheClient.Answer answer, int number, String id) {
		String count = answer.header("Server-Request-Count");
		String type = text(config, "expected_type", "");
		if (type.equals("cached") && !(count == null && answer.status() == 304)
				&& (count == null || Integer.parseInt(count) >= number)) {
			return "not from the cache";
		}
		if (type.equals("not_cached") && (count == null || Integer.parseInt(count) != number)) {
			return "from the cache";
		}
		int expected = config.has("expected_status") ? config.get("expected_status").asInt(-1)
				: config.has("response_status") ? config.get("response_status").get(0).asInt() : 200;
		if (expected != answer.status() && expected != -1) {
			return "status " + answer.status() + " instead of " + expected;
		}
		String headers = wrongHeaders(config, answer);
		if (headers != null) {
			return headers;
		}
		return wrongBody(config, answer, id);
	}

	private static @Nullable String wrongHeaders(JsonNode config, CacheClient.Answer answer) {
		for (JsonNode header : config.path("expected_response_headers")) {
			String name = header.isArray() ? header.get(0).asString() : header.asString();
			String value = answer.header(name);
			boolean right = value != null;
			if (right && header.isArray() && header.size() == 3) {
				right = Long.parseLong(value) > header.get(2).asLong();
			}
			else if (right && header.isArray()) {
				right = header.get(1).isNumber() || value.equals(header.get(1).asString());
			}
			if (!right) {
				return name + " is " + value;
			}
		}
		for (JsonNode header : config.path("expected_response_headers_missing")) {
			String name = header.isArray() ? header.get(0).asString() : header.asString();
			String value = answer.header(name);
			if (value != null && (!header.isArray() || value.contains(header.get(1).asString()))) {
				return name + " is " + value;
			}
		}
		return null;
	}

	private static @Nullable String wrongBody(JsonNode config, CacheClient.Answer answer, String id) {
		boolean bodyless = answer.status() == 304 || answer.status() == 204
				|| text(config, "request_method", "GET").equals("HEAD");
		if (bodyless || (config.has("check_body") && !config.get("check_body").asBoolean())) {
			return null;
		}
		JsonNode expected = config.has("expected_response_text") ? config.get("expected_response_text")
				: config.get("response_body");
		String body = (expected == null) ? id : expected.isNull() ? null : expected.asString();
		return (body == null || body.equals(answer.body())) ? null : "body " + answer.body();
	}

	private static @Nullable String wrongAtServer(Run run) {
		for (int number = 1; number <= run.requests.size(); number++) {
			JsonNode config = run.requests.get(number - 1);
			RawRequest received = run.received.get(number);
			String type = text(config, "expected_type", "");
			boolean expected = type.endsWith("validated") || config.has("expected_method")
					|| config.has("expected_request_headers");
			if (expected && received == null) {
				return "request " + number + " did not reach the server";
			}
			if (received == null) {
				continue;
			}
			if (type.equals("etag_validated") && received.header("If-None-Match") == null
					|| type.equals("lm_validated") && received.header("If-Modified-Since") == null) {
				return "request " + number + " was not conditional";
			}
			if (config.has("expected_method") && !received.method().equals(text(config, "expected_method", ""))) {
				return "request " + number + " was " + received.method();
			}
			for (JsonNode header : config.path("expected_request_headers")) {
				String value = received.header(header.get(0).asString());
				if (!header.get(1).asString().equals(value)) {
					return "request " + number + " had " + header.get(0).asString() + ": " + value;
				}
			}
		}
		return null;
	}

	private void serve(RawConversation conversation) throws IOException {
		RawRequest request = conversation.readRequest();
		while (request != null && respond(conversation, request)) {
			request = conversation.readRequest();
		}
	}

	private boolean respond(RawConversation conversation, RawRequest request) throws IOException {
		String id = request.path().split("/")[2];
		Run run = this.runs.get(id);
		int number = Integer.parseInt(request.header("Req-Num"));
		run.received.put(number, request);
		JsonNode config = run.requests.get(number - 1);
		if (flag(config, "disconnect")) {
			return false;
		}
		for (JsonNode interim : config.path("interim_responses")) {
			StringBuilder head = new StringBuilder("HTTP/1.1 " + interim.get(0).asInt() + " Interim\r\n");
			interim.path(1)
				.forEach((header) -> head.append(header.get(0).asString() + ": " + header.get(1).asString() + "\r\n"));
			conversation.send(head + "\r\n");
		}
		int status = config.has("response_status") ? config.get("response_status").get(0).asInt() : 200;
		if (text(config, "expected_type", "").endsWith("validated")) {
			status = isValid(run.requests.get(number - 2), request) ? 304 : 999;
		}
		send(conversation, request, config, status, id, number);
		return true;
	}

	private static boolean isValid(JsonNode previous, RawRequest request) {
		for (JsonNode header : previous.path("response_headers")) {
			String name = header.get(0).asString();
			String value = header.get(1).asString();
			if (name.equalsIgnoreCase("ETag") && value.equals(request.header("If-None-Match"))
					|| name.equalsIgnoreCase("Last-Modified") && request.header("If-Modified-Since") != null
							&& (header.get(1).isNumber() || value.equals(request.header("If-Modified-Since")))) {
				return true;
			}
		}
		return false;
	}

	private void send(RawConversation conversation, RawRequest request, JsonNode config, int status, String id,
			int number) throws IOException {
		Instant now = Instant.now();
		StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
		boolean hasDate = false;
		boolean hasLength = false;
		boolean hasType = false;
		for (JsonNode header : config.path("response_headers")) {
			String name = header.get(0).asString();
			String value = value(header, now, config);
			if (flag(config, "magic_locations") && name.toLowerCase(Locale.ROOT).endsWith("location")) {
				value = this.server.url("/test/" + id + "/" + value);
			}
			hasDate |= name.equalsIgnoreCase("Date");
			hasLength |= name.equalsIgnoreCase("Content-Length");
			hasType |= name.equalsIgnoreCase("Content-Type");
			head.append(name).append(": ").append(value).append("\r\n");
		}
		JsonNode given = config.get("response_body");
		String body = (given == null) ? id : given.isNull() ? "" : given.asString();
		boolean bodyless = status == 304 || status == 204;
		head.append(hasDate ? "" : "Date: " + IMF.format(now.atOffset(ZoneOffset.UTC)) + "\r\n");
		head.append(hasType ? "" : "Content-Type: text/plain\r\n");
		head.append((hasLength || bodyless) ? "" : "Content-Length: " + body.length() + "\r\n");
		head.append("Server-Request-Count: " + number + "\r\nServer-Now: ")
			.append(IMF.format(now.atOffset(ZoneOffset.UTC)))
			.append("\r\n\r\n");
		conversation.send((head + ((bodyless || request.method().equals("HEAD")) ? "" : body))
			.getBytes(StandardCharsets.ISO_8859_1));
	}

}
