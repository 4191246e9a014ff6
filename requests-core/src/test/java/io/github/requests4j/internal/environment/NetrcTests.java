package io.github.requests4j.internal.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.auth.HttpBasicAuth;
import io.github.requests4j.http.Auth;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.testserver.LogCapture;

import static org.assertj.core.api.Assertions.assertThat;

class NetrcTests {

	@RegisterExtension
	private final LogCapture log = LogCapture.of(NetrcFile.class.getName(), Level.DEBUG);

	@TempDir
	Path home;

	private RequestsEnvironment environment(Map<String, String> variables) {
		return new RequestsEnvironment() {

			@Override
			public Map<String, String> variables() {
				return variables;
			}

			@Override
			public Path home() {
				return NetrcTests.this.home;
			}

		};
	}

	private @Nullable Auth find(String url) {
		return Netrc.find(ParsedUrl.split(url), environment(Map.of()), true);
	}

	private void write(String name, String text) throws IOException {
		Files.writeString(this.home.resolve(name), text);
	}

	private static Auth basic(String username, String password) {
		return new HttpBasicAuth(username, password);
	}

	@Test
	@DisplayName("133: the entry of the host is used, whatever port and user information the URL has")
	void entryOfTheHostIsUsed() throws IOException {
		write(".netrc", "machine example.com login u password p\nmachine other login x password y\n");
		assertThat(find("http://example.com/")).isEqualTo(basic("u", "p"));
		assertThat(find("https://a:b@example.com:8443/x?y#z")).isEqualTo(basic("u", "p"));
		assertThat(find("http://EXAMPLE.com/")).isEqualTo(basic("u", "p"));
		assertThat(find("http://www.example.com/")).isNull();
		assertThat(find("http://com/")).isNull();
		assertThat(find("http://example.com:@evil.example/")).isNull();
	}

	@Test
	@DisplayName("133: IPv6 hosts are written without brackets")
	void ipv6HostsAreWrittenWithoutBrackets() throws IOException {
		write(".netrc", "machine ::1 login u password p");
		assertThat(find("http://[::1]:80/")).isEqualTo(basic("u", "p"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://good:@evil/", "http://good@evil/", "http://good:good@evil/", "http://evil/good",
			"http://evil/?good", "http://evil#@good", "http://evil/\\@good", "http://evil:80/good:80",
			"http://good.evil/", "http://evil.good/" })
	@DisplayName("threat 7 (CVE-2024-47081): only the host that is dialled selects an entry, no other part of the URL")
	void entryOfAnotherHostIsNotUsed(String url) throws IOException {
		write(".netrc", "machine good login u password p\nmachine good: login u password p\n");
		assertThat(find(url)).isNull();
	}

	@Test
	@DisplayName("133: the default entry applies to all other hosts")
	void defaultEntryAppliesToAllOtherHosts() throws IOException {
		write(".netrc", "machine a login u password p\ndefault login d password q");
		assertThat(find("http://a/")).isEqualTo(basic("u", "p"));
		assertThat(find("http://b/")).isEqualTo(basic("d", "q"));
		assertThat(find("http://default/")).isEqualTo(basic("d", "q"));
	}

	@Test
	@DisplayName("threat 7: the default entry is not used after a redirect to another host")
	void defaultEntryIsNotUsedAfterARedirectToAnotherHost() throws IOException {
		write(".netrc", "machine a login u password p\ndefault login d password q");
		assertThat(Netrc.find(ParsedUrl.split("http://b/"), environment(Map.of()), false)).isNull();
		assertThat(Netrc.find(ParsedUrl.split("http://default/"), environment(Map.of()), false)).isNull();
		assertThat(Netrc.find(ParsedUrl.split("http://a/"), environment(Map.of()), false)).isEqualTo(basic("u", "p"));
	}

	@Test
	@DisplayName("133: the login falls back to the account, and an empty entry is ignored")
	void accountReplacesAMissingLogin() throws IOException {
		write(".netrc", "machine a account c password p machine b login \"\" password p machine c\n"
				+ "machine d login u machine e user u password p default login x password y");
		assertThat(find("http://a/")).isEqualTo(basic("c", "p"));
		assertThat(find("http://b/")).isEqualTo(basic("", "p"));
		assertThat(find("http://c/")).isNull();
		assertThat(find("http://d/")).isEqualTo(basic("u", ""));
		assertThat(find("http://e/")).isEqualTo(basic("u", "p"));
	}

	@Test
	@DisplayName("133: quotes, escapes, comments and macros are supported")
	void quotesEscapesCommentsAndMacrosAreSupported() throws IOException {
		write(".netrc", """
				# a comment with "quotes
				machine a # another machine x
				  login "us er" #third
				\tpassword "p\\"#\\\\"
				macdef init
				machine evil login e password e

				machine b login \\#u\\ x password #p
				machine b\tlogin last\tpassword one
				default login d password q # at the end""");
		assertThat(find("http://a/")).isEqualTo(basic("us er", "p\"#\\"));
		assertThat(find("http://b/")).isEqualTo(basic("last", "one"));
		assertThat(find("http://evil/")).isEqualTo(basic("d", "q"));
	}

	@Test
	@DisplayName("133: Windows line breaks are supported")
	void windowsLineBreaksAreSupported() throws IOException {
		write(".netrc", "machine a\r\nlogin u\r\npassword p\r\nmacdef m\r\nx\r\n\r\nmachine b login v password w\r\n");
		assertThat(find("http://a/")).isEqualTo(basic("u", "p"));
		assertThat(find("http://b/")).isEqualTo(basic("v", "w"));
	}

	@Test
	@DisplayName("133: ~/.netrc takes precedence over ~/_netrc")
	void dotNetrcTakesPrecedenceOverUnderscoreNetrc() throws IOException {
		write("_netrc", "machine a login second password p");
		assertThat(find("http://a/")).isEqualTo(basic("second", "p"));
		write(".netrc", "machine a login first password p");
		assertThat(find("http://a/")).isEqualTo(basic("first", "p"));
	}

	@Test
	@DisplayName("133: the NETRC variable replaces the default files")
	void netrcVariableReplacesTheDefaultFiles() throws IOException {
		write(".netrc", "machine a login home password p");
		write("mine", "machine a login mine password p");
		for (String name : new String[] { this.home.resolve("mine").toString(), "~/mine" }) {
			assertThat(Netrc.find(ParsedUrl.split("http://a/"), environment(Map.of("NETRC", name)), true))
				.isEqualTo(basic("mine", "p"));
		}
		for (String name : new String[] { this.home.resolve("missing").toString(), "" }) {
			assertThat(Netrc.find(ParsedUrl.split("http://a/"), environment(Map.of("NETRC", name)), true)).isNull();
		}
	}

	@Test
	@DisplayName("170: a changed file takes effect immediately")
	void changedFileIsReadAgain() throws IOException {
		write(".netrc", "machine a login u password p");
		assertThat(find("http://a/")).isEqualTo(basic("u", "p"));
		write(".netrc", "machine a login longer password p");
		assertThat(find("http://a/")).isEqualTo(basic("longer", "p"));
		write(".netrc", "machine a login larger password p");
		Files.setLastModifiedTime(this.home.resolve(".netrc"), FileTime.fromMillis(1_000_000));
		assertThat(find("http://a/")).isEqualTo(basic("larger", "p"));
		Files.delete(this.home.resolve(".netrc"));
		assertThat(find("http://a/")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "machine a login u password canary what", "canary", "machine", "machine a login u macdef",
			"machine a login u password p macdef m\ncanary", "machine a login u password p\ncanary" })
	@DisplayName("133: a malformed file is ignored, and the log shows nothing of its content")
	void malformedFileIsIgnoredWithoutShowingItsContent(String text) throws IOException {
		write(".netrc", text);
		assertThat(find("http://a/")).isNull();
		assertThat(this.log.events()).hasSize(1).allSatisfy((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.DEBUG);
			assertThat(event.getFormattedMessage()).contains(".netrc", "in line ").doesNotContain("canary");
			assertThat(event.getThrowableProxy()).isNull();
		});
	}

	@Test
	@DisplayName("133: a file that cannot be read is ignored")
	void unreadableFileIsIgnored() throws IOException {
		Files.createDirectory(this.home.resolve(".netrc"));
		assertThat(find("http://a/")).isNull();
		Files.delete(this.home.resolve(".netrc"));
		write(".netrc", "machine a login u password p");
		Files.setPosixFilePermissions(this.home.resolve(".netrc"), PosixFilePermissions.fromString("rw-rw-rw-"));
		assertThat(find("http://a/")).as("a file that others may read is used").isEqualTo(basic("u", "p"));
	}

	@Test
	@DisplayName("133: a file that is not UTF-8 is read as Latin-1")
	void fileThatIsNotUtf8IsReadAsLatin1() throws IOException {
		Files.write(this.home.resolve(".netrc"),
				"machine a login \u00fc password p".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
		assertThat(find("http://a/")).isEqualTo(basic("\u00fc", "p"));
	}

}
