package io.github.requests4j.spring.oauth2;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import io.github.requests4j.spring.session.DefaultSessionAutoConfiguration;
import io.github.requests4j.spring.session.RequestsAutoConfiguration;

/**
 * Applications with a session {@code s} that uses the client registration {@code shop}.
 */
final class Registrations {

	static final String SHOP = "spring.security.oauth2.client.registration.shop.";

	private Registrations() {
	}

	static ApplicationContextRunner runner(String baseUrl, String tokenUri, String grant) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, OAuth2ClientAutoConfiguration.class,
					RequestsAutoConfiguration.class, DefaultSessionAutoConfiguration.class,
					RequestsOAuth2AutoConfiguration.class, RequestsTokenRelayAutoConfiguration.class))
			.withPropertyValues("requests.sessions.s.base-url=" + baseUrl,
					"requests.sessions.s.auth.registration-id=shop", SHOP + "provider=own", SHOP + "client-id=shop",
					SHOP + "client-secret=w4res", SHOP + "scope=orders", SHOP + "authorization-grant-type=" + grant,
					"spring.security.oauth2.client.provider.own.token-uri=" + tokenUri);
	}

	/** Makes a call for a user. */
	static <T> T as(Authentication user, Callable<T> call) throws Exception {
		SecurityContextHolder.setContext(new SecurityContextImpl(user));
		try {
			return call.call();
		}
		finally {
			SecurityContextHolder.clearContext();
		}
	}

	/** Makes a call on many threads at the same time. */
	static <T> List<T> together(int count, Callable<T> call) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(count);
		CyclicBarrier start = new CyclicBarrier(count);
		try {
			List<Future<T>> calls = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				calls.add(threads.submit(() -> {
					start.await(20, TimeUnit.SECONDS);
					return call.call();
				}));
			}
			List<T> results = new ArrayList<>();
			for (Future<T> done : calls) {
				results.add(done.get(60, TimeUnit.SECONDS));
			}
			return results;
		}
		finally {
			threads.shutdownNow();
		}
	}

}
