package io.github.requests4j.sample;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * Requests the page with the JDK's client, which keeps cookies and follows redirects like
 * a browser.
 */
final class Browser {

	private final HttpClient client = HttpClient.newBuilder()
		.cookieHandler(new CookieManager())
		.followRedirects(HttpClient.Redirect.NORMAL)
		.build();

	private final String server;

	Browser(int port) {
		this.server = "http://localhost:" + port;
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(request(path, "text/html, */*;q=0.8"));
	}

	HttpResponse<String> submit(String path, String fields) throws IOException, InterruptedException {
		return submit(path, fields, "text/html, */*;q=0.8");
	}

	HttpResponse<String> submit(String path, String fields, String accept) throws IOException, InterruptedException {
		return send(request(path, accept).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(fields)));
	}

	private HttpRequest.Builder request(String path, String accept) {
		return HttpRequest.newBuilder(URI.create(this.server + path)).header("Accept", accept);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
