package io.github.requests4j.spring.client.parity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestException;

/**
 * What a call sent and what it returned, as text by aspects that can be compared. What
 * always differs is left out: see {@link #ALWAYS_DIFFERENT}.
 *
 * @param aspects the aspects by their names
 */
record Outcome(Map<String, String> aspects) {

	/** Headers that the page names as those of the client rather than of the call. */
	static final Set<String> ALWAYS_DIFFERENT = Set.of("user-agent", "accept", "accept-encoding", "connection", "host",
			"content-length", "transfer-encoding");

	/** Headers of responses that are about the connection they came by. */
	private static final Set<String> HOP_BY_HOP = Set.of("transfer-encoding", "connection");

	/** Calls, and describes what was sent and returned. */
	static Outcome of(WireServer server, Callable<?> call) throws IOException {
		Map<String, String> aspects = new TreeMap<>();
		server.take();
		try {
			describe(aspects, call.call());
		}
		catch (Exception ex) {
			aspects.put("failure", failure(ex));
		}
		WireServer.Received sent = server.take();
		if (sent != null) {
			describe(aspects, sent);
		}
		else if (aspects.containsKey("failure")) {
			aspects.put("failure", "rejected");
		}
		return new Outcome(aspects);
	}

	private static void describe(Map<String, String> aspects, WireServer.Received sent) {
		aspects.put("line", sent.line());
		String body = sent.body();
		for (Map.Entry<String, List<String>> header : sent.headers().entrySet()) {
			String name = header.getKey();
			String value = String.join(", ", header.getValue());
			if (name.equals("content-type") && value.startsWith("multipart/")) {
				MediaType type = MediaType.parseMediaType(value);
				String boundary = type.getParameter("boundary");
				value = type.getType() + "/" + type.getSubtype() + " " + others(type);
				body = (boundary != null) ? parts(body, boundary) : body;
			}
			if (!ALWAYS_DIFFERENT.contains(name)) {
				aspects.put("sent " + name, value);
			}
		}
		aspects.put("sent body", body);
	}

	private static Map<String, String> others(MediaType type) {
		Map<String, String> others = new TreeMap<>(type.getParameters());
		others.remove("boundary");
		return others;
	}

	/** The parts with their headers sorted, and without the boundary. */
	private static String parts(String body, String boundary) {
		List<String> parts = new ArrayList<>();
		for (String part : body.split("(\r\n|^)--" + java.util.regex.Pattern.quote(boundary), -1)) {
			int head = part.indexOf("\r\n\r\n");
			if (head < 0) {
				parts.add(part.strip());
				continue;
			}
			Set<String> lines = new TreeSet<>(Arrays.asList(part.substring(2, head).split("\r\n")));
			lines.removeIf((line) -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"));
			parts.add(lines + " " + part.substring(head + 4));
		}
		return String.join(" | ", parts);
	}

	private static void describe(Map<String, String> aspects, @Nullable Object result) throws IOException {
		if (result instanceof ResponseEntity<?> entity) {
			aspects.put("status", String.valueOf(entity.getStatusCode().value()));
			describe(aspects, entity.getHeaders());
			aspects.put("body", text(entity.getBody()));
		}
		else if (result instanceof HttpHeaders headers) {
			describe(aspects, headers);
		}
		else {
			aspects.put("body", text(result));
		}
	}

	private static void describe(Map<String, String> aspects, HttpHeaders headers) {
		headers.forEach((name, values) -> {
			if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
				aspects.put("header " + name.toLowerCase(Locale.ROOT), String.join(", ", values));
			}
		});
	}

	private static String text(@Nullable Object value) throws IOException {
		if (value instanceof byte[] bytes) {
			return "bytes " + new String(bytes, StandardCharsets.ISO_8859_1);
		}
		if (value instanceof Resource resource) {
			return "resource " + new String(resource.getContentAsByteArray(), StandardCharsets.ISO_8859_1) + " named "
					+ resource.getFilename();
		}
		if (value instanceof InputStream stream) {
			try (stream) {
				return "stream " + new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
			}
		}
		if (value instanceof Optional<?> optional) {
			return "optional " + (optional.isPresent() ? text(optional.get()) : "empty");
		}
		return (value != null) ? value.getClass().getSimpleName() + " " + value : "null";
	}

	private static String failure(Exception ex) throws IOException {
		if (ex instanceof RestClientResponseException error) {
			return "status " + error.getStatusCode().value() + " " + text(error.getResponseBodyAsByteArray());
		}
		if (ex instanceof HttpException error) {
			return "status " + error.response().statusCode() + " " + text(error.response().content());
		}
		boolean unreadable = ex instanceof RestClientException || ex instanceof HttpMessageConversionException
				|| ex instanceof InvalidMediaTypeException || ex instanceof RequestException;
		return unreadable ? "unreadable" : ex.getClass().getSimpleName();
	}

	/**
	 * How the outcome of a session differs from that of RestClient, a line for each
	 * aspect. Where only one of them fails, everything else differs because of it.
	 */
	static List<String> differences(Outcome restClient, Outcome session) {
		List<String> differences = new ArrayList<>();
		Set<String> names = new TreeSet<>(restClient.aspects().keySet());
		names.addAll(session.aspects().keySet());
		for (String name : names) {
			String one = restClient.aspects().getOrDefault(name, "none");
			String other = session.aspects().getOrDefault(name, "none");
			if (!one.equals(other)) {
				differences.add(name + ": " + one + " -> " + other);
			}
		}
		return differences.stream()
			.filter((line) -> line.startsWith("failure: "))
			.findFirst()
			.map(List::of)
			.orElse(differences);
	}

}
