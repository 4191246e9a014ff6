package io.github.requests4j.http;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.CharArrayReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.requests4j.body.BodySource;
import io.github.requests4j.body.UnrepeatableSourceException;
import io.github.requests4j.http.ProgressListener.Direction;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

/**
 * The kinds of bodies.
 */
class BodyTests {

	private static final String RESEND = "Unable to rewind request body for redirect.";

	private static PreparedRequest post(Body body) {
		return Request.of("POST", "http://h", (o) -> o.data(body)).prepare();
	}

	private static ByteArrayInputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(UTF_8));
	}

	private static Path file(Path folder, String content) throws IOException {
		return Files.writeString(folder.resolve("file"), content);
	}

	private static void assertRepeatable(Body body, String content) {
		assertThat(body.isRewindable()).isTrue();
		assertThat(WireText.plain(body)).isEqualTo(content);
		body.rewind();
		assertThat(WireText.plain(body)).isEqualTo(content);
		// Also without rewinding first: what is left over is never taken for the whole
		assertThat(WireText.plain(body)).isEqualTo(content);
	}

	private static void assertOnce(Body body, String content) {
		assertThat(body.isRewindable()).isFalse();
		assertThat(body.contentLength()).isEqualTo(Body.UNKNOWN_LENGTH);
		assertThat(body.bytes()).isNull();
		assertThat(WireText.plain(body)).isEqualTo(content);
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(body::rewind)
			.withMessageStartingWith(RESEND);
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(() -> WireText.plain(body))
			.withMessageStartingWith(RESEND);
	}

	@Test
	@DisplayName("66: text is sent as UTF-8, its length counts bytes, and it has no Content-Type")
	void textIsSentAsUtf8() {
		PreparedRequest prepared = post(Body.of("é☃"));
		assertThat(prepared.headers()).containsExactly(entry("Content-Length", "5"));
		assertThat(prepared.body().text()).isEqualTo("é☃");
		assertThat(prepared.body().bytes()).isEqualTo("é☃".getBytes(UTF_8));
		assertRepeatable(Body.of("abc"), "abc");
	}

	@Test
	@DisplayName("67: bytes are sent unchanged")
	void bytesAreSentUnchanged() {
		byte[] bytes = { 0, -1 };
		PreparedRequest prepared = post(Body.of(bytes));
		assertThat(prepared.body().bytes()).isSameAs(bytes);
		assertThat(prepared.body().text()).isNull();
		assertThat(prepared.headers()).containsExactly(entry("Content-Length", "2"));
	}

	@Test
	@DisplayName("68, 69: a form is encoded and has its Content-Type unless the caller sets one, in any case")
	void formIsEncoded() {
		PreparedRequest prepared = post(Body.form(KeyValues.fromPairs(List.of(entry("a", "1 2"), entry("a", "é")))));
		assertThat(prepared.body().text()).isEqualTo("a=1+2&a=%C3%A9");
		assertThat(prepared.headers()).containsExactly(entry("Content-Length", "14"),
				entry("Content-Type", "application/x-www-form-urlencoded"));
		assertThat(post(Body.form(KeyValues.from(List.of("ab")))).body().text()).isEqualTo("a=b");
		assertThat(Request.of("POST", "http://h", (o) -> o.header("content-type", "x").data(Map.of("a", "b")))
			.prepare()
			.headers()).containsExactly(entry("content-type", "x"), entry("Content-Length", "3"));
		assertThatIllegalArgumentException().isThrownBy(() -> KeyValues.from(List.of(1, 2)));
	}

	@Test
	@DisplayName("70: empty data has no body")
	void emptyDataHasNoBody() {
		for (Body empty : List.of(Body.of(""), Body.of(new byte[0]), Body.form(Map.of()),
				Body.form(KeyValues.empty()))) {
			PreparedRequest prepared = post(empty);
			assertThat(prepared.body()).isNull();
			assertThat(prepared.headers()).containsExactly(entry("Content-Length", "0"));
		}
	}

	@Test
	@DisplayName("73: a form that encodes to nothing is sent with length 0")
	void formThatEncodesToNothingHasLengthZero() {
		PreparedRequest prepared = post(Body.form(Map.of("a", List.of())));
		assertThat(prepared.body()).isNotNull();
		assertThat(prepared.body().text()).isEmpty();
		assertThat(prepared.headers()).containsExactly(entry("Content-Length", "0"),
				entry("Content-Type", "application/x-www-form-urlencoded"));
	}

	@Test
	@DisplayName("74, 77: a stream is sent from its current position, with the length of the rest")
	void streamIsSentFromItsCurrentPosition(@TempDir Path folder) throws IOException {
		ByteArrayInputStream bytes = stream("abcdef");
		assertThat(bytes.readNBytes(2)).hasSize(2);
		assertThat(post(Body.of(bytes)).headers()).containsExactly(entry("Content-Length", "4"));
		assertRepeatable(Body.of(bytes), "cdef");
		try (FileInputStream file = new FileInputStream(file(folder, "abcdef").toFile())) {
			assertThat(file.readNBytes(3)).hasSize(3);
			assertThat(post(Body.of(file)).headers()).containsExactly(entry("Content-Length", "3"));
			assertRepeatable(Body.of(file), "def");
		}
	}

	@Test
	@DisplayName("74: a stream of unknown length is sent in chunks")
	void streamOfUnknownLengthIsChunked() {
		PreparedRequest prepared = post(Body.of(new BufferedInputStream(stream("abc"))));
		assertThat(prepared.headers()).containsExactly(entry("Transfer-Encoding", "chunked"));
		assertThat(WireText.of(prepared)).endsWith("\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
		assertOnce(Body.of(new BufferedInputStream(stream("abc"))), "abc");
	}

	@Test
	@DisplayName("75, 76: a pipe has neither length nor position")
	void pipeHasNeitherLengthNorPosition() throws Exception {
		Process process = new ProcessBuilder("echo", "hi").start();
		process.waitFor();
		try (InputStream pipe = process.getInputStream()) {
			assertOnce(Body.of(pipe), "hi\n");
		}
	}

	@Test
	@DisplayName("76: an empty file has length 0, a special file an unknown one, and nothing is left past the end")
	void emptyAndSpecialFilesHaveTheRightLength(@TempDir Path folder) throws IOException {
		Path empty = Files.createFile(folder.resolve("empty"));
		Path system = Path.of("/proc/self/status");
		assertThat(Body.of(empty).contentLength()).isZero();
		assertThat(Body.of(system).contentLength()).isEqualTo(Body.UNKNOWN_LENGTH);
		try (FileInputStream file = new FileInputStream(empty.toFile());
				FileInputStream past = new FileInputStream(file(folder, "abc").toFile());
				FileInputStream odd = new FileInputStream(system.toFile())) {
			past.getChannel().position(10);
			assertThat(Body.of(file).contentLength()).isZero();
			assertThat(Body.of(past).contentLength()).isZero();
			assertThat(Body.of(odd).contentLength()).isEqualTo(Body.UNKNOWN_LENGTH);
			assertThat(WireText.plain(Body.of(odd))).contains("Name:");
		}
	}

	@Test
	@DisplayName("78: the length of a text stream counts bytes")
	void lengthOfATextStreamCountsBytes() {
		for (var reader : List.of(new StringReader("é☃😀"), new CharArrayReader("é☃😀".toCharArray()))) {
			PreparedRequest prepared = post(Body.of(reader));
			assertThat(prepared.headers()).containsExactly(entry("Content-Length", "9"));
			assertRepeatable(prepared.body(), new String("é☃😀".getBytes(UTF_8), ISO_8859_1));
		}
		assertThat(Body.of(new StringReader("1234ö")).contentLength()).as("before it is prepared").isEqualTo(6);
		assertOnce(Body.of(new BufferedReader(new StringReader("abc"))), "abc");
	}

	@Test
	@DisplayName("79: each item is a chunk, empty ones are skipped, text is UTF-8")
	void eachItemIsAChunk() {
		Iterator<?> items = List.of("ab", new byte[0], "", new byte[] { 'c' }, new StringBuilder("é")).iterator();
		PreparedRequest prepared = post(Body.of(items));
		assertThat(WireText.of(prepared))
			.endsWith("chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n2\r\n\u00c3\u00a9\r\n0\r\n\r\n");
		assertOnce(Body.of(List.of("a", "b").iterator()), "ab");
		assertRepeatable(Body.of(List.of("a", "b")), "ab");
		Iterable<String> once = () -> List.of("a").iterator();
		assertOnce(Body.of(once), "a");
		assertThatIllegalArgumentException().isThrownBy(() -> WireText.plain(Body.of(List.of(1))))
			.withMessageContaining("java.lang.Integer");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> WireText.plain(Body.of(Arrays.asList("a", null).iterator())));
	}

	@Test
	@DisplayName("82: the position is recorded when the request is prepared")
	void positionIsRecordedWhenPreparing() throws IOException {
		ByteArrayInputStream bytes = stream("abcdef");
		Body body = Body.of(bytes);
		assertThat(bytes.readNBytes(4)).hasSize(4);
		PreparedRequest prepared = post(body);
		assertThat(prepared.headers()).containsEntry("Content-Length", "2");
		assertRepeatable(prepared.body(), "ef");
	}

	@Test
	@DisplayName("82: a stream without a position can be sent only once")
	void streamWithoutPositionCanBeSentOnlyOnce(@TempDir Path folder) throws IOException {
		FileInputStream file = new FileInputStream(file(folder, "abc").toFile());
		file.close();
		Body body = Body.of(file);
		assertThat(body.isRewindable()).isFalse();
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(body::rewind)
			.withMessageStartingWith(RESEND);
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> WireText.plain(body))
			.withMessageContaining("could not be read");
	}

	@Test
	@DisplayName("149, 249: rewinding by hand works or fails with an exception")
	void bodyCanBeRewoundByHand(@TempDir Path folder) throws IOException {
		try (FileInputStream file = new FileInputStream(file(folder, "abc").toFile())) {
			PreparedRequest prepared = post(Body.of(file));
			assertThat(file.readAllBytes()).hasSize(3);
			prepared.body().rewind();
			assertThat(WireText.plain(prepared.body())).isEqualTo("abc");
			file.close();
			assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(prepared.body()::rewind)
				.withMessageStartingWith("An error occurred when rewinding request body for redirect.");
		}
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(Body.of(List.of("x").iterator())::rewind)
			.withMessageStartingWith(RESEND);
	}

	@Test
	@DisplayName("149: preparing a sent body again rewinds or rejects it; it is never sent empty")
	void sentBodyIsRewoundOrRejectedWhenPreparedAgain() {
		Request request = Request.of("POST", "http://h", (o) -> o.data(Body.of(stream("abc"))));
		assertThat(WireText.of(request.prepare())).endsWith("abc");
		assertThat(WireText.of(request.prepare())).endsWith("Content-Length: 3\r\n\r\nabc");
		Request once = Request.of("POST", "http://h", (o) -> o.data(Body.of(List.of("x").iterator())));
		assertThat(WireText.of(once.prepare())).endsWith("1\r\nx\r\n0\r\n\r\n");
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(once::prepare)
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@Test
	@DisplayName("242: an unreadable file is reported before anything is sent")
	void unreadableFileIsReportedBeforeSending(@TempDir Path folder) {
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> post(Body.of(folder.resolve("none"))))
			.withMessageContaining("NoSuchFileException")
			.withMessageContaining("none");
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> post(Body.of(folder)))
			.withMessageContaining("it is a directory");
		assertThat(Body.of(folder.resolve("none")).contentLength()).isEqualTo(Body.UNKNOWN_LENGTH);
	}

	@Test
	@DisplayName("fault: a file that shrinks is an error; of one that grows, the announced length is sent")
	void fileThatShrinksIsAnError(@TempDir Path folder) throws IOException {
		Path file = file(folder, "abcdef");
		PreparedRequest prepared = post(Body.of(file));
		assertRepeatable(prepared.body(), "abcdef");
		Files.writeString(file, "abcdefgh");
		assertThat(WireText.plain(prepared.body())).isEqualTo("abcdef");
		Files.writeString(file, "abc");
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> WireText.plain(prepared.body()))
			.withMessageContaining("It ended after 3 of 6 bytes");
	}

	@Test
	@DisplayName("149: supplied streams are opened each time, and closed")
	void suppliedStreamIsOpenedAndClosedEachTime() {
		AtomicInteger open = new AtomicInteger();
		Body body = Body.supplied(() -> {
			open.incrementAndGet();
			return new ByteArrayInputStream("abc".getBytes(UTF_8)) {
				@Override
				public void close() {
					open.decrementAndGet();
				}
			};
		});
		assertThat(post(body).headers()).containsExactly(entry("Transfer-Encoding", "chunked"));
		assertRepeatable(body, "abc");
		assertThat(open).hasValue(0);
		assertRepeatable(Body.supplied(() -> stream("abcdef"), 4), "abcd");
		assertThat(post(Body.supplied(() -> stream("abcd"), 4)).headers())
			.containsExactly(entry("Content-Length", "4"));
		assertThatIllegalArgumentException().isThrownBy(() -> Body.supplied(() -> stream("a"), -2));
		assertThatIllegalStateException().isThrownBy(() -> WireText.plain(Body.supplied(() -> null)));
	}

	@Test
	@DisplayName("fault: a failing source is distinguished from a failing connection")
	void failingSourceIsNotAConnectionError() {
		Body body = Body.supplied(() -> {
			throw new UncheckedIOException(new IOException("source"));
		});
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> WireText.plain(body))
			.withMessageContaining("source");
		OutputStream broken = new OutputStream() {
			@Override
			public void write(int value) throws IOException {
				throw new IOException("connection");
			}
		};
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> Body.of(stream("abc")).writeTo(broken))
			.withMessage("connection");
	}

	@Test
	@DisplayName("149: a custom source follows the same rules")
	void customSourceFollowsTheSameRules() throws IOException {
		Body body = Body.of(new BodySource() {
			@Override
			public long contentLength() {
				return 2;
			}

			@Override
			public void writeTo(OutputStream out) throws IOException {
				out.write(new byte[] { 'o', 'k' });
			}

			@Override
			public boolean isRewindable() {
				return false;
			}

			@Override
			public void rewind() {
				throw new UnrepeatableSourceException("mine can be read only once");
			}
		});
		assertThat(post(body).headers()).containsExactly(entry("Content-Length", "2"));
		assertThat(WireText.plain(body)).isEqualTo("ok");
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(body::rewind)
			.withMessageContaining("mine can be read only once");
	}

	@Test
	@DisplayName("66: the body's Content-Type is used unless the caller sets one")
	void contentTypeOfTheBodyIsUsed() {
		assertThat(post(Body.of("a,b").withContentType("text/csv")).headers())
			.containsExactly(entry("Content-Length", "3"), entry("Content-Type", "text/csv"));
		assertThatExceptionOfType(InvalidHeaderException.class)
			.isThrownBy(() -> post(Body.of("a").withContentType("x\r\ny")));
	}

	@Test
	@DisplayName("149: the progress of an upload is reported each time it is sent")
	void uploadProgressIsReportedEachTime() throws IOException {
		List<Long> reported = new ArrayList<>();
		ProgressListener listener = (direction, sent, total) -> {
			assertThat(direction).isEqualTo(Direction.UPLOAD);
			assertThat(total).isEqualTo(150_000);
			reported.add(sent);
		};
		Body body = Body.of(new byte[150_000]).reportingTo(listener);
		assertThat(body.bytes()).isNull();
		assertThat(body.contentLength()).isEqualTo(150_000);
		body.writeTo(new ByteArrayOutputStream());
		assertThat(reported).containsExactly(65_536L, 131_072L, 150_000L);
		body.rewind();
		reported.clear();
		body.writeTo(new ByteArrayOutputStream());
		assertThat(reported).last().isEqualTo(150_000L);
		List<Long> unknown = new ArrayList<>();
		Body.of(List.of("ab", "c")).reportingTo((direction, sent, total) -> {
			unknown.add(sent);
			unknown.add(total);
		}).writeTo(new ByteArrayOutputStream());
		assertThat(unknown).containsExactly(2L, -1L, 3L, -1L);
	}

	@Test
	@DisplayName("threat 40: toString() shows the kind of a body, never its content")
	void toStringHidesTheContent() {
		assertThat(Body.of("canary")).hasToString("Body[text, 6 bytes]");
		assertThat(Body.form(Map.of("a", "canary"))).hasToString("Body[form, 8 bytes]");
		assertThat(Body.of(List.of("canary").iterator())).hasToString("Body[stream]");
		assertThat(FilePart.of("f", "canary").toString()).doesNotContain("canary");
	}

}
