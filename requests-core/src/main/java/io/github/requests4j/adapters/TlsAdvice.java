package io.github.requests4j.adapters;

import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

/**
 * Says what to do about a failed handshake where the JVM's own message does not.
 */
final class TlsAdvice {

	private static final String ALERT = "Received fatal alert: ";

	private TlsAdvice() {
	}

	/**
	 * Returns a remark to append to the message about an origin, or an empty text.
	 */
	static String on(IOException ex) {
		return on(ex, false);
	}

	/**
	 * Returns a remark to append to the message, or an empty text.
	 * @param ex what ended the handshake
	 * @param proxy whether the peer is a proxy
	 */
	static String on(IOException ex, boolean proxy) {
		Throwable current = ex;
		for (int depth = 0; current != null && depth < 10; depth++) {
			if (current instanceof CertPathBuilderException || current instanceof SignatureException) {
				return ". No trusted authority signed the certificate. If you trust the " + (proxy ? "proxy" : "server")
						+ ", set " + (proxy ? "proxyVerify" : "verify") + " to the PEM file of its authority.";
			}
			if (current instanceof CertificateExpiredException) {
				return ". The certificate has expired (" + current.getMessage()
						+ "). Check the clock of this machine, or have the certificate renewed.";
			}
			if (current instanceof CertificateNotYetValidException) {
				return ". The certificate is not valid yet (" + current.getMessage()
						+ "). Check the clock of this machine.";
			}
			current = current.getCause();
		}
		String message = String.valueOf(ex.getMessage());
		if (message.contains("Unsupported or unrecognized SSL message")) {
			return ". The " + (proxy ? "proxy" : "server") + " does not use TLS on this port. Check the port, or write"
					+ " http instead of https in the URL" + (proxy ? " of the proxy." : ".");
		}
		int alert = message.indexOf(ALERT);
		return (alert < 0) ? "" : onAlert(message.substring(alert + ALERT.length()), proxy);
	}

	/**
	 * The names are those of RFC 8446, section 6.2. A client certificate is offered
	 * whenever there is one, so that these alerts are about what the server received. An
	 * alert about a proxy's wish for one has no remedy: it is not supported.
	 */
	private static String onAlert(String alert, boolean proxy) {
		return switch (alert) {
			case "certificate_required" -> proxy
					? ". The proxy requires a client certificate. The one in cert is for the origin and is never sent"
							+ " to a proxy."
					: ". The server requires a client certificate. Set cert to the PEM file of one.";
			case "bad_certificate", "unsupported_certificate", "certificate_revoked", "certificate_expired",
					"certificate_unknown", "unknown_ca", "access_denied" ->
				". The server rejected the client certificate, or requires one. Check that cert is set, that the"
						+ " certificate is valid, and that its file also has the intermediate certificates.";
			case "unrecognized_name" -> ". The server does not serve this host name. Check the host in the URL.";
			case "protocol_version" ->
				". The server does not support the TLS versions that this client allows. Check the protocols of the TLS"
						+ " material and of the JVM.";
			case "handshake_failure" ->
				". The server and this client have no cipher suite in common, or the server requires a client"
						+ " certificate. Check cert, and the protocols and ciphers on both sides.";
			default -> "";
		};
	}

}
