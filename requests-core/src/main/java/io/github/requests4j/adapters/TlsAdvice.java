package io.github.requests4j.adapters;

import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLHandshakeException;

/**
 * Tells what to do about a failed handshake where the JVM's own words do not.
 */
final class TlsAdvice {

	private TlsAdvice() {
	}

	/** A remark to append to the message, or nothing. */
	static String on(IOException ex) {
		Throwable current = ex;
		for (int depth = 0; current != null && depth < 10; depth++) {
			if (current instanceof CertPathBuilderException || current instanceof SignatureException) {
				return ". No trusted authority signed the certificate: if it can be trusted, give the PEM file of"
						+ " its authority as verify";
			}
			if (current instanceof CertificateExpiredException) {
				return ". The certificate has expired: " + current.getMessage();
			}
			if (current instanceof CertificateNotYetValidException) {
				return ". The certificate is not valid yet: " + current.getMessage();
			}
			current = current.getCause();
		}
		String message = String.valueOf(ex.getMessage());
		if (message.contains("Unsupported or unrecognized SSL message")) {
			return ". The server does not speak TLS on this port: is the URL meant to begin with http?";
		}
		if (ex instanceof SSLHandshakeException && message.contains("certificate")
				&& message.startsWith("Received fatal alert")) {
			return ". The server does not accept the certificate of this client: see cert";
		}
		return "";
	}

}
