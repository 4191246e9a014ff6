package io.github.requests4j.testserver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import javax.net.ssl.SSLContext;

import tools.jackson.databind.json.JsonMapper;

/**
 * A server that shows a client what it sent, and answers in all the ways that tests of
 * clients ask for: {@code /get}, {@code /status/404}, {@code /redirect/3} and so on, as
 * the well-known service of this kind has them.
 */
public final class HttpbinServer implements AutoCloseable {

	private static final JsonMapper JSON = new JsonMapper();

	private final TestHttpServer server;

	private HttpbinServer(TestHttpServer server) {
		this.server = server;
	}

	public static HttpbinServer start() throws IOException {
		return new HttpbinServer(TestHttpServer.start(HttpbinServer::answer));
	}

	/** The same under TLS. */
	public static HttpbinServer start(SSLContext tls) throws IOException {
		return new HttpbinServer(TestHttpServer.start(tls, HttpbinServer::answer));
	}

	/** The same under TLS, asking for a certificate of the client. */
	public static HttpbinServer startWithClientCertificate(SSLContext tls) throws IOException {
		return new HttpbinServer(TestHttpServer.startWithClientCertificate(tls, HttpbinServer::answer));
	}

	private static Reply answer(RawRequest request) {
		String[] path = request.path().substring(1).split("/");
		return switch (path[0]) {
			case "", "html" -> Reply.of(200, "<html><h1>Moby</h1></html>", "Content-Type: text/html; charset=utf-8");
			case "get", "post", "put", "patch", "delete", "options", "anything", "headers", "cookies", "user-agent" ->
				request.path().equals("/cookies/set") ? setCookies(request) : show(request);
			case "status" -> status(Integer.parseInt(path[1]));
			case "redirect", "relative-redirect" -> redirect(Integer.parseInt(path[1]));
			case "redirect-to" -> redirectTo(request);
			case "response-headers" -> responseHeaders(request);
			case "basic-auth" -> basicAuth(request, path);
			case "digest-auth" -> HttpbinDigest.answer(request, path);
			case "gzip", "deflate" -> compressed(path[0]);
			case "stream" -> stream(request, Integer.parseInt(path[1]));
			case "bytes" -> bytes(Integer.parseInt(path[1]));
			default -> Reply.of(404, "no such page");
		};
	}

	private static Reply show(RawRequest request) {
		Map<String, Object> shown = new LinkedHashMap<>();
		shown.put("args", HttpbinQuery.of(request).asMap());
		shown.put("cookies", cookies(request));
		shown.put("headers", headers(request));
		shown.put("method", request.method());
		String type = String.valueOf(request.header("Content-Type"));
		boolean form = type.startsWith("application/x-www-form-urlencoded");
		shown.put("form", form ? HttpbinQuery.parse(request.bodyText()).asMap() : Map.of());
		shown.put("data", form ? "" : request.bodyText());
		shown.put("json", type.startsWith("application/json") ? JSON.readTree(request.body()) : null);
		shown.put("target", request.target());
		return json(shown);
	}

	private static Map<String, String> headers(RawRequest request) {
		Map<String, String> headers = new LinkedHashMap<>();
		for (String name : request.headerNames()) {
			headers.put(name, String.join(",", request.headers(name)));
		}
		return headers;
	}

	private static Map<String, String> cookies(RawRequest request) {
		Map<String, String> cookies = new LinkedHashMap<>();
		String header = request.header("Cookie");
		for (String pair : (header != null) ? header.split("; ") : new String[0]) {
			int equals = pair.indexOf('=');
			cookies.put((equals < 0) ? pair : pair.substring(0, equals),
					(equals < 0) ? "" : pair.substring(equals + 1));
		}
		return cookies;
	}

	static Reply json(Object value) {
		return Reply.json(JSON.writeValueAsString(value));
	}

	private static Reply setCookies(RawRequest request) {
		List<String> lines = new ArrayList<>(List.of("Location: /cookies"));
		HttpbinQuery.of(request)
			.pairs()
			.forEach((pair) -> lines.add("Set-Cookie: " + pair.name() + "=" + pair.value() + "; Path=/"));
		return Reply.of(302, "redirecting", lines.toArray(new String[0]));
	}

	private static Reply status(int status) {
		return switch (status) {
			case 301, 302, 303, 307, 308 -> Reply.redirect(status, "/redirect/1");
			default -> Reply.of(status, "");
		};
	}

	private static Reply redirect(int hops) {
		return Reply.redirect(302, (hops == 1) ? "/get" : "/relative-redirect/" + (hops - 1));
	}

	private static Reply redirectTo(RawRequest request) {
		HttpbinQuery query = HttpbinQuery.of(request);
		String status = query.first("status_code");
		return Reply.redirect((status != null) ? Integer.parseInt(status) : 302, String.valueOf(query.first("url")));
	}

	private static Reply responseHeaders(RawRequest request) {
		List<String> lines = new ArrayList<>(List.of("Content-Type: application/json"));
		HttpbinQuery.of(request).pairs().forEach((pair) -> lines.add(pair.name() + ": " + pair.value()));
		return Reply.of(200, "{}", lines.toArray(new String[0]));
	}

	private static Reply basicAuth(RawRequest request, String[] path) {
		byte[] credentials = (path[1] + ":" + path[2]).getBytes(StandardCharsets.UTF_8);
		String expected = "Basic " + Base64.getEncoder().encodeToString(credentials);
		return expected.equals(request.header("Authorization")) ? json(Map.of("authenticated", true))
				: Reply.of(401, "", "WWW-Authenticate: Basic realm=\"Fake Realm\"");
	}

	private static Reply compressed(String coding) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (OutputStream out = coding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
			out.write(JSON.writeValueAsBytes(Map.of("compressed", coding)));
		}
		catch (IOException ex) {
			throw new IllegalStateException("Memory cannot fail", ex);
		}
		return new Reply(200, List.of("Content-Type: application/json", "Content-Encoding: " + coding),
				bytes.toByteArray());
	}

	private static Reply stream(RawRequest request, int lines) {
		StringBuilder chunks = new StringBuilder();
		for (int i = 0; i < lines; i++) {
			String line = JSON.writeValueAsString(Map.of("id", i)) + "\n";
			chunks.append(Integer.toHexString(line.length())).append("\r\n").append(line).append("\r\n");
		}
		return Reply.of(200, chunks.append("0\r\n\r\n").toString(), "Content-Type: application/json",
				"Transfer-Encoding: chunked");
	}

	private static Reply bytes(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (i * 37 + 129);
		}
		return new Reply(200, List.of("Content-Type: application/octet-stream"), bytes);
	}

	public String url(String path) {
		return this.server.url(path);
	}

	public String url(String host, String path) {
		return this.server.url(host, path);
	}

	/** Host and port. */
	public String authority() {
		return this.server.authority();
	}

	public int connectionCount() {
		return this.server.connectionCount();
	}

	public int openConnections() {
		return this.server.openConnections();
	}

	public List<RawRequest> requests() {
		return this.server.requests();
	}

	public RawRequest lastRequest() {
		return this.server.lastRequest();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
