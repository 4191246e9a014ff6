package io.github.requests4j.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Files in a multipart message.
 */
class MultipartTests {

	private static PreparedRequest post(FilePart... parts) {
		return Request.of("POST", "http://h", (o) -> o.files(parts)).prepare();
	}

	private static String boundary(PreparedRequest prepared) {
		String type = prepared.headers().get("Content-Type");
		return type.substring(type.indexOf("boundary=") + 9);
	}

	/** The heads of the parts, as a server sees them. */
	private static List<String> heads(PreparedRequest prepared) {
		String message = WireText.plain(prepared.body());
		String delimiter = "--" + boundary(prepared);
		assertThat(message).startsWith(delimiter + "\r\n").endsWith("\r\n" + delimiter + "--\r\n");
		List<String> heads = new ArrayList<>();
		for (String part : message.substring(0, message.length() - delimiter.length() - 4).split(delimiter + "\r\n")) {
			if (!part.isEmpty()) {
				heads.add(part.substring(0, part.indexOf("\r\n\r\n")));
			}
		}
		return heads;
	}

	@Test
	@DisplayName("94: files of a collection are added to those before, in order")
	void filesMayBeACollection() {
		Request request = Request.of("POST", "http://h",
				(o) -> o.files(FilePart.of("a", "1")).files(List.of(FilePart.of("b", "2"), FilePart.of("c", "3"))));
		assertThat(request.files()).extracting(FilePart::name).containsExactly("a", "b", "c");
	}

	@Test
	@DisplayName("90: the boundary has 32 hexadecimal digits, and the caller's Content-Type is kept")
	void boundaryHas32HexadecimalDigits() {
		assertThat(post(FilePart.of("f", "x")).headers().get("Content-Type"))
			.matches("multipart/form-data; boundary=[0-9a-f]{32}");
		assertThat(Request.of("POST", "http://h", (o) -> o.header("content-type", "x").files(FilePart.of("f", "x")))
			.prepare()
			.headers()).containsEntry("content-type", "x").hasSize(2);
	}

	@Test
	void customMultipartTypeGetsABoundary() {
		Body body = Body.multipart("multipart/related; type=\"application/json\"",
				List.of(FilePart.of("a", null, Body.of("{}"), "application/json"), FilePart.of("b", null, "text")));
		PreparedRequest prepared = Request.of("POST", "http://h", (o) -> o.data(body)).prepare();
		assertThat(prepared.headers().get("Content-Type"))
			.matches("multipart/related; type=\"application/json\"; boundary=[0-9a-f]{32}");
		assertThat(heads(prepared)).containsExactly(
				"Content-Disposition: form-data; name=\"a\"\r\nContent-Type: application/json",
				"Content-Disposition: form-data; name=\"b\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "multipart", "multipart/mixed; Boundary=b", "" })
	void invalidMultipartTypeIsRejected(String type) {
		assertThatIllegalArgumentException().isThrownBy(() -> Body.multipart(type, List.of()))
			.withMessageContaining("multipart/mixed");
	}

	@Test
	@DisplayName("91: disposition, type and location come first, then the other headers in order")
	void standardHeadersOfAPartComeFirst() {
		Map<String, String> headers = new LinkedHashMap<>();
		headers.put("X-B", "2");
		headers.put("content-location", "/here");
		headers.put("X-A", "1");
		headers.put("X-Empty", "");
		headers.put("Content-Disposition", "attachment");
		FilePart part = FilePart.of("f", "n", Body.of("x"), "text/plain", headers);
		assertThat(heads(post(part))).containsExactly("Content-Disposition: form-data; name=\"f\"; filename=\"n\"\r\n"
				+ "Content-Type: text/plain\r\nContent-Location: /here\r\nX-B: 2\r\nX-A: 1");
		assertThat(heads(post(FilePart.of("f", "n", "x").withHeaders(Map.of("content-type", "a/b")))))
			.containsExactly("Content-Disposition: form-data; name=\"f\"; filename=\"n\"\r\nContent-Type: a/b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " A", "A:b", "A\r\nB", "\u00c9", "\u2003A" })
	void invalidHeaderNameOfAPartIsRejected(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> FilePart.of("f", "x").withHeaders(Map.of(name, "x")))
			.withMessageContaining("header");
	}

	@Test
	@DisplayName("92, 93: fields come first, repeated and without nulls; bytes are unchanged and have no type")
	void fieldsComeBeforeFiles() {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("z", List.of("1", "2"));
		fields.put("none", null);
		fields.put("b", new byte[] { -1 });
		PreparedRequest prepared = Request.of("POST", "http://h", (o) -> o.files(FilePart.of("a", "x")).data(fields))
			.prepare();
		String start = "Content-Disposition: form-data; name=";
		assertThat(heads(prepared)).containsExactly(start + "\"z\"", start + "\"z\"", start + "\"b\"",
				start + "\"a\"; filename=\"a\"");
		assertThat(WireText.plain(prepared.body())).contains("\r\n\r\n\u00ff\r\n");
	}

	@Test
	@DisplayName("94, 95: every kind of file is accepted, and its type is not guessed")
	void everyKindOfFileIsAccepted(@TempDir Path folder) throws Exception {
		Path file = Files.writeString(folder.resolve("n.txt"), "x");
		try (InputStream stream = new FileInputStream(file.toFile())) {
			FilePart[] alone = { FilePart.of("f", "x"), FilePart.of("f", "x".getBytes(UTF_8)), FilePart.of("f", file),
					FilePart.of("f", stream), FilePart.of("f", Body.of("x")) };
			assertThat(heads(post(alone))).filteredOn((head) -> head.endsWith("filename=\"f\"")).hasSize(4);
			assertThat(heads(post(alone))).element(2).asString().endsWith("filename=\"n.txt\"");
		}
		FilePart[] named = { FilePart.of("f", "a.png", "x"), FilePart.of("f", "a.png", "x".getBytes(UTF_8)),
				FilePart.of("f", "a.png", file), FilePart.of("f", "a.png", new ByteArrayInputStream(new byte[1])),
				FilePart.of("f", "a.png", Body.of("x")) };
		assertThat(heads(post(named))).hasSize(5)
			.allMatch("Content-Disposition: form-data; name=\"f\"; filename=\"a.png\""::equals);
		assertThat(heads(post(FilePart.of("f", "a", Body.of("x"), "image/png")))).first()
			.asString()
			.endsWith("\r\nContent-Type: image/png");
	}

	@Test
	@DisplayName("96: the file name is taken from the path unless it is a placeholder")
	void fileNameIsTakenFromThePath() {
		assertThat(FilePart.of("f", Path.of("/tmp/a.txt")).filename()).isEqualTo("a.txt");
		assertThat(FilePart.of("f", Path.of("<stdin>")).filename()).isEqualTo("f");
		assertThat(FilePart.of("f", Path.of("a>")).filename()).isEqualTo("f");
		assertThat(FilePart.of("f", Path.of("/")).filename()).isEqualTo("f");
		assertThat(FilePart.of("f", Path.of("")).filename()).isEqualTo("f");
	}

	@Test
	@DisplayName("97: a missing file name is omitted; an empty one is sent")
	void missingFileNameIsOmitted() {
		assertThat(heads(post(FilePart.of("f", null, "x"), FilePart.of("g", "", "x")))).containsExactly(
				"Content-Disposition: form-data; name=\"f\"",
				"Content-Disposition: form-data; name=\"g\"; filename=\"\"");
	}

	@Test
	@DisplayName("98: text is sent as UTF-8")
	void textIsSentAsUtf8() {
		assertThat(WireText.plain(post(FilePart.of("f", "é")).body())).contains("\r\n\r\n\u00c3\u00a9\r\n");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "a\"; filename=\"evil", "a\r\nX-Evil: 1", "a\"\r\n\r\nevil\r\n--", "\r", "\n", "\"", "\\\"" })
	@DisplayName("99, threat 17 (CWE-93): whatever the name, there is one part with one header")
	void hostileNamesAreEscaped(String name) {
		PreparedRequest prepared = post(FilePart.of(name, name, "x"));
		String quoted = name.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
		assertThat(heads(prepared))
			.containsExactly("Content-Disposition: form-data; name=\"" + quoted + "\"; filename=\"" + quoted + "\"");
	}

	@Test
	@DisplayName("99: backslashes and non-ASCII characters are kept")
	void backslashesAndNonAsciiCharactersAreKept() {
		assertThat(heads(post(FilePart.of("a\\é", "☃", "x")))).containsExactly(new String(
				"Content-Disposition: form-data; name=\"a\\é\"; filename=\"☃\"".getBytes(UTF_8), ISO_8859_1));
	}

	@Test
	@DisplayName("threat 17: headers of a part cannot contain line breaks")
	void headersOfAPartCannotContainLineBreaks() {
		FilePart part = FilePart.of("f", "x");
		assertThatIllegalArgumentException().isThrownBy(() -> part.withContentType("a/b\r\nX: y"));
		assertThatIllegalArgumentException().isThrownBy(() -> part.withHeaders(Map.of("A", "b\nc")));
		assertThatIllegalArgumentException().isThrownBy(() -> part.withHeaders(Map.of("A\r\nB", "c")));
		assertThatIllegalArgumentException().isThrownBy(() -> part.withHeaders(Map.of("A:b", "c")));
		assertThatIllegalArgumentException().isThrownBy(() -> part.withHeaders(Map.of("", "c")));
	}

	@Test
	@DisplayName("100: files are streamed, and the length is known if that of every part is")
	void filesAreStreamedWithAKnownLength(@TempDir Path folder) throws Exception {
		Path large = folder.resolve("large");
		long size = 64L << 20;
		try (var channel = FileChannel.open(large, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			channel.write(ByteBuffer.wrap(new byte[1]), size - 1);
		}
		PreparedRequest prepared = post(FilePart.of("f", large), FilePart.of("f", large));
		assertThat(prepared.body().bytes()).isNull();
		LargestWrite out = new LargestWrite();
		prepared.body().writeTo(out);
		assertThat(out.total).isGreaterThan(2 * size);
		assertThat(prepared.headers()).containsEntry("Content-Length", String.valueOf(out.total));
		assertThat(out.largest).isLessThanOrEqualTo(64 * 1024);
	}

	@Test
	@DisplayName("100: a message with a part of unknown length is sent in chunks")
	void partOfUnknownLengthMakesTheMessageChunked() {
		InputStream unknown = new BufferedInputStream(new ByteArrayInputStream(new byte[] { 'x' }));
		PreparedRequest prepared = post(FilePart.of("f", unknown), FilePart.of("g", "y"));
		assertThat(prepared.headers()).containsEntry("Transfer-Encoding", "chunked")
			.doesNotContainKey("Content-Length");
		assertThat(prepared.headers().keySet()).containsExactly("Transfer-Encoding", "Content-Type");
		assertThat(prepared.body().isRewindable()).isFalse();
		assertThat(heads(prepared)).hasSize(2);
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(prepared.body()::rewind);
		assertThatExceptionOfType(UnrewindableBodyException.class).isThrownBy(() -> WireText.plain(prepared.body()));
	}

	@Test
	@DisplayName("100: streams are sent from their current position, and an empty one has a length")
	void streamsAreSentFromTheirCurrentPosition() throws Exception {
		ByteArrayInputStream stream = new ByteArrayInputStream("abcd".getBytes(UTF_8));
		assertThat(stream.readNBytes(2)).hasSize(2);
		PreparedRequest prepared = post(FilePart.of("f", stream),
				FilePart.of("g", new ByteArrayInputStream(new byte[0])));
		String sent = WireText.plain(prepared.body());
		assertThat(sent).contains("\r\n\r\ncd\r\n").contains("filename=\"g\"\r\n\r\n\r\n--");
		assertThat(prepared.headers()).containsEntry("Content-Length", String.valueOf(sent.length()));
		prepared.body().rewind();
		assertThat(WireText.plain(prepared.body())).isEqualTo(sent);
	}

	@Test
	@DisplayName("100: field names may repeat, and parts in memory are joined so that they can be signed")
	void partsInMemoryAreJoined() {
		PreparedRequest prepared = post(FilePart.of("f", "a", "1"), FilePart.of("f", "b", "2"));
		assertThat(heads(prepared)).hasSize(2);
		assertThat(new String(prepared.body().bytes(), ISO_8859_1)).isEqualTo(WireText.plain(prepared.body()));
		assertThat(prepared.body().contentLength()).isEqualTo(prepared.body().bytes().length);
	}

	@Test
	@DisplayName("81, 101: streams and text cannot be combined with files; empty text can")
	void streamsAndTextCannotBeCombinedWithFiles() {
		RequestOptions request = new RequestOptions().files(FilePart.of("f", "x"));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> request.data(Body.of(List.of("a"))).toRequest("POST", "http://h").prepare())
			.withMessage("Streamed bodies and files are mutually exclusive.");
		assertThatIllegalArgumentException().isThrownBy(() -> request.data("a").toRequest("POST", "http://h").prepare())
			.withMessage("Data must not be a string.");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> request.data(new byte[1]).toRequest("POST", "http://h").prepare())
			.withMessage("Data must not be a string.");
		assertThat(heads(request.data("").toRequest("POST", "http://h").prepare())).hasSize(1);
	}

	@Test
	@DisplayName("242: a missing file is reported before anything is sent")
	void missingFileIsReportedBeforeSending(@TempDir Path folder) {
		assertThatExceptionOfType(RequestException.class)
			.isThrownBy(() -> post(FilePart.of("f", folder.resolve("none"))))
			.withMessageContaining("none")
			.satisfies((ex) -> assertThat(ex.request()).isNotNull());
	}

	@Test
	@DisplayName("101: an empty list of files is ignored")
	void emptyListOfFilesIsIgnored() {
		PreparedRequest prepared = Request.of("POST", "http://h", (o) -> o.files().data("x")).prepare();
		assertThat(prepared.body().text()).isEqualTo("x");
	}

	@Test
	@DisplayName("100: the progress of each file can be reported separately")
	void progressOfOneFileCanBeReported() {
		List<Long> reported = new ArrayList<>();
		Body watched = Body.of(new byte[5])
			.reportingTo((direction, sent, total) -> reported.addAll(List.of(sent, total)));
		PreparedRequest prepared = post(FilePart.of("f", "other"), FilePart.of("g", watched));
		assertThat(prepared.headers()).containsKey("Content-Length");
		assertThat(heads(prepared)).hasSize(2);
		assertThat(reported).containsExactly(5L, 5L);
	}

	@Test
	@DisplayName("100: the same files can be prepared again")
	void filesCanBePreparedAgain() throws Exception {
		Request request = Request.of("POST", "http://h",
				(o) -> o.files(FilePart.of("f", new ByteArrayInputStream(new byte[] { 'x' }))));
		PreparedRequest first = request.prepare();
		first.body().writeTo(new ByteArrayOutputStream());
		assertThat(WireText.plain(request.prepare().body())).contains("\r\n\r\nx\r\n");
	}

	private static final class LargestWrite extends OutputStream {

		private long total;

		private int largest;

		@Override
		public void write(int value) {
			this.total++;
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			this.total += length;
			this.largest = Math.max(this.largest, length);
		}

	}

}
