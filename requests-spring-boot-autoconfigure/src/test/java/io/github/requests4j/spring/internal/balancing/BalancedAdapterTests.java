package io.github.requests4j.spring.internal.balancing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.requests4j.adapters.Retry;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookieMirror;
import io.github.requests4j.cookies.CookiePolicy;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.ConcurrentAttempt;
import io.github.requests4j.http.ConnectTimeoutException;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Urls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the balancer asks for and repeats, without a network.
 */
class BalancedAdapterTests {

	private final AtomicInteger choices = new AtomicInteger();

	private final List<PreparedRequest> sent = new ArrayList<>();

	private static PreparedRequest request(String method) {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod(method);
		request.prepareUrl("http://a.example/items", null);
		return request;
	}

	@Test
	void noOtherInstanceIsChosenForARequestThatCannotBeRepeated() {
		BalancedAdapter adapter = new BalancedAdapter(new One(true), new Transport(true), Retry.of(3));
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> adapter.send(request("POST"), SendOptions.DEFAULTS))
			.withMessage("broken off");
		assertThat(this.choices).hasValue(1);
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> adapter.send(request("GET"), SendOptions.DEFAULTS))
			.withMessage("The list of instances is empty");
	}

	@Test
	void policyOfTheCallMayRepeatAtTheSameInstance() {
		BalancedAdapter adapter = new BalancedAdapter(new One(false), new Transport(true), Failover.policy(null));
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> adapter.send(request("GET"), SendOptions.DEFAULTS));
		assertThat(this.sent).as("the failover needs another instance").hasSize(1);
		Retry own = Retry.builder().total((Integer) null).read(2).build();
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> adapter.send(request("GET"), SendOptions.DEFAULTS.withAttribute(Retry.class, own)));
		assertThat(this.sent).hasSize(1 + 3);
	}

	@Test
	void storeOfSharedCookiesIsAskedOnlyWhenTheRequestIsPrepared() {
		AtomicInteger asked = new AtomicInteger();
		CookieJar jar = new CookieJar(CookiePolicy.defaults(), new CookieMirror() {

			@Override
			public void refresh(CookieJar cookies) {
				asked.incrementAndGet();
			}

			@Override
			public void changed(List<Cookie> stored, List<Cookie> removed) {
			}

			@Override
			public void publish(CookieJar cookies) {
			}

		});
		jar.extractCookies(Urls.split("http://b.example/"), List.of("own=1"));
		BaseUrls urls = BaseUrls.of(List.of("http://a.example/", "http://b.example/", "http://c.example/"), List.of());
		BalancedAdapter adapter = new BalancedAdapter(urls, new Transport(false), Retry.none());
		PreparedRequest request = request("GET");
		request.prepareCookies(jar);
		int before = asked.get();
		for (int i = 0; i < 3; i++) {
			adapter.send(request, SendOptions.DEFAULTS);
		}
		assertThat(asked).hasValue(before);
		assertThat(this.sent).hasSize(3)
			.allSatisfy((each) -> assertThat(each.headers()).containsEntry("Cookie", "own=1"));
	}

	private static PreparedRequest get() {
		return request("GET");
	}

	/** Returns two base URLs, of which the second one is ejected. */
	private static BaseUrls oneHealthy() {
		Instance ejected = new Instance("http://b.example");
		for (int i = 0; i < Instance.Health.FAILURES; i++) {
			ejected.begin();
			ejected.failed();
		}
		return BaseUrls.of(List.of("http://a.example", "http://b.example"), List.of(ejected));
	}

	@Test
	void hedgeDoesNotGoToAnEjectedInstanceWhileAnotherOneIsHealthy() {
		BaseUrls urls = oneHealthy();
		BalancedAdapter adapter = new BalancedAdapter(urls, new Transport(false), Failover.policy(null));
		for (int i = 0; i < 20; i++) {
			ConcurrentAttempt first = ConcurrentAttempt.first();
			adapter.send(get(), SendOptions.DEFAULTS.withAttribute(ConcurrentAttempt.class, first));
			adapter.send(get(), SendOptions.DEFAULTS.withKind(Exchange.Kind.HEDGE)
				.withAttribute(ConcurrentAttempt.class, first.another()));
		}
		assertThat(this.sent).hasSize(40)
			.allSatisfy((each) -> assertThat(each.url()).isEqualTo("http://a.example/items"));
	}

	@Test
	void hedgeThatTheOnlyHealthyInstanceRefusesEnds() {
		BalancedAdapter adapter = new BalancedAdapter(oneHealthy(), new Adapter() {

			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				BalancedAdapterTests.this.sent.add(request);
				throw new ConnectTimeoutException("refused");
			}

			@Override
			public void close() {
			}

		}, Failover.policy(null));
		ConcurrentAttempt first = ConcurrentAttempt.first();
		first.targets().add("http://a.example");
		assertThatExceptionOfType(ConnectTimeoutException.class)
			.isThrownBy(() -> adapter.send(get(), SendOptions.DEFAULTS.withKind(Exchange.Kind.HEDGE)
				.withAttribute(ConcurrentAttempt.class, first.another())));
		assertThat(this.sent).extracting(PreparedRequest::url)
			.containsExactly("http://a.example/items", "http://b.example/items");
	}

	@Test
	void quickRejectionsDoNotAttractRequests() {
		BaseUrls urls = BaseUrls.of(List.of("http://a.example", "http://b.example"), List.of());
		for (Instance instance : urls.instances()) {
			for (int i = 0; i < Instance.Health.ENOUGH; i++) {
				instance.begin();
				instance.responded(TimeUnit.MILLISECONDS.toNanos(50));
			}
		}
		BalancedAdapter adapter = new BalancedAdapter(urls, new Adapter() {

			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				return Response.builder(429).request(request).build();
			}

			@Override
			public void close() {
			}

		}, Retry.none());
		for (int i = 0; i < 200; i++) {
			adapter.send(get(), SendOptions.DEFAULTS);
		}
		assertThat(urls.instances()).extracting((instance) -> instance.health().latency())
			.containsOnly((double) TimeUnit.MILLISECONDS.toNanos(50));
		assertThat(urls.instances()).extracting(Instance::active).containsOnly(0);
	}

	@Test
	void shortestRetryAfterDecidesOnceAllInstancesWereTried() {
		BaseUrls urls = BaseUrls.of(List.of("http://a.example", "http://b.example", "http://c.example"), List.of());
		Retry retry = Retry.builder().total(3).statusForcelist(429).build();
		BalancedAdapter adapter = new BalancedAdapter(urls, new Adapter() {

			@Override
			public Response send(PreparedRequest request, SendOptions options) {
				BalancedAdapterTests.this.sent.add(request);
				String host = request.parsedUrl().host();
				if (BalancedAdapterTests.this.sent.size() > 3) {
					return Response.builder(200).request(request).build();
				}
				CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
				headers.put("Retry-After", "b.example".equals(host) ? "1" : "3600");
				return Response.builder(429).request(request).headers(headers).build();
			}

			@Override
			public void close() {
			}

		}, retry);
		Response response = adapter.send(get(), SendOptions.DEFAULTS);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(this.sent).extracting(PreparedRequest::url)
			.containsExactlyInAnyOrder("http://a.example/items", "http://b.example/items", "http://c.example/items",
					"http://b.example/items")
			.last()
			.isEqualTo("http://b.example/items");
	}

	/** Breaks off each request, or responds to it. */
	private final class Transport implements Adapter {

		private final boolean broken;

		Transport(boolean broken) {
			this.broken = broken;
		}

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			BalancedAdapterTests.this.sent.add(request);
			if (this.broken) {
				throw new ConnectionException("broken off");
			}
			return Response.builder(200).request(request).build();
		}

		@Override
		public void close() {
		}

	}

	/** One instance, whose list may become empty after the first choice. */
	private final class One implements Destinations, Destination {

		private final Instance instance = new Instance("one");

		private final boolean vanishes;

		One(boolean vanishes) {
			this.vanishes = vanishes;
		}

		@Override
		public boolean serve(PreparedRequest request) {
			return true;
		}

		@Override
		public @Nullable Destination choose(PreparedRequest request, SendOptions options, Set<String> tried) {
			if (BalancedAdapterTests.this.choices.getAndIncrement() > 0 && this.vanishes) {
				throw new ConnectionException("The list of instances is empty");
			}
			return tried.isEmpty() ? this : null;
		}

		@Override
		public Collection<Instance> instances() {
			return List.of(this.instance);
		}

		@Override
		public Instance instance() {
			return this.instance;
		}

		@Override
		public Response send(PreparedRequest request, SendOptions options, Adapter transport) {
			return transport.send(request, options);
		}

	}

}
