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
 * Tests of the advice about failed handshakes.
 */
class TlsAdviceTests {

	private static IOException causedBy(Exception cause) {
		SSLHandshakeException failure = new SSLHandshakeException("it failed");
		failure.initCause(new IllegalStateException(cause));
		return failure;
	}

	@Test
	void adviceNamesTheSettingOfThePeer() {
		IOException untrusted = causedBy(new CertPathBuilderException("no path"));
		assertThat(TlsFailures.problem(untrusted, "the server"))
			.isEqualTo("no trusted authority signed the certificate of the server");
		assertThat(TlsFailures.advice(untrusted, false))
			.isEqualTo("If you trust the server, set verify to the PEM file of its authority.");
		assertThat(TlsFailures.advice(untrusted, true))
			.isEqualTo("If you trust the proxy, set proxyVerify to the PEM file of its authority.");
		IOException forged = causedBy(new SignatureException("wrong key"));
		assertThat(TlsFailures.problem(forged, "the server")).contains("no trusted authority");
	}

	@Test
	void adviceNamesTheValidityDates() {
		assertThat(TlsFailures.problem(causedBy(new CertificateExpiredException("NotAfter: yesterday")), "the server"))
			.contains("has expired (NotAfter: yesterday)");
		assertThat(
				TlsFailures.problem(causedBy(new CertificateNotYetValidException("NotBefore: tomorrow")), "the server"))
			.contains("is not valid yet (NotBefore: tomorrow)");
	}

	@Test
	void portWithoutTlsIsReported() {
		IOException plain = new SSLException("Unsupported or unrecognized SSL message");
		assertThat(TlsFailures.problem(plain, "the server")).isEqualTo("the server does not use TLS on this port");
		assertThat(TlsFailures.advice(plain, false))
			.isEqualTo("Check the port, or use http instead of https in the URL.");
		assertThat(TlsFailures.advice(plain, true)).endsWith(" in the URL of the proxy.");
	}

	@ParameterizedTest
	@CsvSource({ "certificate_required, requires a client certificate. Set cert",
			"unknown_ca, rejected the client certificate", "bad_certificate, rejected the client certificate",
			"certificate_unknown, rejected the client certificate", "unrecognized_name, does not serve this host name",
			"protocol_version, does not support the TLS versions", "handshake_failure, no cipher suite in common" })
	void alertsOfTheServerAreExplained(String alert, String advice) {
		IOException failure = new SSLHandshakeException("Received fatal alert: " + alert);
		assertThat(TlsFailures.problem(failure, "the server"))
			.isEqualTo("the TLS handshake with the server failed: the server sent the alert " + alert);
		assertThat(TlsFailures.advice(failure, false)).contains(advice).endsWith(".");
		assertThat(TlsFailures.advice(new SSLException("(" + alert + ") Received fatal alert: " + alert), false))
			.contains(advice);
	}

	@Test
	void clientCertificateIsNotSuggestedForAProxy() {
		assertThat(TlsFailures.advice(new SSLHandshakeException("Received fatal alert: certificate_required"), true))
			.contains("never sent to a proxy");
	}

	@Test
	void otherFailuresHaveNoAdvice() {
		assertThat(TlsFailures.advice(new SSLException("Received fatal alert: internal_error"), false)).isEmpty();
		assertThat(TlsFailures.advice(new SSLException((String) null), false)).isEmpty();
	}

}
