package io.github.requests4j;

import java.io.IOException;
import java.net.IDN;
import java.nio.file.Path;
import java.util.stream.Stream;

import okhttp3.tls.HeldCertificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.requests4j.http.SslException;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The names that a certificate is valid for. Each certificate is presented by an origin
 * and by a proxy that is reached over TLS. All are signed by a trusted authority.
 */
class CertificateNameTests {

	private static final TestCertificates CERTIFICATES = new TestCertificates();

	@TempDir
	static Path folder;

	private static Path authority;

	private Session session = Session.create();

	@BeforeAll
	static void writeAuthority() throws IOException {
		authority = CERTIFICATES.writeAuthority(folder);
	}

	@BeforeEach
	void open() {
		this.session.close();
		this.session = Loopback.session().verify(authority).build();
	}

	@AfterEach
	void close() {
		this.session.close();
	}

	private static HeldCertificate dns(String... names) {
		return CERTIFICATES.issueRaw(
				Stream.of(names).map((name) -> new GeneralName(GeneralName.dNSName, name)).toArray(GeneralName[]::new));
	}

	private static HeldCertificate other(int kind, String name) {
		return CERTIFICATES.issueRaw(new GeneralName(kind, name));
	}

	static Stream<Arguments> wrongNames() {
		return Stream.of(Arguments.of("another host", dns("example.com"), "example.org"),
				Arguments.of("the domain above", dns("example.com"), "www.example.com"),
				Arguments.of("a host below", dns("www.example.com"), "example.com"),
				Arguments.of("a longer name that begins alike", dns("example.com.evil.org"), "example.com"),
				Arguments.of("a longer name that ends alike", dns("example.com"), "notexample.com"),
				Arguments.of("two labels under a wildcard", dns("*.example.com"), "a.b.example.com"),
				Arguments.of("the domain of a wildcard", dns("*.example.com"), "example.com"),
				Arguments.of("a wildcard for a top-level domain", dns("*.com"), "example.com"),
				Arguments.of("a wildcard within a label", dns("w*.example.com"), "www.example.com"),
				Arguments.of("a wildcard that is not first", dns("www.*.com"), "www.example.com"),
				Arguments.of("an underscore elsewhere", dns("*.example.com"), "a_b.example.org"),
				Arguments.of("two wildcards", dns("*.*.com"), "www.example.com"),
				Arguments.of("nothing but a wildcard", dns("*"), "localhost"),
				Arguments.of("a wildcard for addresses", dns("*.0.0.1"), "127.0.0.1"),
				Arguments.of("another address", other(GeneralName.iPAddress, "127.0.0.2"), "127.0.0.1"),
				Arguments.of("an address as a DNS name", dns("127.0.0.1"), "127.0.0.1"),
				Arguments.of("a host instead of an address", dns("localhost"), "127.0.0.1"),
				Arguments.of("an address instead of a host", other(GeneralName.iPAddress, "127.0.0.1"), "localhost"),
				Arguments.of("another IPv6 address", other(GeneralName.iPAddress, "::2"), "[::1]"),
				Arguments.of("a common name only", CERTIFICATES.issueCommonNameOnly("example.com"), "example.com"),
				Arguments.of("an e-mail address only", other(GeneralName.rfc822Name, "example.com"), "example.com"),
				Arguments.of("a URI only", other(GeneralName.uniformResourceIdentifier, "https://example.com"),
						"example.com"),
				Arguments.of("a zero behind the name", dns("example.com\0.evil.org"), "example.com"),
				Arguments.of("an empty name", dns(""), "example.com"),
				Arguments.of("an IDN that reads alike", dns(IDN.toASCII("ex\u00e4mple.com")), "example.com"),
				Arguments.of("the IDN of 2003", dns("fass.de"), "fa\u00df.de"),
				Arguments.of("a name whose lower case is ASCII", dns("\u212aelvin.com"), "kelvin.com"));
	}

	@ParameterizedTest(name = "{0}: {2}")
	@MethodSource("wrongNames")
	@DisplayName("195, threat 13 (CVE-2021-0341): an origin with a certificate for another name is an SslException,"
			+ " and no byte of the request is sent")
	void wrongNameOfAnOriginIsRejected(String why, HeldCertificate certificate, String host) throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CERTIFICATES.serverContext(certificate),
				(request) -> Reply.ok("secret"))) {
			assertThatExceptionOfType(SslException.class).as(why)
				.isThrownBy(() -> this.session.post(server.url(host, "/"), (options) -> options.data("secret")))
				.satisfies((ex) -> assertThat(ex.request()).isNotNull());
			assertThat(server.requests()).isEmpty();
		}
	}

	@ParameterizedTest(name = "{0}: {2}")
	@MethodSource("wrongNames")
	@DisplayName("195, threat 13: a proxy with a certificate for another name is an SslException, and receives nothing")
	void wrongNameOfAProxyIsRejected(String why, HeldCertificate certificate, String host) throws IOException {
		try (HttpProxyServer proxy = HttpProxyServer.start(CERTIFICATES.serverContext(certificate))) {
			String url = proxy.url("me", "secret").replace("127.0.0.1", host);
			for (String target : new String[] { "http://origin.example/", "https://origin.example/" }) {
				assertThatExceptionOfType(SslException.class).as(why)
					.isThrownBy(() -> this.session.get(target, (options) -> options.proxy("all", url)))
					.withMessageContaining("the proxy https://")
					.withMessageNotContaining("secret");
			}
			assertThat(proxy.requests()).isEmpty();
		}
	}

	static Stream<Arguments> rightNames() {
		return Stream.of(Arguments.of("the host", dns("example.com"), "example.com"),
				Arguments.of("one of several", dns("a.example", "b.example"), "b.example"),
				Arguments.of("any case", dns("EXAMPLE.com"), "example.COM"),
				Arguments.of("a wildcard", dns("*.example.com"), "www.example.com"),
				Arguments.of("an IDN under a wildcard", dns("*.example.com"), "stra\u00dfe.example.com"),
				Arguments.of("an IDN", dns("xn--fa-hia.de"), "fa\u00df.de"),
				Arguments.of("a root dot", dns("example.com"), "example.com."),
				Arguments.of("a single label", dns("localhost"), "localhost"),
				Arguments.of("an underscore", dns("*.example.com"), "a_b.example.com"),
				Arguments.of("an address", other(GeneralName.iPAddress, "127.0.0.1"), "127.0.0.1"),
				Arguments.of("an IPv6 address", other(GeneralName.iPAddress, "::1"), "[0:0:0::1]"));
	}

	@ParameterizedTest(name = "{0}: {2}")
	@MethodSource("rightNames")
	@DisplayName("188, threat 13: names match in any case, with wildcards, as IDN, with a root dot, and as addresses")
	void matchingNameIsAccepted(String why, HeldCertificate certificate, String host) throws IOException {
		try (TestHttpServer server = TestHttpServer.start(CERTIFICATES.serverContext(certificate),
				(request) -> Reply.ok("secret"));
				TestHttpServer plain = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start(CERTIFICATES.serverContext(certificate))) {
			assertThat(this.session.get(server.url(host, "/")).text()).as(why).isEqualTo("secret");
			String url = proxy.url().replace("127.0.0.1", host);
			assertThat(this.session.get(plain.url("/"), (options) -> options.proxy("all", url)).statusCode())
				.isEqualTo(200);
		}
	}

}
