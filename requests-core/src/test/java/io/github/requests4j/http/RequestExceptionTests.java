package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class RequestExceptionTests {

	/**
	 * As observed on requests, but that a class of Java has one parent: a timeout is a
	 * ConnectionException.
	 */
	static Stream<Arguments> tree() {
		return Stream.of(Arguments.of(RequestException.class, RuntimeException.class),
				Arguments.of(ChunkedEncodingException.class, RequestException.class),
				Arguments.of(ConnectTimeoutException.class, RequestTimeoutException.class),
				Arguments.of(ReadTimeoutException.class, RequestTimeoutException.class),
				Arguments.of(RequestTimeoutException.class, ConnectionException.class),
				Arguments.of(ConnectionException.class, RequestException.class),
				Arguments.of(ContentDecodingException.class, RequestException.class),
				Arguments.of(HttpException.class, RequestException.class),
				Arguments.of(InvalidHeaderException.class, RequestException.class),
				Arguments.of(InvalidJsonException.class, RequestException.class),
				Arguments.of(InvalidProxyUrlException.class, InvalidUrlException.class),
				Arguments.of(InvalidSchemaException.class, RequestException.class),
				Arguments.of(InvalidUrlException.class, RequestException.class),
				Arguments.of(JsonDecodeException.class, InvalidJsonException.class),
				Arguments.of(MissingSchemaException.class, RequestException.class),
				Arguments.of(ProxyException.class, ConnectionException.class),
				Arguments.of(RetryException.class, RequestException.class),
				Arguments.of(SslException.class, ConnectionException.class),
				Arguments.of(StreamConsumedException.class, RequestException.class),
				Arguments.of(TooManyRedirectsException.class, RequestException.class),
				Arguments.of(UrlRequiredException.class, RequestException.class),
				Arguments.of(UnrewindableBodyException.class, RequestException.class));
	}

	@ParameterizedTest
	@MethodSource("tree")
	@DisplayName("238: every exception has the expected parent")
	void everyExceptionHasTheExpectedParent(Class<? extends RequestException> type, Class<?> parent) throws Exception {
		assertThat(type.getSuperclass()).isEqualTo(parent);
		if (type == JsonDecodeException.class) {
			return;
		}
		Exception cause = new IOException("cause");
		PreparedRequest request = new PreparedRequest();
		Response response = Response.builder(500).build();
		RequestException plain = type.getConstructor(String.class).newInstance("what");
		assertThat(plain).hasMessage("what").hasNoCause();
		RequestException full = (type == HttpException.class) ? new HttpException("what", response)
				: type.getConstructor(String.class, Throwable.class).newInstance("what", cause);
		assertThat(full).hasMessage("what");
		assertThat(full.getCause()).isEqualTo((type == HttpException.class) ? null : cause);
		assertThat(type.getConstructors()).hasSize(2);
		assertThat(full.attach(request, response)).isSameAs(full);
		assertThat(full.request()).isSameAs(request);
		assertThat(full.response()).isSameAs(response);
	}

	@Test
	@DisplayName("238: one catch handles both kinds of timeout, another every connection error")
	void timeoutsCanBeCaughtTogether() {
		assertThat(new ConnectTimeoutException("x")).isInstanceOf(RequestTimeoutException.class)
			.isInstanceOf(ConnectionException.class);
		assertThat(new ReadTimeoutException("x")).isInstanceOf(RequestTimeoutException.class);
	}

	@Test
	@DisplayName("239: the request is taken from the response if only that is given")
	void requestIsTakenFromTheResponse() {
		PreparedRequest request = new PreparedRequest();
		Response response = Response.builder(500).request(request).build();
		assertThat(exception(null, response).request()).isSameAs(request);
		PreparedRequest other = new PreparedRequest();
		assertThat(exception(other, response).request()).isSameAs(other);
		assertThat(exception(null, Response.builder(500).build()).request()).isNull();
		assertThat(exception(null, null).request()).isNull();
		assertThat(exception(null, null).response()).isNull();
	}

	@Test
	@DisplayName("239: missing parts can be filled in later; existing ones are kept")
	void attachFillsInOnlyWhatIsMissing() {
		RequestException error = new RequestException("m");
		PreparedRequest request = new PreparedRequest();
		Response response = Response.builder(500).build();
		error.attach(request, null);
		error.attach(new PreparedRequest(), response);
		error.attach(new PreparedRequest(), Response.builder(200).build());
		assertThat(error.request()).isSameAs(request);
		assertThat(error.response()).isSameAs(response);
	}

	@Test
	@DisplayName("239: exceptions can be serialised with their status, but without request and response")
	void exceptionsAreSerialisable() throws Exception {
		Response response = Response.builder(404).url("http://h/").build();
		HttpException error = HttpException.of(response);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(error);
		HttpException copy = (HttpException) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))
			.readObject();
		assertThat(copy).hasMessage(error.getMessage());
		assertThat(copy.statusCode()).isEqualTo(404);
		assertThat(copy.response()).isNull();
		assertThat(copy.request()).isNull();
		assertThat(new HttpException("m").statusCode()).isZero();
	}

	@Test
	@DisplayName("216: a serialised JsonDecodeException keeps the problem and its position")
	void serialisedJsonErrorKeepsItsPosition() throws Exception {
		Response response = Response.builder(200).raw(new ByteArrayInputStream(new byte[] { '[', '\n', '?' })).build();
		JsonDecodeException error = catchThrowableOfType(JsonDecodeException.class, response::json);
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new ObjectOutputStream(bytes).writeObject(error);
		JsonDecodeException copy = (JsonDecodeException) new ObjectInputStream(
				new ByteArrayInputStream(bytes.toByteArray()))
			.readObject();
		assertThat(copy).hasMessage(error.getMessage());
		assertThat(copy.problem()).isEqualTo(error.problem());
		assertThat(copy.position()).isEqualTo(error.position());
		assertThat(copy.line()).isEqualTo(error.line()).isEqualTo(2);
		assertThat(copy.column()).isEqualTo(error.column());
		assertThat(copy.response()).isNull();
	}

	@Test
	void attachUsesTheRequestOfTheResponse() {
		PreparedRequest request = new PreparedRequest();
		Response response = Response.builder(500).request(request).build();
		assertThat(new RequestException("m").attach(null, response).request()).isSameAs(request);
		assertThat(new HttpException("m", response).request()).isSameAs(request);
		assertThat(new HttpException("m", response).statusCode()).isEqualTo(500);
	}

	private static RequestException exception(@Nullable PreparedRequest request, @Nullable Response response) {
		return new RequestException("m").attach(request, response);
	}

}
