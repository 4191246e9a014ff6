package io.github.requests4j.conformance;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestOptions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Uploads of files.
 */
class MultipartTests extends HttpbinSupport {

	@TempDir
	private Path folder;

	private Path file() throws IOException {
		return Files.writeString(this.folder.resolve("notes.txt"), "some notes");
	}

	private String sent() {
		return this.httpbin.lastRequest().bodyText();
	}

	private static PreparedRequest post(FilePart... files) {
		return Request.of("POST", "http://www.example.com/", (o) -> o.files(files)).prepare();
	}

	@Test
	@DisplayName("90, 92: a file, alone and after the fields of a form")
	void fileAndForm() throws IOException {
		Path file = file();
		this.session.post(url("/post"), (o) -> o.file("some", file));
		assertThat(sent()).contains("name=\"some\"; filename=\"notes.txt\"\r\n\r\nsome notes\r\n");
		this.session.post(url("/post"), (o) -> o.data(Map.of("some", "data")).file("some", file));
		assertThat(sent()).containsSubsequence("name=\"some\"\r\n\r\ndata\r\n", "filename=\"notes.txt\"");
		assertThat(this.httpbin.lastRequest().header("Content-Type")).startsWith("multipart/form-data; boundary=");
	}

	@Test
	@DisplayName("101: text and files do not go together")
	void conflict() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.session.post(url("/post"),
					(o) -> o.data("[{\"some\": \"data\"}]").files(FilePart.of("some", "x"))))
			.withMessageContaining("Data must not be a string.");
		assertThat(this.httpbin.connectionCount()).isZero();
	}

	@Test
	@DisplayName("81: a stream and files do not go together")
	void streamConflict() {
		Body stream = Body.of(new ByteArrayInputStream(new byte[3]));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.session.post(url("/post"), (o) -> o.data(stream).files(FilePart.of("some", "x"))))
			.withMessageContaining("Streamed bodies and files are mutually exclusive.");
	}

	@Test
	@DisplayName("98, 101: a file has a name and content: nothing else can be given")
	void typedFiles() {
		List<Method> methods = Arrays.stream(RequestOptions.class.getMethods())
			.filter((method) -> method.getName().equals("files"))
			.toList();
		assertThat(methods).singleElement()
			.satisfies((method) -> assertThat(method.getParameterTypes()).containsExactly(FilePart[].class));
	}

	@ParameterizedTest(name = "93: the field value {0} is sent as UTF-8")
	@ValueSource(strings = { "ëlïxr", "elixr" })
	void unicodeFields(String value) {
		for (Object field : List.of(value, value.getBytes(StandardCharsets.UTF_8))) {
			this.session.post(url("/post"), (o) -> o.data(Map.of("stuff", field))
				.files(FilePart.of("file", "test.txt", new ByteArrayInputStream(new byte[] { 'x' }))));
			assertThat(sent()).contains("name=\"stuff\"\r\n\r\n" + value + "\r\n");
		}
	}

	@Test
	@DisplayName("52, 92: parameters, form and file in one request")
	void allTogether() {
		this.session.post(url("/post"),
				(o) -> o.param("blah", "asdf1234")
					.data(Map.of("stuff", "{\"a\": 123}"))
					.files(FilePart.of("file", "test.txt", "content")));
		assertThat(this.httpbin.lastRequest().target()).isEqualTo("/post?blah=asdf1234");
		assertThat(sent()).containsSubsequence("name=\"stuff\"\r\n\r\n{\"a\": 123}", "filename=\"test.txt\"");
	}

	@Test
	@DisplayName("94, 95: the content type of a part is that which was given, or none")
	void contentTypes() {
		this.session.post(url("/post"),
				(o) -> o.data(Map.of("stuff", "x"))
					.files(FilePart.of("file1", "one.txt", "1"),
							FilePart.of("file2", "two", Body.of("2"), "text/py-content-type")));
		assertThat(sent()).contains("name=\"file1\"; filename=\"one.txt\"\r\n\r\n1\r\n",
				"name=\"file2\"; filename=\"two\"\r\nContent-Type: text/py-content-type\r\n\r\n2\r\n");
	}

	@Test
	@DisplayName("94: a part may have headers of its own")
	void partHeaders() {
		this.session.post(url("/post"),
				(o) -> o.files(FilePart.of("file", "f", Body.of("1"), "text/plain", Map.of("X-Part", "7"))));
		assertThat(sent()).contains("Content-Type: text/plain\r\nX-Part: 7\r\n\r\n1\r\n");
	}

	@Test
	@DisplayName("96: text, bytes and streams are files with the name of their field")
	void namedAfterField() throws IOException {
		for (FilePart part : List.of(FilePart.of("b", "foo"), FilePart.of("b", new byte[] { 'f', 'o', 'o' }),
				FilePart.of("b", new ByteArrayInputStream("foo".getBytes(StandardCharsets.US_ASCII))))) {
			assertThat(part.filename()).isEqualTo("b");
			this.session.post(url("/post"), (o) -> o.data(Map.of("a", "this is a string")).files(part));
			assertThat(sent()).contains("name=\"b\"; filename=\"b\"\r\n\r\nfoo\r\n");
		}
		assertThat(FilePart.of("b", file()).filename()).isEqualTo("notes.txt");
	}

	@Test
	@DisplayName("96: names such as <stdin> are no names of files")
	void noNames() {
		assertThat(FilePart.of("field", Path.of("<stdin>")).filename()).isEqualTo("field");
		assertThat(FilePart.of("field", Path.of("plain")).filename()).isEqualTo("plain");
	}

	@Test
	@DisplayName("97: without a file name a part is a plain field")
	void withoutFilename() {
		this.session.post(url("/post"), (o) -> o.files(FilePart.of("a", null, "1"), FilePart.of("b", "", "2")));
		assertThat(sent()).contains("name=\"a\"\r\n\r\n1\r\n", "name=\"b\"; filename=\"\"\r\n\r\n2\r\n");
	}

	@Test
	@DisplayName("100: one name for several files")
	void repeatedNames() {
		this.session.post(url("/post"), (o) -> o.files(FilePart.of("f", "1.txt", "1"), FilePart.of("f", "2.txt", "2")));
		assertThat(sent()).contains("name=\"f\"; filename=\"1.txt\"", "name=\"f\"; filename=\"2.txt\"");
	}

	@Test
	@DisplayName("90, 100: the length of an upload is known, however its files are held")
	void lengthOfFiles() throws IOException {
		PreparedRequest request = post(FilePart.of("f", file()));
		assertThat(request.headers()).containsKey("Content-Length").doesNotContainKey("Transfer-Encoding");
		FilePart again = FilePart.of("f", file());
		this.session.send(Request.of("POST", url("/post"), (o) -> o.files(again)).prepare());
		assertThat(this.httpbin.lastRequest().body())
			.hasSize(Integer.parseInt(String.valueOf(this.httpbin.lastRequest().header("Content-Length"))));
	}

}
