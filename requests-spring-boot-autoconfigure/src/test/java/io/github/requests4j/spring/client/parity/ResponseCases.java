package io.github.requests4j.spring.client.parity;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * Responses of all kinds, and the results of all kinds that they are converted to.
 */
final class ResponseCases {

	private static final String ITEM = "{\"name\":\"t\u00e4\",\"count\":2}";

	private static final Set<String> UNPARSEABLE = Set.of("text in an unknown charset", "invalid type");

	private static final String JSON = "Content-Type: application/json\r\n";

	private final Map<String, byte[]> bodies = new LinkedHashMap<>();

	private final List<Case> cases = new ArrayList<>();

	private ResponseCases() {
		body("empty", "", "");
		body("empty JSON", JSON, "");
		body("empty of unknown length", null, "");
		body("JSON", JSON, ITEM);
		body("JSON with other fields", JSON, "{\"error\":\"gone\"}");
		body("JSON array", JSON, "[" + ITEM + "," + ITEM + "]");
		body("JSON null", JSON, "null");
		body("JSON with charset", "Content-Type: application/json;charset=UTF-8\r\n", ITEM);
		body("JSON with suffix", "Content-Type: application/vnd.api+json\r\n", ITEM);
		body("problem", "Content-Type: application/problem+json\r\n", "{\"title\":\"no\",\"status\":404}");
		body("malformed JSON", JSON, "{\"name\":");
		body("text", "Content-Type: text/plain\r\n", "text");
		body("text in UTF-8", "Content-Type: text/plain; charset=utf-8\r\n", "t\u00e4xt");
		bytes("text in Latin-1", "Content-Type: text/plain; charset=ISO-8859-1\r\n",
				"t\u00e4xt".getBytes(StandardCharsets.ISO_8859_1));
		body("text without charset", "Content-Type: text/plain\r\n", "t\u00e4xt");
		body("text in an unknown charset", "Content-Type: text/plain; charset=no-such\r\n", "text");
		body("HTML", "Content-Type: text/html\r\n", "<p>" + ITEM + "</p>");
		body("form", "Content-Type: application/x-www-form-urlencoded\r\n", "a=1&a=2&b=%C3%A4");
		body("image", "Content-Type: image/png\r\n", "png");
		body("octets", "Content-Type: application/octet-stream\r\n", ITEM);
		body("without type", "", ITEM);
		body("invalid type", "Content-Type: nonsense\r\n", ITEM);
		bytes("gzip", JSON + "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\n", gzip(ITEM));
		bytes("gzip text", "Content-Type: text/plain;charset=UTF-8\r\nContent-Encoding: gzip\r\n", gzip("t\u00e4xt"));
		bytes("deflate", JSON + "Content-Encoding: deflate\r\n", deflate(ITEM));
		bytes("unknown coding", JSON + "Content-Encoding: nonsense\r\n", ITEM.getBytes(StandardCharsets.UTF_8));
		body("identity", JSON + "Content-Encoding: identity\r\n", ITEM);
		chunked("chunked JSON", JSON, ITEM.getBytes(StandardCharsets.UTF_8));
		chunked("chunked gzip", JSON + "Content-Encoding: gzip\r\n", gzip(ITEM));
		body("headers", JSON + "X-A: 1\r\nX-A: 2\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nETag: \"e\"\r\n"
				+ "Location: /elsewhere\r\nContent-Disposition: attachment; filename=\"f.json\"\r\n", ITEM);
		bytes("JSON with byte order mark", JSON, ("\ufeff" + ITEM).getBytes(StandardCharsets.UTF_8));
		bytes("UTF-16 JSON", JSON, ITEM.getBytes(StandardCharsets.UTF_16BE));
	}

	static List<Case> all() {
		ResponseCases cases = new ResponseCases();
		for (Map.Entry<String, BiFunction<ResponseApi, HttpMethod, @Nullable Object>> result : results().entrySet()) {
			for (int status : List.of(200, 404, 503)) {
				cases.bodies.forEach((name, body) -> cases.add(result, HttpMethod.GET, status, name, body));
			}
			for (int status : List.of(204, 304)) {
				cases.add(result, HttpMethod.GET, status, "no body",
						"ETag: \"e\"\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			}
			for (int status : List.of(200, 404)) {
				for (String name : List.of("empty", "JSON", "gzip", "chunked JSON", "text")) {
					cases.add(result, HttpMethod.HEAD, status, name, head(cases.bodies.get(name)));
				}
			}
			cases.add(result, HttpMethod.POST, 200, "JSON", cases.bodies.get("JSON"));
		}
		return cases.cases;
	}

	private static Map<String, BiFunction<ResponseApi, HttpMethod, @Nullable Object>> results() {
		Map<String, BiFunction<ResponseApi, HttpMethod, @Nullable Object>> results = new LinkedHashMap<>();
		results.put("void", (api, method) -> {
			api.nothing(method);
			return null;
		});
		results.put("String", ResponseApi::string);
		results.put("byte[]", ResponseApi::bytes);
		results.put("T", ResponseApi::item);
		results.put("List<T>", ResponseApi::list);
		results.put("Map", ResponseApi::map);
		results.put("Object", ResponseApi::object);
		results.put("MultiValueMap", ResponseApi::form);
		results.put("Resource", ResponseApi::resource);
		results.put("InputStreamResource", ResponseApi::streamResource);
		results.put("InputStream", ResponseApi::stream);
		results.put("Optional<T>", ResponseApi::optional);
		results.put("Optional<String>", ResponseApi::optionalString);
		results.put("HttpHeaders", ResponseApi::headers);
		results.put("ResponseEntity<Void>", ResponseApi::voidEntity);
		results.put("ResponseEntity<String>", ResponseApi::stringEntity);
		results.put("ResponseEntity<byte[]>", ResponseApi::bytesEntity);
		results.put("ResponseEntity<T>", ResponseApi::itemEntity);
		results.put("ResponseEntity<List<T>>", ResponseApi::listEntity);
		results.put("ResponseEntity<Map>", ResponseApi::mapEntity);
		results.put("ResponseEntity<Resource>", ResponseApi::resourceEntity);
		results.put("ResponseEntity<InputStream>", ResponseApi::streamEntity);
		return results;
	}

	private void add(Map.Entry<String, BiFunction<ResponseApi, HttpMethod, @Nullable Object>> result, HttpMethod method,
			int status, String name, byte[] rest) {
		ByteArrayOutputStream response = new ByteArrayOutputStream();
		response
			.writeBytes(("HTTP/1.1 " + status + " Status\r\nConnection: close\r\n").getBytes(StandardCharsets.UTF_8));
		response.writeBytes(rest);
		this.cases.add(new Case(result.getKey(), method, status, name, response.toByteArray(), result.getValue()));
	}

	private void body(String name, @Nullable String headers, String body) {
		if (headers == null) {
			this.bodies.put(name, ("\r\n" + body).getBytes(StandardCharsets.UTF_8));
		}
		else {
			bytes(name, headers, body.getBytes(StandardCharsets.UTF_8));
		}
	}

	private void bytes(String name, String headers, byte[] body) {
		this.bodies.put(name, join(headers + "Content-Length: " + body.length + "\r\n\r\n", body, ""));
	}

	private void chunked(String name, String headers, byte[] body) {
		this.bodies.put(name,
				join(headers + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length) + "\r\n", body,
						"\r\n0\r\n\r\n"));
	}

	private static byte[] join(String before, byte[] body, String after) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.writeBytes(before.getBytes(StandardCharsets.UTF_8));
		joined.writeBytes(body);
		joined.writeBytes(after.getBytes(StandardCharsets.UTF_8));
		return joined.toByteArray();
	}

	private static byte[] head(byte[] response) {
		String text = new String(response, StandardCharsets.ISO_8859_1);
		return text.substring(0, text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
	}

	static byte[] gzip(String text) {
		return compressed(text, true);
	}

	private static byte[] deflate(String text) {
		return compressed(text, false);
	}

	private static byte[] compressed(String text, boolean gzip) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = gzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/**
	 * A response and the result to make of it.
	 *
	 * @param result the result, as its type is written
	 * @param method the method of the request
	 * @param status the status of the response
	 * @param body the name of the body
	 * @param response the bytes of the response
	 * @param call the call
	 */
	record Case(String result, HttpMethod method, int status, String body, byte[] response,
			BiFunction<ResponseApi, HttpMethod, @Nullable Object> call) {

		/** How the outcomes may differ. */
		Set<Difference> expected() {
			Set<Difference> expected = EnumSet.noneOf(Difference.class);
			if (UNPARSEABLE.contains(this.body)) {
				expected.add(Difference.CONTENT_TYPE);
			}
			if (this.result.startsWith("Optional") && this.status == 404) {
				expected.add(Difference.OPTIONAL);
			}
			if (this.result.matches("InputStream|.*<InputStream>")) {
				expected.add(Difference.STREAMED_RESULTS);
			}
			else if (isEntity() && this.status >= 400) {
				expected.add(Difference.MISFIT);
			}
			if (this.result.matches("ResponseEntity<(Void|T|List<T>|Map)>") && !this.body.startsWith("empty")) {
				expected.add(Difference.CONTENT_LENGTH);
			}
			return expected;
		}

		boolean isEntity() {
			return this.result.startsWith("ResponseEntity");
		}

		@Override
		public String toString() {
			return this.result + " of " + this.method + " " + this.status + ", " + this.body;
		}

	}

}
