package io.github.requests4j.spring.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.StringUtils;

/**
 * Reads and writes HTTP archives (HAR 1.2).
 */
final class HarFile {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	private static final String ENCODED = "_encoded";

	private HarFile() {
	}

	static List<HarEntry> read(Path file) {
		try {
			List<HarEntry> entries = new ArrayList<>();
			JsonNode log = MAPPER.readTree(Files.readAllBytes(file)).path("log");
			log.path("entries").forEach((entry) -> entries.add(entry(entry)));
			return entries;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static void write(Path file, List<HarEntry> entries) {
		ObjectNode root = MAPPER.createObjectNode();
		ObjectNode log = root.putObject("log");
		log.put("version", "1.2");
		log.putObject("creator").put("name", "requests4j").put("version", version());
		ArrayNode array = log.putArray("entries");
		entries.forEach((entry) -> write(array.addObject(), entry));
		try {
			Path directory = file.toAbsolutePath().getParent();
			if (directory != null) {
				Files.createDirectories(directory);
			}
			Files.write(file, MAPPER.writeValueAsBytes(root));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String version() {
		String version = HarFile.class.getPackage().getImplementationVersion();
		return (version != null) ? version : "development";
	}

	private static void write(ObjectNode node, HarEntry entry) {
		node.put("startedDateTime", entry.started().toString()).put("time", entry.millis());
		ObjectNode request = node.putObject("request");
		request.put("method", entry.method()).put("url", entry.url()).put("httpVersion", "HTTP/1.1");
		request.putArray("cookies");
		headers(request.putArray("headers"), entry.requestHeaders());
		query(request.putArray("queryString"), entry.url());
		String sent = entry.requestBody();
		if (sent != null) {
			String type = entry.requestHeader("Content-Type");
			request.putObject("postData").put("mimeType", (type != null) ? type : "").put("text", sent);
		}
		request.put("headersSize", -1).put("bodySize", (sent != null) ? sent.length() : 0);
		ObjectNode response = node.putObject("response");
		response.put("status", entry.status()).put("statusText", entry.reason()).put("httpVersion", "HTTP/1.1");
		response.putArray("cookies");
		headers(response.putArray("headers"), entry.headers());
		content(response.putObject("content"), entry);
		String location = entry.header("Location");
		response.put("redirectURL", (location != null) ? location : "").put("headersSize", -1).put("bodySize", -1);
		node.putObject("cache");
		node.putObject("timings").put("send", 0).put("wait", entry.millis()).put("receive", 0);
	}

	private static void headers(ArrayNode array, List<HarEntry.Header> headers) {
		headers.forEach((header) -> array.addObject().put("name", header.name()).put("value", header.value()));
	}

	private static void query(ArrayNode array, String url) {
		int query = url.indexOf('?');
		if (query >= 0) {
			for (String pair : StringUtils.delimitedListToStringArray(url.substring(query + 1), "&")) {
				int equals = pair.indexOf('=');
				array.addObject()
					.put("name", (equals >= 0) ? pair.substring(0, equals) : pair)
					.put("value", (equals >= 0) ? pair.substring(equals + 1) : "");
			}
		}
	}

	/**
	 * Writes text unchanged and any other content in Base64. The format reserves names
	 * that start with an underscore for custom fields.
	 */
	private static void content(ObjectNode content, HarEntry entry) {
		String type = entry.header("Content-Type");
		content.put("size", entry.body().length).put("mimeType", (type != null) ? type : "");
		String text = text(entry.body());
		if (text != null) {
			content.put("text", text);
		}
		else {
			content.put("text", Base64.getEncoder().encodeToString(entry.body())).put("encoding", "base64");
		}
		if (entry.encoded() != null) {
			content.put(ENCODED, Base64.getEncoder().encodeToString(entry.encoded()));
		}
	}

	static @Nullable String text(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static HarEntry entry(JsonNode node) {
		JsonNode request = node.path("request");
		JsonNode response = node.path("response");
		JsonNode content = response.path("content");
		String text = content.path("text").asString("");
		byte[] body = "base64".equals(content.path("encoding").asString("")) ? Base64.getDecoder().decode(text)
				: text.getBytes(StandardCharsets.UTF_8);
		return new HarEntry(Instant.parse(node.path("startedDateTime").asString("1970-01-01T00:00:00Z")),
				node.path("time").asLong(), request.path("method").asString(), request.path("url").asString(),
				headers(request), request.has("postData") ? request.path("postData").path("text").asString("") : null,
				response.path("status").asInt(), response.path("statusText").asString(""), headers(response), body,
				content.has(ENCODED) ? Base64.getDecoder().decode(content.path(ENCODED).asString("")) : null);
	}

	private static List<HarEntry.Header> headers(JsonNode message) {
		List<HarEntry.Header> headers = new ArrayList<>();
		message.path("headers")
			.forEach((header) -> headers
				.add(new HarEntry.Header(header.path("name").asString(), header.path("value").asString(""))));
		return headers;
	}

}
