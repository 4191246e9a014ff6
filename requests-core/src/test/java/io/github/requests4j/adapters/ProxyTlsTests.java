package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.SslException;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;
import io.github.requests4j.testserver.HttpProxyServer;
import io.github.requests4j.testserver.RawServer;
import io.github.requests4j.testserver.Reply;
import io.github.requests4j.testserver.TestCertificates;
import io.github.requests4j.testserver.TestHttpServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How a proxy that is reached over TLS is verified, and what it never receives. Origin
 * and proxy have certificates of different authorities unless a test says otherwise.
 */
class ProxyTlsTests {

	private static final TestCertificates OTHERS = new TestCertificates();

	@TempDir
	static Path folder;

	@RegisterExtension
	static final TlsSetting setting = new TlsSetting();

	private static Path otherAuthority() throws IOException {
		return OTHERS.writeAuthority(folder);
	}

	private static HttpAdapter.Builder adapter() {
		return HttpAdapter.builder().hostResolver((host) -> List.of(InetAddress.getByName("127.0.0.1")));
	}

	private static TestHttpServer secureOrigin() throws IOException {
		return TestHttpServer.start(setting.certificates().localhostContext(), (request) -> Reply.ok("origin"));
	}

	private static SendOptions options(Verify verify, @Nullable ClientCert cert, String proxy) {
		return SendOptions.of((o) -> o.verify(verify).cert(cert).proxies(Proxies.of(Map.of("all", proxy))));
	}

	private static SendOptions trusting(String proxy) {
		return options(Verify.authorities(setting.authority()), null, proxy);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void proxyIsVerifiedEvenIfTheOriginIsNot(boolean secure) throws IOException {
		try (TestHttpServer origin = secure ? secureOrigin() : TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start(OTHERS.localhostContext(), "me", "secret");
				HttpAdapter adapter = adapter().build()) {
			SendOptions unverified = options(Verify.disabled(), null, proxy.url("me", "secret"));
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(origin.url("localhost", "/")), unverified))
				.withMessageContaining(" of the proxy https://");
			assertThat(proxy.requests()).isEmpty();
			assertThat(origin.connectionCount()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void caFileAlsoAppliesToTheProxyByDefault(boolean secure) throws IOException {
		try (TestHttpServer origin = secure ? secureOrigin() : TestHttpServer.echo();
				HttpProxyServer same = HttpProxyServer.start(setting.certificates().localhostContext());
				HttpProxyServer other = HttpProxyServer.start(OTHERS.localhostContext());
				HttpAdapter adapter = adapter().build()) {
			String url = origin.url("localhost", "/");
			assertThat(Calls.text(adapter, Calls.get(url), trusting(same.url()))).isNotEmpty();
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(url), trusting(other.url())));
			assertThat(other.requests()).isEmpty();
		}
	}

	@Test
	void proxyMayHaveItsOwnAuthorities() throws IOException {
		try (TestHttpServer origin = secureOrigin();
				HttpProxyServer proxy = HttpProxyServer.start(OTHERS.localhostContext());
				HttpProxyServer stranger = HttpProxyServer.start(setting.certificates().localhostContext());
				HttpAdapter adapter = adapter().proxyVerify(otherAuthority()).build();
				HttpAdapter same = adapter().proxyVerify(Verify.authorities(otherAuthority())).build()) {
			String url = origin.url("localhost", "/");
			assertThat(Calls.text(adapter, Calls.get(url), trusting(proxy.url()))).isEqualTo("origin");
			assertThat(Calls.text(same, Calls.get(url), options(Verify.disabled(), null, proxy.url())))
				.isEqualTo("origin");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(url), trusting(stranger.url())));
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(url), options(Verify.enabled(), null, proxy.url())))
				.withMessageNotContaining(" of the proxy");
		}
	}

	@Test
	void verificationCanBeDisabledForTheProxyOnly() throws IOException {
		try (TestHttpServer origin = secureOrigin();
				HttpProxyServer proxy = HttpProxyServer.start(OTHERS.serverContext(OTHERS.issue("elsewhere.example")));
				HttpAdapter adapter = adapter().proxyVerify(false).build()) {
			String url = origin.url("localhost", "/");
			assertThat(Calls.text(adapter, Calls.get(url), trusting(proxy.url()))).isEqualTo("origin");
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(url), options(Verify.enabled(), null, proxy.url())))
				.withMessageNotContaining(" of the proxy");
		}
	}

	@Test
	void trueSelectsTheTrustStoreOfTheJvm() throws IOException {
		try (TestHttpServer origin = secureOrigin();
				HttpProxyServer proxy = HttpProxyServer.start(setting.certificates().localhostContext());
				HttpAdapter adapter = adapter().proxyVerify(true).build()) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(origin.url("localhost", "/")), trusting(proxy.url())))
				.withMessageContaining(" of the proxy");
			assertThat(proxy.requests()).isEmpty();
		}
	}

	@Test
	void missingFileIsReportedBeforeConnecting() {
		Path missing = folder.resolve("missing.pem");
		try (HttpAdapter adapter = adapter().proxyVerify(missing).build()) {
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(
						() -> adapter.send(Calls.get("http://origin.example/"), trusting("https://proxy.example:1")))
				.withMessageContaining(missing.toString());
		}
	}

	/**
	 * A proxy that demands a certificate receives none, so its handshake fails. If one
	 * were offered, it would be recorded.
	 */
	private static SSLContext demanding(HeldCertificate own, List<X509Certificate> offered) throws Exception {
		KeyManager keys = new HandshakeCertificates.Builder().heldCertificate(own).build().keyManager();
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(new KeyManager[] { keys }, new TrustManager[] { new Recorder(offered) }, null);
		return context;
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void clientCertificateIsNotOfferedToTheProxy(boolean secure) throws Exception {
		List<X509Certificate> offered = Collections.synchronizedList(new ArrayList<>());
		HeldCertificate own = setting.certificates().issue("localhost", "127.0.0.1");
		HeldCertificate client = setting.certificates().issue("client");
		ClientCert cert = ClientCert
			.of(TestCertificates.writeBoth(folder.resolve("client-" + secure + ".pem"), client));
		SSLContext withKey = setting.certificates().serverContext(client);
		try (TestHttpServer origin = secure ? secureOrigin() : TestHttpServer.echo();
				RawServer proxy = RawServer.start(demanding(own, offered), true, (proxied) -> proxied.readRequest());
				HttpAdapter files = adapter().build();
				HttpAdapter material = adapter()
					.tlsMaterial(() -> TlsMaterial.of(withKey).withProxyContext(setting.certificates().clientContext()))
					.build();
				HttpAdapter opaque = adapter().tlsMaterial(() -> TlsMaterial.of(withKey)).build()) {
			String url = origin.url("localhost", "/");
			Verify authority = Verify.authorities(setting.authority());
			assertFails(files, url, options(authority, cert, proxy.url("")));
			assertFails(material, url, options(Verify.enabled(), null, proxy.url("")));
			assertFails(opaque, url, options(Verify.enabled(), null, proxy.url("")));
			assertThat(proxy.connectionCount()).isEqualTo(3);
			assertThat(proxy.requests()).isEmpty();
			assertThat(offered).isEmpty();
		}
	}

	private static void assertFails(HttpAdapter adapter, String url, SendOptions options) {
		assertThatExceptionOfType(ConnectionException.class).isThrownBy(() -> adapter.send(Calls.get(url), options));
	}

	@Test
	void clientCertificateIsOfferedToTheOriginBehindTheProxy() throws IOException {
		HeldCertificate client = setting.certificates().issue("client");
		ClientCert cert = ClientCert.of(TestCertificates.writeBoth(folder.resolve("behind.pem"), client));
		try (TestHttpServer origin = TestHttpServer
			.startWithClientCertificate(setting.certificates().localhostContext(), (request) -> Reply.ok("known"));
				HttpProxyServer proxy = HttpProxyServer.start(setting.certificates().localhostContext());
				HttpAdapter adapter = adapter().build()) {
			SendOptions options = options(Verify.authorities(setting.authority()), cert, proxy.url());
			assertThat(Calls.text(adapter, Calls.get(origin.url("localhost", "/")), options)).isEqualTo("known");
		}
	}

	@Test
	void proxiedConnectionIsNotSharedBetweenCaFiles() throws IOException {
		try (TestHttpServer origin = TestHttpServer.echo();
				HttpProxyServer proxy = HttpProxyServer.start(setting.certificates().localhostContext());
				HttpAdapter adapter = adapter().build()) {
			String url = origin.url("localhost", "/");
			assertThat(adapter.send(Calls.get(url), trusting(proxy.url())).statusCode()).isEqualTo(200);
			SendOptions distrusting = options(Verify.authorities(otherAuthority()), null, proxy.url());
			assertThatExceptionOfType(SslException.class).isThrownBy(() -> adapter.send(Calls.get(url), distrusting));
			assertThatExceptionOfType(SslException.class)
				.isThrownBy(() -> adapter.send(Calls.get(url), options(Verify.enabled(), null, proxy.url())));
		}
	}

	private static final class Recorder extends X509ExtendedTrustManager {

		private final List<X509Certificate> offered;

		Recorder(List<X509Certificate> offered) {
			this.offered = offered;
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
			this.offered.addAll(Arrays.asList(chain));
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
			this.offered.addAll(Arrays.asList(chain));
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
			this.offered.addAll(Arrays.asList(chain));
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
