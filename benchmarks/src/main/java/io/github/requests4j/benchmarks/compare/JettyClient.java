package io.github.requests4j.benchmarks.compare;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamRequestContent;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jetty's HttpClient in blocking use, with its defaults, except for the size of the pool
 * and the trusted authority.
 */
final class JettyClient implements Client {

	private final JsonMapper json = JsonMapper.builder().build();

	private final HttpClient client;

	JettyClient(Setup setup) {
		ClientConnector connector = new ClientConnector();
		if (setup.isSecure()) {
			SslContextFactory.Client tls = new SslContextFactory.Client();
			tls.setSslContext(setup.tls());
			connector.setSslContextFactory(tls);
		}
		this.client = new HttpClient(new HttpClientTransportOverHTTP(connector));
		this.client.setMaxConnectionsPerDestination(setup.connections());
		try {
			this.client.start();
		}
		catch (Exception ex) {
			throw new IllegalStateException("Jetty's HttpClient cannot be started", ex);
		}
	}

	@Override
	public int get(String url) throws Exception {
		return this.client.GET(url).getContent().length;
	}

	@Override
	public int get(String url, Map<String, String> headers) throws Exception {
		return this.client.newRequest(url).headers((fields) -> headers.forEach(fields::put)).send().getContent().length;
	}

	@Override
	public Order post(String url, Order order) throws Exception {
		ContentResponse response = this.client.POST(url)
			.body(new BytesRequestContent("application/json", this.json.writeValueAsBytes(order)))
			.send();
		return this.json.readValue(response.getContent(), Order.class);
	}

	@Override
	public long download(String url) throws Exception {
		InputStreamResponseListener listener = new InputStreamResponseListener();
		this.client.newRequest(url).send(listener);
		listener.get(1, TimeUnit.MINUTES);
		try (InputStream body = listener.getInputStream()) {
			return Client.drain(body);
		}
	}

	@Override
	public long upload(String url) throws Exception {
		this.client.newRequest(url).method(HttpMethod.PUT).body(new SizedContent()).send();
		return Zeros.LENGTH;
	}

	@Override
	public void close() throws Exception {
		this.client.stop();
	}

	/** A stream with a known length, because Jetty would otherwise send it in chunks. */
	private static final class SizedContent extends InputStreamRequestContent {

		SizedContent() {
			super("application/octet-stream", new Zeros(), (ByteBufferPool.Sized) null);
		}

		@Override
		public long getLength() {
			return Zeros.LENGTH;
		}

	}

}
