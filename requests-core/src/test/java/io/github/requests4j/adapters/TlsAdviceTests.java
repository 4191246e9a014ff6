package io.github.requests4j.adapters;

import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the remarks about failed handshakes.
 */
class TlsAdviceTests {

	private static IOException causedBy(Exception cause) {
		SSLHandshakeException failure = new SSLHandshakeException("it failed");
		failure.initCause(new IllegalStateException(cause));
		return failure;
	}

	@Test
	void untrustedCertificateLeadsToTheSettingOfThePeer() {
		IOException untrusted = causedBy(new CertPathBuilderException("no path"));
		assertThat(Failures.onTls(untrusted))
			.isEqualTo(". No trusted authority signed the certificate. If you trust the"
					+ " server, set verify to the PEM file of its authority.");
		assertThat(Failures.onTls(untrusted, true))
			.isEqualTo(". No trusted authority signed the certificate. If you trust"
					+ " the proxy, set proxyVerify to the PEM file of its authority.");
		assertThat(Failures.onTls(causedBy(new SignatureException("wrong key")))).contains("No trusted authority");
	}

	@Test
	void datesAreNamed() {
		assertThat(Failures.onTls(causedBy(new CertificateExpiredException("NotAfter: yesterday"))))
			.contains("has expired (NotAfter: yesterday)");
		assertThat(Failures.onTls(causedBy(new CertificateNotYetValidException("NotBefore: tomorrow"))))
			.contains("is not valid yet (NotBefore: tomorrow)");
	}

	@Test
	void portWithoutTlsIsNamed() {
		IOException plain = new SSLException("Unsupported or unrecognized SSL message");
		assertThat(Failures.onTls(plain)).contains("The server does not use TLS on this port");
		assertThat(Failures.onTls(plain, true)).contains("The proxy does not use TLS", "the URL of the proxy.");
	}

	@ParameterizedTest
	@CsvSource({ "certificate_required, requires a client certificate. Set cert",
			"unknown_ca, rejected the client certificate", "bad_certificate, rejected the client certificate",
			"certificate_unknown, rejected the client certificate", "unrecognized_name, does not serve this host name",
			"protocol_version, does not support the TLS versions", "handshake_failure, no cipher suite in common" })
	void alertsOfTheServerAreExplained(String alert, String advice) {
		assertThat(Failures.onTls(new SSLHandshakeException("Received fatal alert: " + alert))).contains(advice)
			.endsWith(".");
		assertThat(Failures.onTls(new SSLException("(" + alert + ") Received fatal alert: " + alert))).contains(advice);
	}

	@Test
	void clientCertificateIsNotSuggestedForAProxy() {
		assertThat(Failures.onTls(new SSLHandshakeException("Received fatal alert: certificate_required"), true))
			.contains("never sent to a proxy");
	}

	@Test
	void nothingIsSaidAboutOtherFailures() {
		assertThat(Failures.onTls(new SSLException("Received fatal alert: internal_error"))).isEmpty();
		assertThat(Failures.onTls(new SSLException((String) null))).isEmpty();
	}

}
