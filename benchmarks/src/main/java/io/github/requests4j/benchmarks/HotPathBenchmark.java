package io.github.requests4j.benchmarks;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import io.github.requests4j.Session;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

/**
 * Measures the parts of a call that do not use the network.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HotPathBenchmark {

	private static final String URL = "http://api.example.com/items/42?page=2";

	private final Url uri = ParsedUrl.split(URL);

	private final PreparedRequest request = new PreparedRequest();

	private final Request header = Request.of("GET", URL, (o) -> o.header("Accept", "application/json"));

	private final Session session = Session.builder().trustEnv(false).header("X-Team", "search").build();

	private final CookieJar jar = new CookieJar();

	private final Proxies proxies = Proxies
		.of(Map.of("https", "http://proxy:3128", "no_proxy", "localhost,.internal.example,10.0.0.0/8"));

	private final CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders(
			Map.of("Content-Type", "application/json", "Content-Length", "200"));

	/** Creates the objects that the benchmarks use. */
	public HotPathBenchmark() {
		this.request.prepareUrl(URL, null);
		this.jar.extractCookies(this.uri, List.of("sid=31d4d96e407aad42; Path=/", "theme=dark; Path=/items"));
	}

	/** Closes the session. */
	@TearDown
	public void close() {
		this.session.close();
	}

	/**
	 * URL preparation.
	 * @return the request
	 */
	@Benchmark
	public PreparedRequest url() {
		PreparedRequest prepared = new PreparedRequest();
		prepared.prepareUrl(URL, null);
		return prepared;
	}

	/**
	 * Merging and preparing: headers of the session and the request, URL, no cookies.
	 * @return the request
	 */
	@Benchmark
	public PreparedRequest merge() {
		return this.session.prepareRequest(this.header);
	}

	/**
	 * Cookie look-up.
	 * @return the header
	 */
	@Benchmark
	public @Nullable String cookies() {
		return this.jar.cookieHeader(this.uri);
	}

	/**
	 * Proxy selection.
	 * @return the proxy
	 */
	@Benchmark
	public @Nullable String proxy() {
		return this.proxies.selectText(this.request.parsedUrl());
	}

	/**
	 * Building a response and reading its body.
	 * @return the body
	 */
	@Benchmark
	public byte[] response() {
		return Response.builder(200)
			.headers(this.headers)
			.request(this.request)
			.raw(new ByteArrayInputStream(new byte[200]))
			.build()
			.content();
	}

}
