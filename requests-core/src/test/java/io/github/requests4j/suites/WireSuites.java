package io.github.requests4j.suites;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.Session;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Encodings;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.RawServer;

/**
 * Responses as raw bytes: lengths, heads and chunks, and the charset of a content type.
 */
final class WireSuites {

	private static final Pattern BLOCK = Pattern
		.compile("<!-- meta=(\\{[^\\n]*}) -->\\s*```http\\n(.*?)\\n```\\s*```log\\n(.*?)\\n```", Pattern.DOTALL);

	private static final Pattern ESCAPE = Pattern.compile("\\\\(?:([nrtf\\\\\"])|x([0-9a-fA-F]{2})|(\\n))");

	private static final Pattern BARE_LF = Pattern.compile("(?<!\r)\n");

	private static final String LINES = "a bare LF ends a line, as in requests (RFC 9112 section 2.2)";

	private static final String STRICT = "what blurs the end of a message is rejected";

	private WireSuites() {
	}

	static Tally mediaTypes(Path folder) throws IOException {
		Tally tally = new Tally("media-types");
		for (JsonNode test : Json.read(folder.resolve("mime/mime-types.json"))) {
			if (!test.isObject() || !test.has("encoding")) {
				continue;
			}
			String input = test.get("input").asString();
			String charset = charset(test.path("output").asString(""));
			String found = encoding(input);
			boolean implied = charset == null && ("ISO-8859-1".equals(found) || "utf-8".equals(found));
			String reason = reason(input);
			if (implied || Objects.equals(charset, found) || reason == null) {
				tally.compare(input, charset, implied ? null : found);
			}
			else {
				tally.explained(reason);
			}
		}
		return tally;
	}

	private static @Nullable String encoding(String contentType) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
		headers.put("Content-Type", contentType);
		return Encodings.getEncodingFromHeaders(headers);
	}

	/** The charset of a type that is written as WHATWG writes it. */
	private static @Nullable String charset(String mediaType) {
		Matcher matcher = Pattern.compile(";charset=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\"]*))").matcher(mediaType);
		if (!matcher.find()) {
			return null;
		}
		return (matcher.group(1) != null) ? matcher.group(1).replaceAll("\\\\(.)", "$1") : matcher.group(2);
	}

	private static @Nullable String reason(String input) {
		if (input.indexOf('\u000B') >= 0 || input.indexOf('\f') >= 0) {
			return "a header with a control character is dropped before it is parsed";
		}
		if (input.indexOf("charset", input.indexOf("charset") + 1) >= 0) {
			return "the last charset counts, as in requests";
		}
		return input.matches(".*(['\" ]|charset ).*")
				? "quotes and blanks around a name or value are stripped, as in requests" : null;
	}

	static Tally contentLengths(Path folder) throws IOException {
		Tally tally = new Tally("content-lengths");
		String body = "x".repeat(42);
		for (JsonNode test : Json.read(folder.resolve("wpt-http/content-lengths.json"))) {
			String lines = test.get("input").asString();
			JsonNode expected = test.get("output");
			String got = body("HTTP/1.1 200 OK\r\n" + lines + "\r\nConnection: close\r\n\r\n" + body);
			if (got == null && !expected.isNull()) {
				tally.stricter(STRICT);
			}
			else if (got != null && expected.isNull() && lines.replace("030", "30").matches("(\\D*30)+")) {
				tally.explained("lengths are compared as numbers, as in requests");
			}
			else {
				tally.compare(lines, expected.isNull() ? null : expected.asInt(), (got != null) ? got.length() : null);
			}
		}
		return tally;
	}

	static Tally heads(Path folder) throws IOException {
		Tally tally = new Tally("heads");
		for (JsonNode test : Json.read(folder.resolve("wpt-http/h1-parsing.json"))) {
			String response = test.get("response").asString();
			String body = body(response);
			if (!safe(body) && BARE_LF.matcher(response).find()) {
				tally.explained(LINES);
				continue;
			}
			tally.compare(test.get("name").asString() + " (what counts is that nothing but a body of Test. is taken)",
					true, safe(body));
		}
		return tally;
	}

	private static boolean safe(@Nullable String body) {
		return body == null || body.equals("Test.") || body.isEmpty();
	}

	static Tally llhttp(Path folder) throws IOException {
		Tally tally = new Tally("llhttp");
		try (Stream<Path> files = Files.list(folder.resolve("llhttp/test/response"))) {
			for (Path file : files.sorted().toList()) {
				Matcher block = BLOCK.matcher(Files.readString(file));
				while (block.find()) {
					verdict(tally, file.getFileName().toString(), block);
				}
			}
		}
		return tally;
	}

	private static void verdict(Tally tally, String file, Matcher block) throws IOException {
		if (!block.group(1).contains("\"type\": \"response\"") || block.group(1).contains("pause")) {
			tally.notRunnable();
			return;
		}
		String response = unescape(block.group(2).replace("\n", "\r\n").replace("\\\r\n", ""));
		boolean rejected = block.group(3).contains("error code=");
		boolean incomplete = !block.group(3).contains("message complete")
				&& !block.group(3).contains("headers complete");
		String got = body(response);
		String reason = lenience(response);
		if (got == null && !rejected && !incomplete) {
			tally.stricter(STRICT);
		}
		else if (got != null && rejected && reason != null) {
			tally.explained(reason);
		}
		else {
			tally.compare(file + " " + response, rejected || incomplete, got == null);
		}
	}

	/** Why a response is taken that llhttp rejects. */
	private static @Nullable String lenience(String response) {
		if (BARE_LF.matcher(response).find()) {
			return LINES;
		}
		if (response.contains("en-US Content-Type:")) {
			return "a header whose name is no token is dropped, and the connection closed";
		}
		if (response.contains("25  \r\n") || response.contains("2;\r\n")) {
			return "blanks and an empty extension behind a chunk size are skipped, as in requests";
		}
		return response.contains("Connection: close\r\n")
				? "bytes behind the end of a response are dropped with the connection" : null;
	}

	private static String unescape(String text) {
		return ESCAPE.matcher(text).replaceAll((match) -> {
			if (match.group(2) != null) {
				return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(2), 16)));
			}
			String c = match.group(1);
			return (c == null) ? "" : Matcher.quoteReplacement(switch (c) {
				case "n" -> "\n";
				case "r" -> "\r";
				case "t" -> "\t";
				case "f" -> "\f";
				default -> c;
			});
		});
	}

	/** The body of a response that is sent as these bytes and then closed, or null. */
	static @Nullable String body(String response) throws IOException {
		byte[] bytes = response.getBytes(StandardCharsets.ISO_8859_1);
		try (RawServer server = RawServer.start((conversation) -> {
			conversation.readRequest();
			conversation.send(bytes);
			try {
				conversation.socket().shutdownOutput();
				conversation.awaitClientClose();
			}
			catch (SocketException ex) {
				conversation.close();
			}
		}); Session session = Session.builder().trustEnv(false).timeout(Duration.ofSeconds(2)).build()) {
			Response got = session.get(server.url("/"), (request) -> request.allowRedirects(false));
			return new String(got.content(), StandardCharsets.ISO_8859_1);
		}
		catch (RequestException ex) {
			return null;
		}
	}

}
