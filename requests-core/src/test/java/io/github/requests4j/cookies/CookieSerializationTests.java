package io.github.requests4j.cookies;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.requests4j.cookies.CookieFixture.NOW;
import static io.github.requests4j.cookies.CookieFixture.jar;
import static io.github.requests4j.cookies.CookieFixture.sent;
import static io.github.requests4j.cookies.CookieFixture.take;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of the serial form of a jar.
 */
class CookieSerializationTests {

	private static byte[] write(Object object) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		return bytes.toByteArray();
	}

	private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			return in.readObject();
		}
	}

	@Test
	@DisplayName("a jar survives serialisation together with its policy")
	void cookiesAndPolicySurviveSerialisation() throws Exception {
		CookieJar jar = jar(CookiePolicy.builder()
			.accept(false)
			.publicSuffixes(false)
			.blockedDomains(List.of(".bad.example"))
			.allowedDomains(List.of("a.example", ".example.com"))
			.maxCookies(99)
			.maxHeaderOctets(77)
			.build());
		jar.setCookie(Cookie.builder("full", "v")
			.domain("example.com")
			.hostOnly(true)
			.path("/p")
			.secure(true)
			.httpOnly(false)
			.sameSite("Lax")
			.expires(NOW.plusSeconds(1))
			.rest(Map.of("Priority", "High"))
			.build());
		jar.setCookie(Cookie.create("bare", null));
		jar.setCookie(Cookie.create("bound", "b").bindTo("example.com"));

		CookieJar copy = (CookieJar) read(write(jar));

		assertThat(copy.cookies()).isEqualTo(jar.cookies());
		assertThat(copy.policy()).usingRecursiveComparison().isEqualTo(jar.policy());
		assertThat(sent(copy, "https://example.com/p")).isEqualTo("full=v; bare; bound=b");
		copy.set("more", "1");
		assertThat(jar.contains("more")).isFalse();
	}

	@Test
	@DisplayName("an empty jar and the default policy survive as well")
	void emptyJarSurvivesSerialisation() throws Exception {
		CookieJar copy = (CookieJar) read(write(new CookieJar()));
		assertThat(copy.isEmpty()).isTrue();
		assertThat(copy.policy()).usingRecursiveComparison().isEqualTo(CookiePolicy.defaults());
		assertThat(take(copy, "http://example.com/", "a=b")).hasSize(1);
	}

	@Test
	@DisplayName("threat 44: deserialised data is checked like any other input")
	void deserialisedDataIsChecked() throws Exception {
		CookieJar jar = jar();
		jar.set("name", "value", "example.com", "/path");
		byte[] bytes = write(jar);
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(replaced(bytes, "value", "va\r\ne")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(replaced(bytes, "/path", "xpath")));
		assertThatExceptionOfType(IOException.class)
			.isThrownBy(() -> read(replaced(bytes, "example.com", "example/com")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(replaced(bytes, "8190", "-190")));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> read(replaced(bytes, "8190", "many")));
		assertThat(((CookieJar) read(replaced(bytes, "value", "other"))).get("name")).isEqualTo("other");
	}

	@Test
	@DisplayName("threat 44: a stream cannot create a jar without its serial proxy")
	void jarCannotBeForgedInAStream() throws Exception {
		byte[] bytes = write(new CookieJar());
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		assertThat(text).contains("SerializedJar").doesNotContain("CookieTable").doesNotContain("ReentrantLock");
		// The head of a stream, an object of class CookieJar without fields, its end.
		ByteArrayOutputStream forged = new ByteArrayOutputStream();
		forged.writeBytes(new byte[] { (byte) 0xAC, (byte) 0xED, 0, 5, 0x73, 0x72, 0,
				(byte) CookieJar.class.getName().length() });
		forged.writeBytes(CookieJar.class.getName().getBytes(StandardCharsets.US_ASCII));
		forged.writeBytes(new byte[] { 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0x78, 0x70 });
		assertThatThrownBy(() -> read(forged.toByteArray())).isInstanceOf(InvalidClassException.class);
	}

	private static byte[] replaced(byte[] bytes, String from, String to) {
		assertThat(to).hasSameSizeAs(from);
		String text = new String(bytes, StandardCharsets.ISO_8859_1);
		assertThat(text).contains(from);
		return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
	}

}
