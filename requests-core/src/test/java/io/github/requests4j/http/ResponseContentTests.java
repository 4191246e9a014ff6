package io.github.requests4j.http;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Bodies.Chunks;
import io.github.requests4j.testserver.AllocatedBytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ResponseContentTests {

	@Test
	@DisplayName("219: content is read once and cached")
	void contentIsReadOnce() {
		Chunks raw = new Chunks("abc", "def");
		Response response = Bodies.response(raw);
		assertThat(response.isContentConsumed()).isFalse();
		assertThat(raw.reads).isZero();
		byte[] content = response.content();
		assertThat(content).isEqualTo(Bodies.bytes("abcdef"));
		int reads = raw.reads;
		assertThat(response.content()).isSameAs(content);
		assertThat(raw.reads).isEqualTo(reads);
		assertThat(response.isContentConsumed()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 8191, 8192, 8193, 16384, 65535, 65536, 65537, 300_000 })
	@DisplayName("219: content of any size is complete, whatever length was announced")
	void contentOfAnySizeIsComplete(int size) {
		byte[] body = new byte[size];
		new Random(size).nextBytes(body);
		assertThat(Bodies.response(body).content()).isEqualTo(body);
		for (long announced : new long[] { 0, 1, size - 1, size, size + 1, 2L * size, Long.MAX_VALUE / 100 }) {
			Response response = Bodies.response(new ByteArrayInputStream(body), "Content-Length",
					Long.toString(announced));
			assertThat(response.content()).isEqualTo(body);
		}
	}

	@Test
	@DisplayName("219: the content of a missing body is empty")
	void missingBodyHasEmptyContent() {
		Response response = Response.builder(204).build();
		assertThat(response.content()).isEmpty();
		assertThat(response.text()).isEmpty();
		assertThat(response.raw()).isNull();
		assertThat(response.iterContent(2).hasNext()).isFalse();
		response.close();
	}

	@Test
	@DisplayName("threat 27: memory grows with the data, not with the announced length")
	void contentLengthDoesNotControlAllocation() {
		Response response = Bodies.response(new ByteArrayInputStream(new byte[5]), "Content-Length",
				"9000000000000000000");
		long before = AllocatedBytes.ofThisThread();
		assertThat(response.content()).hasSize(5);
		assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(512 * 1024);
	}

	@Test
	@DisplayName("220: pieces have the requested size, however the data arrives")
	void piecesHaveTheRequestedSize() {
		assertThat(Bodies.texts(Bodies.response(new Chunks("abc", "d", "efghij")).iterContent(4)))
			.containsExactly("abcd", "efgh", "ij");
		assertThat(Bodies.texts(Bodies.response("abcdefgh").iterContent(4))).containsExactly("abcd", "efgh");
		byte[] body = new byte[200_000];
		assertThat(Bodies.list(Bodies.response(body).iterContent(150_000))).extracting((piece) -> piece.length)
			.containsExactly(150_000, 50_000);
	}

	@Test
	@DisplayName("220: without a size, pieces are returned as they arrive")
	void piecesWithoutSizeAreReturnedAsTheyArrive() {
		assertThat(Bodies.texts(Bodies.response(new Chunks("abc", "d", "ef")).iterContent())).containsExactly("abc",
				"d", "ef");
		assertThat(Bodies.list(Bodies.response(new byte[100_000]).iterContent())).extracting((piece) -> piece.length)
			.containsExactly(65536, 34464);
	}

	@Test
	@DisplayName("220: a piece never contains data of two chunks")
	void piecesDoNotSpanChunks() {
		assertThat(Bodies.texts(Bodies.chunked("abcde", "fg").iterContent(3))).containsExactly("abc", "de", "fg");
		assertThat(Bodies.texts(Bodies.chunked("abcde", "fg").iterContent())).containsExactly("abcde", "fg");
		Response gzip = Bodies.response(new Chunks("a", "b"), "Transfer-Encoding", "gzip, Chunked");
		assertThat(Bodies.texts(gzip.iterContent(9))).containsExactly("a", "b");
	}

	@Test
	@DisplayName("220: content in memory is cut to any size; a size of zero or less means no size")
	void contentInMemoryIsCutToAnySize() {
		Response response = Bodies.response("abcdef");
		response.content();
		assertThat(Bodies.texts(response.iterContent(4))).containsExactly("abcd", "ef");
		assertThat(Bodies.texts(response.iterContent(Integer.MAX_VALUE))).containsExactly("abcdef");
		assertThat(Bodies.texts(response.iterContent(0))).containsExactly("abcdef");
		assertThat(Bodies.texts(response.iterContent())).containsExactly("abcdef");
		Response empty = Bodies.response("");
		empty.content();
		assertThat(empty.iterContent(3).hasNext()).isFalse();
		assertThat(empty.iterContent().hasNext()).isFalse();
	}

	@Test
	@DisplayName("220: an exhausted iterator reports its end")
	void exhaustedIteratorThrows() {
		for (Iterator<?> iterator : List.<Iterator<?>>of(Bodies.response("a").iterContent(1),
				Bodies.response("a").iterText(1), Bodies.response("a").iterLines(),
				Bodies.response("a").iterTextLines(), Bodies.response("a").iterLines(1, Bodies.bytes("|")))) {
			assertThat(iterator.hasNext()).isTrue();
			assertThat(iterator.hasNext()).isTrue();
			iterator.next();
			assertThat(iterator.hasNext()).isFalse();
			assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
		}
	}

	@Test
	@DisplayName("221: consumed content is gone, and every method that needs it throws immediately")
	void consumedContentIsReportedByEveryMethod() {
		List<Consumer<Response>> reads = List.of(Response::content, Response::text, Response::json,
				Response::iterContent, (r) -> r.iterContent(2), Response::iterText, Response::iterLines,
				(r) -> r.iterLines(2, Bodies.bytes("|")), Response::iterTextLines, (r) -> r.iterTextLines(2, "|"),
				Response::lines, Response::bodyStream, (r) -> assertThat(r.iterator()).isNotNull());
		for (Consumer<Response> read : reads) {
			Response response = Bodies.response("abcdef");
			Bodies.list(response.iterContent(4));
			assertThat(response.isContentConsumed()).isTrue();
			StreamConsumedException error = catchThrowableOfType(StreamConsumedException.class,
					() -> read.accept(response));
			assertThat(error.response()).isSameAs(response);
			assertThat(error).hasMessageContaining("content()");
		}
	}

	@Test
	@DisplayName("221: content that was read can be iterated from memory any number of times")
	void readContentCanBeIteratedAgain() throws IOException {
		Response response = Bodies.response("a\nb");
		response.content();
		for (int i = 0; i < 2; i++) {
			assertThat(Bodies.texts(response.iterContent(2))).containsExactly("a\n", "b");
			assertThat(Bodies.list(response.iterText(1))).containsExactly("a", "\n", "b");
			assertThat(Bodies.texts(response.iterLines())).containsExactly("a", "b");
			assertThat(response.lines()).containsExactly("a", "b");
			assertThat(response.bodyStream().readAllBytes()).isEqualTo(Bodies.bytes("a\nb"));
		}
	}

	@Test
	@DisplayName("221: after partial iteration, content is the rest")
	void contentIsTheRestAfterPartialIteration() throws IOException {
		Response response = Bodies.response("abcdef");
		response.iterContent(2).next();
		assertThat(response.bodyStream().read()).isEqualTo('c');
		assertThat(response.isContentConsumed()).isFalse();
		assertThat(response.content()).isEqualTo(Bodies.bytes("def"));
		Response gzip = Bodies.response(new ByteArrayInputStream(Bodies.gzip(Bodies.bytes("abcdef"))),
				"Content-Encoding", "gzip");
		gzip.iterContent(2).next();
		assertThat(gzip.content()).isEqualTo(Bodies.bytes("cdef"));
	}

	@Test
	@DisplayName("221, 233: content is empty if the response was closed unread; iteration ends if it is closed")
	void closedResponseHasNoContent() {
		Chunks raw = new Chunks("ab", "cd");
		Response response = Bodies.response(raw);
		Iterator<byte[]> pieces = response.iterContent();
		assertThat(pieces.next()).isEqualTo(Bodies.bytes("ab"));
		response.close();
		assertThat(pieces.hasNext()).isFalse();
		assertThat(response.content()).isEmpty();
		assertThat(raw.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("233: a stream whose response was closed after a part was read does not look complete")
	void closedResponseDoesNotEndItsStream() throws IOException {
		Response begun = Bodies.response(new Chunks("ab", "cd"));
		InputStream body = begun.bodyStream();
		assertThat(body.readNBytes(2)).isEqualTo(Bodies.bytes("ab"));
		begun.close();
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(ConnectionException.class).isThrownBy(body::read)
				.withMessage("The response of http://h/p was closed while its body was being read.")
				.satisfies((error) -> assertThat(error.response()).isSameAs(begun));
		}
		Response unread = Bodies.response(new Chunks("ab"));
		unread.close();
		assertThat(unread.bodyStream().readAllBytes()).isEmpty();
		Response closed = Bodies.response(new Chunks("ab", "cd"));
		InputStream own = closed.bodyStream();
		own.read();
		own.close();
		assertThat(own.read()).isEqualTo(-1);
	}

	@Test
	@DisplayName("225: raw is the undecoded stream; it is drained and closed once the content was read")
	void rawStreamIsUndecoded() throws IOException {
		byte[] gzip = Bodies.gzip(Bodies.bytes("abc"));
		Response response = Bodies.response(new ByteArrayInputStream(gzip), "Content-Encoding", "gzip");
		assertThat(Objects.requireNonNull(response.raw()).readAllBytes()).isEqualTo(gzip);
		Chunks raw = new Chunks("abc");
		Response read = Bodies.response(raw);
		read.content();
		assertThat(raw.closed).isEqualTo(1);
		assertThat(Objects.requireNonNull(read.raw()).read()).isEqualTo(-1);
	}

	@Test
	@DisplayName("226: content is decoded according to its headers, which do not change")
	void contentIsDecoded() {
		byte[] gzip = Bodies.gzip(Bodies.gzip(Bodies.bytes("abc")));
		CaseInsensitiveHeaders headers = Bodies.headers("Content-Encoding", "gzip", "content-encoding", "X-GZIP",
				"Content-Length", Integer.toString(gzip.length));
		Response response = Response.builder(200).headers(headers).raw(new ByteArrayInputStream(gzip)).build();
		assertThat(response.content()).isEqualTo(Bodies.bytes("abc"));
		assertThat(response.headers().get("Content-Encoding")).isEqualTo("gzip, X-GZIP");
		assertThat(response.headers().get("Content-Length")).isEqualTo(Integer.toString(gzip.length));
	}

	@Test
	@DisplayName("226, threat 26: nothing is read or decoded before it is needed")
	void nothingIsReadOrDecodedInAdvance() {
		Chunks raw = new Chunks("not gzip");
		Response response = Bodies.response(raw, "Content-Encoding", "gzip");
		Iterator<byte[]> pieces = response.iterContent(2);
		Stream<String> lines = response.lines();
		InputStream stream = response.bodyStream();
		assertThat(pieces).isNotNull();
		assertThat(lines).isNotNull();
		assertThat(stream).isNotNull();
		assertThat(raw.reads).isZero();
		response.close();
		assertThat(raw.reads).isZero();
		assertThat(raw.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("226: an empty body is empty, whatever coding was announced")
	void emptyBodyIsEmptyInAnyCoding() {
		assertThat(Bodies.response(new Chunks(), "Content-Encoding", "gzip").content()).isEmpty();
		assertThat(Bodies.response(new Chunks(), "Content-Encoding", "br").content()).isEmpty();
	}

	@Test
	@DisplayName("227: invalid compressed data is a ContentDecodingException")
	void invalidCompressedDataIsAnError() {
		Chunks raw = new Chunks("not gzip");
		Response response = Bodies.response(raw, "Content-Encoding", "gzip");
		ContentDecodingException error = catchThrowableOfType(ContentDecodingException.class, response::content);
		assertThat(error).hasMessage("The body of http://h/p with Content-Encoding gzip could not be decoded. "
				+ "The gzip data is invalid: it does not start with a gzip header");
		assertThat(error.response()).isSameAs(response);
		assertThat(raw.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("226 (difference): truncated gzip is an error")
	void truncatedGzipIsAnError() {
		byte[] gzip = Bodies.gzip(Bodies.bytes("abc".repeat(100)));
		Response response = Bodies.response(new ByteArrayInputStream(Arrays.copyOf(gzip, gzip.length - 5)),
				"Content-Encoding", "gzip");
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(response::content)
			.withMessageContaining("The gzip data is truncated.");
	}

	@Test
	@DisplayName("threat 25 (urllib3 CVE-2025-66418): six codings are rejected, and the connection is closed")
	void tooManyCodingsAreRejected() {
		Chunks raw = new Chunks("x");
		Response response = Bodies.response(raw, "Content-Encoding", "gzip, gzip, gzip, gzip, gzip, gzip");
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(response::content)
			.withMessageContaining("more than 5 content codings");
		assertThat(raw.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("threat 24 (urllib3 CVE-2025-66471): a compression bomb is streamed in bounded memory")
	void compressionBombIsStreamedInBoundedMemory() throws IOException {
		byte[] member = Bodies.gzip(new byte[16 * 1024 * 1024]);
		byte[] bomb = new byte[8 * member.length];
		for (int i = 0; i < bomb.length; i++) {
			bomb[i] = member[i % member.length];
		}
		Response response = Bodies.response(new ByteArrayInputStream(bomb), "Content-Encoding", "gzip");
		byte[] buffer = new byte[16 * 1024];
		long before = AllocatedBytes.ofThisThread();
		long total = 0;
		try (InputStream body = response.bodyStream()) {
			for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
				total += count;
			}
		}
		assertThat(total).isEqualTo(8L * 16 * 1024 * 1024);
		assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(1024 * 1024);
	}

	@Test
	@DisplayName("threat 24: the size and ratio of decoded content can be limited")
	void decodedSizeAndRatioCanBeLimited() {
		byte[] bomb = Bodies.gzip(new byte[16 * 1024 * 1024]);
		long before = AllocatedBytes.ofThisThread();
		for (Limits limits : List.of(Limits.DEFAULTS.withBody(-1, 100_000, -1),
				Limits.DEFAULTS.withBody(-1, -1, 100))) {
			Response response = Bodies.builder(bomb)
				.headers(Bodies.headers("Content-Encoding", "gzip"))
				.limits(limits)
				.build();
			assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(response::content)
				.withMessageContaining("Raise maxDecode");
		}
		assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(8 * 1024 * 1024);
		Response plain = Bodies.builder(new byte[11]).limits(Limits.DEFAULTS.withBody(-1, 10, -1)).build();
		assertThatExceptionOfType(ContentDecodingException.class).isThrownBy(plain::content);
	}

	static Stream<Arguments> errors() {
		return Stream.of(Arguments.of(new SocketTimeoutException("Read timed out"), ReadTimeoutException.class),
				Arguments.of(new SocketException("Connection reset"), ConnectionException.class),
				Arguments.of(new SSLException("bad record"), SslException.class),
				Arguments.of(new EOFException("2 of 5 bytes"), ChunkedEncodingException.class),
				Arguments.of(new IOException("bad chunk"), ChunkedEncodingException.class),
				Arguments.of(new ReadTimeoutException("typed"), ReadTimeoutException.class),
				Arguments.of(new ChunkedEncodingException("typed"), ChunkedEncodingException.class));
	}

	@ParameterizedTest
	@MethodSource("errors")
	@DisplayName("227, 228, 229 (difference): body errors are typed, carry request and response, and close the body")
	void bodyErrorsAreTypedAndCloseTheBody(Exception cause, Class<? extends RequestException> type) {
		PreparedRequest request = new PreparedRequest();
		request.method("GET");
		request.url("http://u:canary@h/p");
		List<RequestException> reported = new ArrayList<>();
		Chunks raw = new Chunks("ab").endingWith(cause);
		ExchangeListener.Scope scope = new ExchangeListener.Scope() {
			@Override
			public void bodyFailed(RequestException error) {
				reported.add(error);
			}
		};
		ExchangeRecord record = ExchangeRecord.begin(request,
				SendOptions.DEFAULTS.withContext(CallContext.NONE.withListeners(List.of((exchange) -> scope))), 1);
		Response response = Response.builder(200).request(request).raw(raw).exchange(record).build();
		RequestException error = catchThrowableOfType(type, response::content);
		assertThat(error).isExactlyInstanceOf(type);
		assertThat(error.request()).isSameAs(request);
		assertThat(error.response()).isSameAs(response);
		assertThat(error.getMessage()).doesNotContain("canary");
		assertThat(error == cause || error.getCause() == cause).isTrue();
		assertThat(raw.closed).isEqualTo(1);
		assertThat(catchThrowableOfType(type, response::content)).isSameAs(error);
		assertThat(catchThrowableOfType(type, response::iterContent)).isSameAs(error);
		assertThat(reported).containsExactly(error);
	}

	@Test
	@DisplayName("227: pieces that arrive before an error are delivered first")
	void piecesBeforeAnErrorAreDelivered() {
		Response response = Bodies.response(new Chunks("abc").endingWith(new IOException("cut")));
		Iterator<byte[]> pieces = response.iterContent(2);
		assertThat(pieces.next()).isEqualTo(Bodies.bytes("ab"));
		assertThat(pieces.next()).isEqualTo(Bodies.bytes("c"));
		assertThatExceptionOfType(ChunkedEncodingException.class).isThrownBy(pieces::next);
		assertThatExceptionOfType(ChunkedEncodingException.class).isThrownBy(pieces::hasNext);
	}

	@Test
	@DisplayName("227, 228, 229: errors of the body keep their type and get the request and the response")
	void requestExceptionsOfTheBodyKeepTheirType() {
		PreparedRequest request = Request.of("GET", "http://h/").prepare();
		for (RequestException error : List.of(new ChunkedEncodingException("cut"), new SslException("tls"),
				new ContentDecodingException("gzip"), new InvalidHeaderException("length"))) {
			Response response = Response.builder(200).request(request).raw(new Chunks().endingWith(error)).build();
			assertThatExceptionOfType(error.getClass()).isThrownBy(() -> response.iterContent(1024).next())
				.isSameAs(error);
			assertThat(error.response()).isSameAs(response);
			assertThat(error.request()).isSameAs(request);
		}
	}

	@Test
	@DisplayName("fault: Throwing hook or decoder: a stream that throws anything else releases its connection, too")
	void unexpectedErrorReleasesTheConnection() {
		Chunks raw = new Chunks("ab").endingWith(new IllegalStateException("mock"));
		Response response = Bodies.response(raw);
		assertThatIllegalStateException().isThrownBy(response::content).withMessage("mock");
		assertThat(raw.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("fault: a stream that never returns data is an error, not an endless loop")
	void streamThatReturnsNothingIsAnError() {
		InputStream stuck = new InputStream() {
			@Override
			public int read() {
				return 0;
			}

			@Override
			public int read(byte[] target, int offset, int length) {
				return 0;
			}
		};
		assertThatExceptionOfType(ChunkedEncodingException.class).isThrownBy(() -> Bodies.response(stuck).content());
	}

	@Test
	@DisplayName("233: close is idempotent and never throws")
	void closeIsIdempotentAndDoesNotThrow() {
		int[] closed = { 0 };
		InputStream raw = new InputStream() {
			@Override
			public int read() {
				return -1;
			}

			@Override
			public void close() throws IOException {
				closed[0]++;
				throw new IOException("cannot close");
			}
		};
		Response response = Bodies.response(raw);
		response.close();
		response.close();
		assertThat(closed[0]).isEqualTo(1);
		assertThat(response.content()).isEmpty();
	}

	@Test
	@DisplayName("233: content that was read remains available after closing")
	void contentRemainsAfterClosing() {
		Response response = Bodies.response("abc");
		response.content();
		response.close();
		assertThat(response.text()).isEqualTo("abc");
		assertThat(Bodies.texts(response.iterContent(2))).containsExactly("ab", "c");
	}

	@Test
	@DisplayName("233: streams and lines release the connection when closed or exhausted")
	void streamsReleaseTheConnection() throws IOException {
		Chunks closed = new Chunks("a\nb");
		Bodies.response(closed).lines().close();
		assertThat(closed.closed).isEqualTo(1);
		Chunks exhausted = new Chunks("a\nb");
		assertThat(Bodies.response(exhausted).lines()).containsExactly("a", "b");
		assertThat(exhausted.closed).isEqualTo(1);
		Chunks stream = new Chunks("ab");
		Bodies.response(stream).bodyStream().close();
		assertThat(stream.closed).isEqualTo(1);
		Chunks read = new Chunks("ab");
		InputStream body = Bodies.response(read).bodyStream();
		assertThat(body.readAllBytes()).isEqualTo(Bodies.bytes("ab"));
		assertThat(read.closed).isEqualTo(1);
		body.close();
		assertThat(body.read()).isEqualTo(-1);
		assertThat(read.closed).isEqualTo(1);
	}

	@Test
	@DisplayName("165, 166 (difference): a drained body is stored undecoded and decoded on demand")
	void drainedBodyIsDecodedOnDemand() {
		byte[] gzip = Bodies.gzip(Bodies.bytes("moved"));
		Chunks raw = new Chunks(new String(gzip, java.nio.charset.StandardCharsets.ISO_8859_1));
		Response response = Bodies.response(raw, "Content-Encoding", "gzip");
		response.drain();
		assertThat(raw.closed).isEqualTo(1);
		response.drain();
		assertThat(response.isContentConsumed()).isFalse();
		assertThat(response.text()).isEqualTo("moved");
	}

	@Test
	@DisplayName("threat 26: the compression bomb of a redirect is never decoded")
	void drainedBombIsNotDecoded() {
		byte[] bomb = Bodies.gzip(new byte[32 * 1024 * 1024]);
		Response response = Bodies.response(new ByteArrayInputStream(bomb), "Content-Encoding", "gzip");
		long before = AllocatedBytes.ofThisThread();
		response.drain();
		response.close();
		assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(512 * 1024);
	}

	@Test
	@DisplayName("165 (difference): a body that is too long to drain is abandoned with its connection")
	void drainClosesTheConnectionOfALongBody() {
		String most = "x".repeat(64 * 1024);
		Chunks announced = new Chunks(most + "x");
		Response response = Bodies.response(announced, "Content-Length", String.valueOf(most.length() + 1));
		response.drain();
		assertThat(announced.reads).isZero();
		assertThat(announced.closed).isEqualTo(1);
		assertThat(response.content()).isEmpty();
		Chunks unknown = new Chunks(most + "x");
		Bodies.response(unknown).drain();
		assertThat(unknown.closed).isEqualTo(1);
		Chunks fits = new Chunks(most);
		Response kept = Bodies.response(fits);
		kept.drain();
		assertThat(kept.content()).hasSize(most.length());
	}

	@Test
	@DisplayName("165: draining ignores a broken body; reading it later throws the error")
	void drainIgnoresBrokenBodies() {
		for (Exception cause : List.of(new IOException("cut"), new ChunkedEncodingException("bad chunk"),
				new ConnectionException("reset"))) {
			Chunks raw = new Chunks("ab").endingWith(cause);
			Response response = Bodies.response(raw);
			response.drain();
			assertThat(raw.closed).isEqualTo(1);
			assertThatExceptionOfType(RequestException.class).isThrownBy(response::content)
				.satisfies((error) -> assertThat(error.response()).isSameAs(response));
		}
		Response stalled = Bodies.response(new Chunks("ab").endingWith(new ReadTimeoutException("stalled")));
		assertThatExceptionOfType(ReadTimeoutException.class).isThrownBy(() -> stalled.drain());
	}

	@Test
	@DisplayName("165: draining skips a body that was read and abandons one that is being read")
	void drainSkipsReadAndPartlyReadBodies() {
		Response read = Bodies.response("abc");
		read.content();
		read.drain();
		assertThat(read.text()).isEqualTo("abc");
		Chunks raw = new Chunks("ab", "cd");
		Response begun = Bodies.response(raw);
		begun.iterContent(1).next();
		begun.drain();
		assertThat(raw.closed).isEqualTo(1);
		Response.builder(302).build().drain();
	}

	@Test
	@DisplayName("220: a body stream behaves like any InputStream")
	void bodyStreamBehavesLikeAnyInputStream() throws IOException {
		InputStream stream = Bodies.response("abcdef").bodyStream();
		assertThat(stream.read()).isEqualTo('a');
		assertThat(stream.read(new byte[0])).isZero();
		assertThat(stream.readNBytes(2)).isEqualTo(Bodies.bytes("bc"));
		assertThat(stream.available()).isEqualTo(3);
		assertThat(stream.skip(1)).isEqualTo(1);
		assertThat(stream.readAllBytes()).isEqualTo(Bodies.bytes("ef"));
		assertThat(stream.read()).isEqualTo(-1);
		Response kept = Bodies.response("abc");
		kept.content();
		InputStream memory = kept.bodyStream();
		assertThat(memory.available()).isEqualTo(3);
		assertThat(memory.readAllBytes()).hasSize(3);
		assertThat(memory.read()).isEqualTo(-1);
	}

}
