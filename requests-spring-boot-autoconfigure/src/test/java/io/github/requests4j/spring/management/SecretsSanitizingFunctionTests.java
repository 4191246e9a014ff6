package io.github.requests4j.spring.management;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsSanitizingFunctionTests {

	private final SecretsSanitizingFunction function = new SecretsSanitizingFunction();

	@ParameterizedTest
	@ValueSource(strings = { "requests.sessions.s.auth.token", "requests.defaults.headers.verify",
			"REQUESTS_SESSIONS_S_AUTH_TOKEN", "REQUESTS_SESSIONS_MY_VERIFY_AUTH_TOKEN",
			"REQUESTS_SESSIONS_MY_STREAM_HEADERS_X_KEY", "REQUESTS_DEFAULTS_PARAMS_STREAM",
			"REQUESTS_SESSIONS_S_CERT_PASSWORD", "REQUESTS_SESSIONS_S_NO_SUCH_KEY",
			"requests_sessions_s_auth_password" })
	void secretsAreMasked(String key) {
		assertThat(shown(key)).isEqualTo("******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "requests.sessions.s.read-timeout", "REQUESTS_SESSIONS_S_READTIMEOUT",
			"REQUESTS_SESSIONS_PAYMENT_API_READ_TIMEOUT", "REQUESTS_DEFAULTS_ADAPTER_POOL_MAXSIZE",
			"REQUESTS_CLIENTS_ITEMS_METHODS_GET_READ_TIMEOUT", "server.port" })
	void otherSettingsAreShown(String key) {
		assertThat(shown(key)).isEqualTo("value");
	}

	private Object shown(String key) {
		return this.function.apply(new SanitizableData(null, key, "value")).getValue();
	}

}
