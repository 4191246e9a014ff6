package io.github.requests4j.spring.client;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.web.service.annotation.GetExchange;

import io.github.requests4j.spring.session.RequestsAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

/**
 * Mockito's beans replace clients, with and without a fallback.
 */
@SpringJUnitConfig(MockedClientTests.Application.class)
@TestPropertySource(properties = "requests.sessions.s.base-url=http://localhost:1")
class MockedClientTests {

	@MockitoBean
	private Plain plain;

	@MockitoBean
	private Safe safe;

	@Autowired
	private Plain injectedPlain;

	@Autowired
	private Safe injectedSafe;

	@Test
	void mocksAreInjected() {
		given(this.plain.get()).willReturn("mocked");
		given(this.safe.get()).willReturn("mocked");
		assertThat(this.injectedPlain.get()).isEqualTo("mocked");
		assertThat(this.injectedSafe.get()).isEqualTo("mocked");
	}

	@ImportAutoConfiguration({ RequestsAutoConfiguration.class, RequestsClientsAutoConfiguration.class })
	@EnableRequestsClients(clients = { Plain.class, Safe.class })
	static class Application {

	}

	@RequestsClient("s")
	interface Plain {

		@GetExchange
		String get();

	}

	@RequestsClient(session = "s", fallback = SafeFallback.class)
	interface Safe {

		@GetExchange
		String get();

	}

	static class SafeFallback implements Safe {

		@Override
		public String get() {
			return "fallback";
		}

	}

}
