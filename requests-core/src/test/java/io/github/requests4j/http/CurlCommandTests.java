package io.github.requests4j.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.cookies.CookieJar;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests as curl commands. A shell parses the commands, with a function in place of
 * curl.
 */
class CurlCommandTests {

	@TempDir
	private Path folder;

	private static PreparedRequest plain(String method, String url) {
		return plain(method, url, (options) -> {
		});
	}

	private static PreparedRequest plain(String method, String url, Consumer<RequestOptions> options) {
		return Request.of(method, url, (o) -> options.accept(o.header("User-Agent", "x").header("Accept", "*/*")))
			.prepare();
	}

	/**
	 * The arguments as curl gets them, and at the end what it would read from its
	 * standard input.
	 */
	private List<String> arguments(String command) throws Exception {
		assertThat(command).doesNotContain("\n", "\r");
		Path script = Files.writeString(this.folder.resolve("script"),
				"curl() { printf '%s\\0' \"$@\"; case \" $* \" in *' @- '*) cat;; esac; }\n" + command + "\n");
		Process process = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true).start();
		process.getOutputStream().close();
		String output = new String(process.getInputStream().readAllBytes(), UTF_8);
		assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
		return List.of(output.split("\0", -1));
	}

	@Test
	@DisplayName("131: a plain request is a plain command")
	void plainRequestIsAPlainCommand() {
		PreparedRequest prepared = plain("GET", "http://h/p?q=1", (o) -> o.header("A", "b c"));
		assertThat(prepared.toCurl())
			.isEqualTo("curl -H 'User-Agent: x' -H 'Accept: */*' -H 'A: b c' 'http://h/p?q=1'");
		assertThat(plain("HEAD", "http://h").toCurl()).startsWith("curl --head -H");
		assertThat(plain("POST", "http://h").toCurl())
			.isEqualTo("curl -X 'POST' -H 'User-Agent: x' -H 'Accept: */*' -H 'Content-Length: 0' 'http://h/'");
		assertThat(Request.of("GET", "http://h").prepare().toCurl())
			.isEqualTo("curl -H 'User-Agent:' -H 'Accept:' 'http://h/'");
		assertThat(plain("GET", "http://h", (o) -> o.header("Accept-Encoding", "gzip").header("E", "")).toCurl())
			.contains(" --compressed ")
			.contains("-H 'E;'");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a'b", "$HOME `id` $(id) \\ \" !", "a\nb", "a\r\nb\t", "\\'\n", "é☃😀",
			"a\u0001\u007f\u0085\u2028b", "@file", "-x", "a%b\0c", "\0", "--data", "--a\0b", "${x}" })
	@DisplayName("131: a shell parses any quoted body back unchanged")
	void anyTextIsQuotedForTheShell(String body) throws Exception {
		PreparedRequest prepared = plain("POST", "http://h", (o) -> o.data(body));
		List<String> arguments = arguments(prepared.toCurlWithSecrets());
		int data = arguments.indexOf("--data-binary");
		if (arguments.get(data + 1).equals("@-")) {
			String input = String.join("\0", arguments.subList(data + 3, arguments.size()));
			assertThat(input).isEqualTo(body);
		}
		else {
			assertThat(arguments.get(data + 1)).isEqualTo(body);
		}
		assertThat(arguments).contains("-X", "POST", "http://h/", "Content-Type:").doesNotContain("Content-Length");
	}

	@Test
	@DisplayName("131: bytes that are not text are read from standard input")
	void binaryBodyIsReadFromStandardInput() {
		byte[] bytes = { 0, -1, 'a', '%', '\'', '\\' };
		assertThat(plain("POST", "http://h", (o) -> o.data(bytes)).toCurl())
			.startsWith("printf '\\000\\377a\\045\\047\\134' | curl ")
			.contains(" --data-binary @- ");
	}

	@Test
	@DisplayName("131: files are named; other streams are read from standard input")
	void filesAreNamedAndStreamsAreReadFromStandardInput() throws Exception {
		Path file = Files.writeString(this.folder.resolve("it's"), "x");
		assertThat(arguments(plain("PUT", "http://h", (o) -> o.data(Body.of(file))).toCurl()))
			.containsSequence("--data-binary", "@" + file);
		assertThat(plain("PUT", "http://h", (o) -> o.data(Body.of(List.of("a").iterator()))).toCurl())
			.contains("-H 'Transfer-Encoding: chunked'")
			.contains("--data-binary '@-'");
	}

	@Test
	@DisplayName("90: a message in memory is shown in full; one with files is built by curl")
	void multipartBodyIsShownOrBuiltByCurl() throws Exception {
		PreparedRequest memory = plain("POST", "http://h", (o) -> o.files(FilePart.of("f", "n", "x")));
		List<String> arguments = arguments(memory.toCurl());
		assertThat(arguments).contains(WireText.plain(memory.body()),
				"Content-Type: " + memory.headers().get("Content-Type"));
		Path file = Files.writeString(this.folder.resolve("a;b\".txt"), "x");
		PreparedRequest streamed = plain("POST", "http://h",
				(o) -> o.data(Map.of("k", "v;\"w"))
					.files(FilePart.of("f", file).withContentType("text/plain").withHeaders(Map.of("X-A", "1")),
							FilePart.of("g", "n", new BufferedInputStream(new ByteArrayInputStream(new byte[1])))));
		assertThat(arguments(streamed.toCurl()))
			.containsSequence("-F", "k=\"v;\\\"w\"", "-F",
					"f=@\"" + file.toString().replace("\"", "\\\"")
							+ "\";filename=\"a;b\\\".txt\";type=text/plain;headers=\"X-A: 1\"",
					"-F", "g=@-;filename=\"n\"")
			.noneMatch((argument) -> argument.startsWith("Content-Type: ") || argument.startsWith("Transfer-Encoding"));
	}

	@Test
	void multipartTypeOfAStreamedMessageIsPassedToCurl() throws Exception {
		PreparedRequest streamed = plain("POST", "http://h", (o) -> o.data(Body.multipart("multipart/mixed",
				List.of(FilePart.of("g", "n", new BufferedInputStream(new ByteArrayInputStream(new byte[1])))))));
		assertThat(arguments(streamed.toCurl())).containsSequence("-H", "Content-Type: multipart/mixed")
			.containsSequence("-F", "g=@-;filename=\"n\"");
	}

	@Test
	@DisplayName("131: options keep curl from changing the URL")
	void curlLeavesTheUrlUnchanged() {
		PreparedRequest prepared = plain("GET", "http://h");
		prepared.url("http://h/[a]/../{b}");
		assertThat(prepared.toCurl()).contains(" --globoff --path-as-is ").endsWith(" 'http://h/[a]/../{b}'");
	}

	@Test
	@DisplayName("threat 40: credentials, cookies and values with secret names are masked unless requested")
	void secretsAreMaskedUnlessRequested() {
		CookieJar jar = new CookieJar();
		jar.set("a", "canary");
		PreparedRequest prepared = plain("POST", "http://user:canary@h/?q=1&access_token=canary&x=y#f",
				(o) -> o.header("Authorization", "Bearer canary")
					.header("Proxy-Authorization", "canary")
					.header("X-Api-Key", "canary")
					.header("X-Session", "canary")
					.cookies(jar)
					.data(Map.of("password", "canary")));
		assertThat(prepared.toCurl()).doesNotContain("canary")
			.contains("'Authorization: ***'", "'Cookie: ***'", "'X-Api-Key: ***'", "'password=***'",
					"'http://user:***@h/?q=1&access_token=***&x=y#f'");
		assertThat(prepared.toCurlWithSecrets()).doesNotContain("***").contains("password=canary", "user:canary@");
		assertThat(prepared.toString() + prepared.headers() + prepared.body() + prepared.parsedUrl())
			.doesNotContain("canary=", "Bearer", "user:canary");
	}

}
