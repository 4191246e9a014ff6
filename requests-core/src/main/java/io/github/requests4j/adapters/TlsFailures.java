package io.github.requests4j.adapters;

import java.io.EOFException;
import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;

import javax.net.ssl.SSLPeerUnverifiedException;

import org.jspecify.annotations.Nullable;

/** The texts of messages about failed TLS handshakes. */
final class TlsFailures {

	/** From JDK 25 on, messages begin with the alert that this side sends. */
	private static final Pattern ALERT_PREFIX = Pattern.compile("^\\([a-z_]+\\) ");

	private static final String ALERT = "Received fatal alert: ";

	private TlsFailures() {
	}

	/**
	 * Returns what went wrong in a TLS handshake.
	 * @param ex what ended the handshake
	 * @param peer the server or proxy as messages name it
	 */
	static String problem(IOException ex, String peer) {
		if (isUntrusted(ex)) {
			return "no trusted authority signed the certificate of " + peer;
		}
		CertificateExpiredException expired = Failures.find(ex, CertificateExpiredException.class);
		if (expired != null) {
			return "the certificate of " + peer + " has expired (" + expired.getMessage() + ")";
		}
		CertificateNotYetValidException early = Failures.find(ex, CertificateNotYetValidException.class);
		if (early != null) {
			return "the certificate of " + peer + " is not valid yet (" + early.getMessage() + ")";
		}
		if (isPlainText(ex)) {
			return peer + " does not use TLS on this port";
		}
		String alert = alert(ex);
		return "the TLS handshake with " + peer + " failed: " + ((alert != null) ? peer + " sent the alert " + alert
				: ALERT_PREFIX.matcher(Failures.reason(ex)).replaceFirst(""));
	}

	/**
	 * Returns what to do about a failed TLS handshake, or an empty text.
	 * @param ex what ended the handshake
	 * @param proxy whether the peer is a proxy
	 */
	static String advice(IOException ex, boolean proxy) {
		String peer = proxy ? "proxy" : "server";
		if (isUntrusted(ex)) {
			return "If you trust the " + peer + ", set " + (proxy ? "proxyVerify" : "verify")
					+ " to the PEM file of its authority.";
		}
		if (Failures.find(ex, CertificateExpiredException.class) != null) {
			return "Renew the certificate, or correct the clock of this machine.";
		}
		if (Failures.find(ex, CertificateNotYetValidException.class) != null) {
			return "Correct the clock of this machine.";
		}
		if (isPlainText(ex)) {
			return "Check the port, or use http instead of https in the URL" + (proxy ? " of the proxy." : ".");
		}
		if (isForOtherName(ex)) {
			return "Check the host in the URL" + (proxy ? " of the proxy" : "") + "; the certificate must name it.";
		}
		if (Failures.find(ex, EOFException.class) != null) {
			return "Check that the " + peer + " uses TLS on this port, and see its log.";
		}
		String alert = alert(ex);
		return (alert != null) ? alertAdvice(alert, proxy) : "";
	}

	private static boolean isUntrusted(IOException ex) {
		return Failures.find(ex, CertPathBuilderException.class) != null
				|| Failures.find(ex, SignatureException.class) != null;
	}

	private static boolean isPlainText(IOException ex) {
		return String.valueOf(ex.getMessage()).contains("Unsupported or unrecognized SSL message");
	}

	/** Custom trust managers are verified by ours, all others by the JVM's own check. */
	private static boolean isForOtherName(IOException ex) {
		String message = String.valueOf(ex.getMessage());
		return Failures.find(ex, SSLPeerUnverifiedException.class) != null || message.contains("No subject alternative")
				|| message.contains("No name matching");
	}

	/** Returns the name of the alert that the peer sent, or null. */
	private static @Nullable String alert(IOException ex) {
		String message = String.valueOf(ex.getMessage());
		int alert = message.indexOf(ALERT);
		return (alert >= 0) ? message.substring(alert + ALERT.length()) : null;
	}

	/**
	 * Returns what to do about an alert (RFC 8446, section 6.2). A configured client
	 * certificate is always sent if the server requests one, so these alerts are about
	 * the certificate that the server received. Client certificates for proxies are not
	 * supported.
	 */
	private static String alertAdvice(String alert, boolean proxy) {
		return switch (alert) {
			case "certificate_required" -> proxy
					? "The proxy requires a client certificate, which is not supported: cert is for the server and is"
							+ " never sent to a proxy."
					: "The server requires a client certificate. Set cert to its PEM file.";
			case "bad_certificate", "unsupported_certificate", "certificate_revoked", "certificate_expired",
					"certificate_unknown", "unknown_ca", "access_denied" ->
				"The server rejected the client certificate, or requires one. Check that cert is set, that the"
						+ " certificate is valid, and that its file contains the intermediate" + " certificates.";
			case "unrecognized_name" -> "The server does not serve this host name. Check the host in the URL.";
			case "protocol_version" ->
				"The server does not support the TLS versions that this client allows. Check the protocols of the TLS"
						+ " material and of the JVM.";
			case "handshake_failure" ->
				"The server and this client have no cipher suite in common, or the server requires a client"
						+ " certificate. Check cert, and the protocols and ciphers on both sides.";
			default -> "";
		};
	}

}
