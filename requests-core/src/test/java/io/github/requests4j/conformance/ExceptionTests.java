package io.github.requests4j.conformance;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.JsonDecodeException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The tree of exceptions and what they carry.
 */
class ExceptionTests extends HttpbinSupport {

	@ParameterizedTest(name = "238: {0} is a {1}")
	@CsvSource({ "HttpException, RequestException", "ConnectionException, RequestException",
			"ProxyException, ConnectionException", "SslException, ConnectionException",
			"RequestTimeoutException, RequestException", "ConnectTimeoutException, RequestTimeoutException",
			"ConnectTimeoutException, ConnectionException", "ReadTimeoutException, RequestTimeoutException",
			"UrlRequiredException, RequestException", "TooManyRedirectsException, RequestException",
			"MissingSchemaException, RequestException", "InvalidSchemaException, RequestException",
			"InvalidUrlException, RequestException", "InvalidProxyUrlException, InvalidUrlException",
			"InvalidHeaderException, RequestException", "InvalidJsonException, RequestException",
			"JsonDecodeException, InvalidJsonException", "ChunkedEncodingException, RequestException",
			"ContentDecodingException, RequestException", "StreamConsumedException, RequestException",
			"RetryException, RequestException", "UnrewindableBodyException, RequestException" })
	void tree(String name, String parent) throws ClassNotFoundException {
		String folder = RequestException.class.getPackageName() + ".";
		assertThat(Class.forName(folder + parent)).isAssignableFrom(Class.forName(folder + name));
		assertThat(RuntimeException.class).isAssignableFrom(Class.forName(folder + name));
	}

	@Test
	@DisplayName("239: an exception carries the response, and its request")
	void carried() {
		assertThat(new HttpException("message").response()).isNull();
		Response response = Response.builder(404).request(prepared("GET", url("/"))).build();
		HttpException error = new HttpException("message", response);
		assertThat(error).hasMessage("message");
		assertThat(error.response()).isSameAs(response);
		assertThat(error.request()).isSameAs(response.request());
	}

	@Test
	@DisplayName("169, 240: a failure after a redirect carries the request that failed, and no response")
	void afterRedirect() {
		assertThatExceptionOfType(ConnectionException.class)
			.isThrownBy(() -> this.session.get(url("/redirect-to"), (o) -> o.param("url", "http://127.0.0.1:1/x")))
			.satisfies((error) -> {
				assertThat(error.request().url()).isEqualTo("http://127.0.0.1:1/x");
				assertThat(error.response()).isNull();
			});
	}

	@Test
	@DisplayName("216: what is known of bad JSON outlives serialisation")
	void serialised() throws Exception {
		Response response = this.session.get(url("/html"));
		JsonDecodeException error = catchThrowableOfType(JsonDecodeException.class, response::json);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(error);
		}
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
			JsonDecodeException copy = (JsonDecodeException) in.readObject();
			assertThat(copy).hasMessage(error.getMessage());
			assertThat(copy.problem()).isEqualTo(error.problem());
			assertThat(copy.position()).isEqualTo(error.position());
			assertThat(copy.line()).isEqualTo(error.line());
			assertThat(copy.column()).isEqualTo(error.column());
			assertThat(copy.response()).isNull();
		}
	}

}
