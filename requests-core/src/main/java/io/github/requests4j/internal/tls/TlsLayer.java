package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;

import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.internal.wire.WireSocket;

/**
 * Adds TLS to a connected socket and verifies the peer before anything is sent to it.
 */
public final class TlsLayer {

	private static final int SAN_DNS = 2;

	private static final int SAN_ADDRESS = 7;

	private TlsLayer() {
	}

	/**
	 * Performs the handshake over a connected socket and verifies the peer.
	 * @param base the socket, which may be a TLS socket itself
	 * @param host the host that the certificate must be for
	 * @param port the port, for messages
	 * @param setup the TLS settings
	 * @return the encrypted socket
	 */
	public static SSLSocket wrap(Socket base, String host, int port, TlsSetup setup) throws IOException {
		String name = withoutZoneAndDot(host);
		SSLSocket socket = (SSLSocket) setup.context()
			.getSocketFactory()
			.createSocket(filtered(base), name, port, true);
		SSLParameters parameters = socket.getSSLParameters();
		List<SNIServerName> sentNames = setup.hasRejected(name, port) ? List.of() : serverNames(name);
		parameters.setServerNames(sentNames);
		// The JVM's check fails for host names with underscores; checkName is equivalent.
		if (setup.verifying() && name.indexOf('_') < 0) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		configure(parameters, setup);
		apply(parameters, socket);
		handshake(socket, sentNames, () -> setup.addRejected(name, port));
		if (setup.verifying()) {
			checkName(name, socket.getSession().getPeerCertificates());
		}
		return socket;
	}

	/**
	 * Performs the handshake. A JSSE server rejects unusual names with this alert before
	 * it sends anything else. Without a name, it would accept the handshake.
	 */
	private static void handshake(SSLSocket socket, List<SNIServerName> sentNames, Runnable onRejected)
			throws IOException {
		try {
			socket.startHandshake();
		}
		catch (SSLException ex) {
			boolean unusual = !sentNames.isEmpty() && sentNames.get(0) instanceof UncheckedName;
			if (unusual && String.valueOf(ex.getMessage()).endsWith("Received fatal alert: illegal_parameter")) {
				onRejected.run();
				throw new NameRejectedException(ex);
			}
			throw ex;
		}
	}

	private static Socket filtered(Socket base) throws IOException {
		if (base instanceof WireSocket wire) {
			wire.filterInput((raw) -> new TlsRecordInput(raw, true));
			return wire;
		}
		// Between two TLS layers, nothing is read ahead, because the check for unread
		// bytes matches only the lowest and the highest layer.
		return new LayeredSocket(base, new TlsRecordInput(base.getInputStream(), false));
	}

	/**
	 * Returns the server name to send (RFC 6066, section 3), which is never an address.
	 * By default, JSSE sends none for names without a dot, as in container networks, and
	 * for names with an underscore.
	 */
	private static List<SNIServerName> serverNames(String name) {
		if (IpAddress.isLiteral(name)) {
			return List.of();
		}
		byte[] encoded = name.getBytes(StandardCharsets.US_ASCII);
		try {
			return List.of(new SNIHostName(encoded));
		}
		catch (IllegalArgumentException ex) {
			return List.of(new UncheckedName(encoded));
		}
	}

	private static void configure(SSLParameters parameters, TlsSetup setup) {
		if (!setup.protocols().isEmpty()) {
			parameters.setProtocols(setup.protocols().toArray(new String[0]));
		}
		if (!setup.ciphers().isEmpty()) {
			parameters.setCipherSuites(setup.ciphers().toArray(new String[0]));
		}
	}

	private static void apply(SSLParameters parameters, SSLSocket socket) throws SSLException {
		try {
			socket.setSSLParameters(parameters);
		}
		catch (IllegalArgumentException ex) {
			throw new SSLException(
					"the JVM does not support the protocols or ciphers of the TLS material: " + ex.getMessage(), ex);
		}
	}

	/**
	 * Removes the trailing dot and the zone of an address, which certificates never
	 * contain.
	 */
	private static String withoutZoneAndDot(String host) {
		int zone = host.indexOf('%');
		String name = (zone > 0) ? host.substring(0, zone) : host;
		return (name.endsWith(".") && name.length() > 1) ? name.substring(0, name.length() - 1) : name;
	}

	/**
	 * Verifies the host name again. The JVM falls back to the common name if there is no
	 * subject alternative name, and custom trust managers may not verify names at all
	 * (CVE-2021-0341).
	 */
	private static void checkName(String host, Certificate[] chain) throws IOException {
		if (!(chain[0] instanceof X509Certificate certificate)) {
			throw new SSLPeerUnverifiedException("the peer sent no X.509 certificate");
		}
		boolean address = IpAddress.isLiteral(host);
		List<String> names = names(certificate, address ? SAN_ADDRESS : SAN_DNS);
		if (names.isEmpty()) {
			throw new SSLPeerUnverifiedException(
					"the certificate has no subject alternative name for '" + host + "'; its common name is ignored");
		}
		if (names.stream().noneMatch((name) -> address ? isSameAddress(name, host) : matches(name, host))) {
			throw new SSLPeerUnverifiedException("the certificate is for " + names + ", not for '" + host + "'");
		}
	}

	private static boolean isSameAddress(String name, String host) {
		InetAddress certified = IpAddress.parse(name);
		return certified != null && certified.equals(IpAddress.parse(host));
	}

	/**
	 * Matches a name as in RFC 9525, section 6.3, which is stricter than the JVM. A
	 * wildcard must be the whole first label and matches one label. As in OpenSSL, at
	 * least two labels must follow, so that no wildcard matches a top-level domain.
	 */
	private static boolean matches(String name, String host) {
		if (!name.startsWith("*.")) {
			return name.equalsIgnoreCase(host);
		}
		int dot = host.indexOf('.');
		return dot > 0 && name.indexOf('.', 2) > 0 && name.substring(1).equalsIgnoreCase(host.substring(dot));
	}

	private static List<String> names(X509Certificate certificate, int type) throws SSLPeerUnverifiedException {
		try {
			Collection<List<?>> names = certificate.getSubjectAlternativeNames();
			return (names == null) ? List.of()
					: names.stream()
						.filter((name) -> Integer.valueOf(type).equals(name.get(0)))
						.map((name) -> String.valueOf(name.get(1)))
						.filter(TlsLayer::isPrintable)
						.toList();
		}
		catch (CertificateParsingException ex) {
			throw new SSLPeerUnverifiedException("the certificate cannot be read: " + ex.getMessage());
		}
	}

	/**
	 * Rejects NUL characters, which were used to hide the end of a name, and non-ASCII
	 * letters, whose lower case may be ASCII (CVE-2021-0341). Real names contain neither.
	 */
	private static boolean isPrintable(String name) {
		return name.chars().allMatch((c) -> HeaderRules.isVisible((char) c));
	}

	/**
	 * Returns whether the server rejected the server name in the handshake. The setup
	 * remembers this, so that the next handshake does not send the name.
	 */
	public static boolean isNameRejected(IOException ex) {
		return ex instanceof NameRejectedException;
	}

	/** Thrown if the server rejected the server name in the handshake. */
	private static final class NameRejectedException extends SSLException {

		private static final long serialVersionUID = 1L;

		NameRejectedException(SSLException cause) {
			super(cause.getMessage(), cause);
		}

	}

	/**
	 * A server name that {@link SNIHostName} rejects, such as one with an underscore. As
	 * a client, JSSE sends it anyway.
	 */
	private static final class UncheckedName extends SNIServerName {

		UncheckedName(byte[] encoded) {
			super(StandardConstants.SNI_HOST_NAME, encoded);
		}

	}

}
