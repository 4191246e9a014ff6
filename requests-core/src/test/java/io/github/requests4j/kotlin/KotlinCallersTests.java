package io.github.requests4j.kotlin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.requests4j.Session;
import io.github.requests4j.http.Response;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nullness annotations are types for Kotlin's compiler: nullable values must be checked,
 * and other values need no check.
 */
@Tag("once")
class KotlinCallersTests {

	private static final Path CALLS = Path.of("src/test/resources/kotlin/Calls.kt");

	@TempDir
	Path folder;

	@Test
	@DisplayName("Kotlin calls compile without non-null assertions")
	void kotlinCallersNeedNoNonNullAssertions() throws Exception {
		assertThat(compile(CALLS)).isEmpty();
		try (URLClassLoader classes = new URLClassLoader(new URL[] { this.folder.toUri().toURL() });
				TestHttpServer server = TestHttpServer.start((request) -> Reply.json(" tea "));
				Session session = Session.builder().trustEnv(false).build()) {
			Class<?> calls = classes.loadClass("calls.CallsKt");
			Object name = calls.getMethod("name", Session.class, String.class)
				.invoke(null, session, server.url("/item"));
			assertThat(name).isEqualTo("tea");
			Object nobody = calls.getMethod("server", Response.class).invoke(null, Response.builder(200).build());
			assertThat(nobody).isEqualTo("nobody");
		}
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			a header that may be missing       | val s: String = response.headers().get("Server")
			a reason that may be missing       | val s: String = response.reason()
			a URL that is null                 | session.get(null)
			a call of what may be null         | response.headers().get("Server").length
			a null name of a parameter         | session.get("http://a/") { it.param(null, "1") }
			""")
	@DisplayName("Kotlin rejects")
	void nullIsRejectedByTheCompiler(String what, String statement) throws IOException {
		Path source = Files.writeString(this.folder.resolve("Wrong.kt"), """
				import io.github.requests4j.Session
				import io.github.requests4j.http.Response

				fun wrong(session: Session, response: Response) {
					%s
				}
				""".formatted(statement));
		assertThat(compile(source)).as(what).contains("Wrong.kt:5:").containsPattern("[Nn]ull|String\\?");
	}

	/** The errors and warnings of the compiler. */
	private String compile(Path source) {
		ByteArrayOutputStream said = new ByteArrayOutputStream();
		ExitCode code = new K2JVMCompiler().exec(new PrintStream(said, true, StandardCharsets.UTF_8), "-no-stdlib",
				"-no-reflect", "-Werror", "-jvm-target", "17", "-classpath", System.getProperty("java.class.path"),
				"-d", this.folder.toString(), source.toString());
		String complaints = said.toString(StandardCharsets.UTF_8);
		assertThat(code == ExitCode.OK).as(complaints).isEqualTo(complaints.isEmpty());
		return complaints;
	}

}
