package io.github.requests4j.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
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

/**
 * One GET of a small JSON body over a kept-alive loopback connection, one thread: a
 * session beside the default client of httpclient5. The server runs in the same virtual
 * machine, so times are good for comparing the two and for nothing else.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class SmallGetBenchmark {

	private final CannedServer server = CannedServer.start();

	private final Session session = Session.builder().trustEnv(false).build();

	private final CloseableHttpClient apache = HttpClients.createDefault();

	/**
	 * Stops everything.
	 * @throws IOException if closing fails
	 */
	@TearDown
	public void stop() throws IOException {
		this.session.close();
		this.apache.close();
		this.server.close();
	}

	/**
	 * A session's GET.
	 * @return the body
	 */
	@Benchmark
	public byte[] session() {
		return this.session.get(this.server.url()).content();
	}

	/**
	 * The same by httpclient5.
	 * @return the body
	 * @throws IOException if the call fails
	 */
	@Benchmark
	public byte[] apacheDefaultClient() throws IOException {
		return this.apache.execute(new HttpGet(this.server.url()),
				(response) -> EntityUtils.toByteArray(response.getEntity()));
	}

}
