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
 * Puts TLS over a connected socket and verifies the peer before anything is sent to it.
 */
public final class TlsLayer {

	private static final int SAN_DNS = 2;

	private static final int SAN_ADDRESS = 7;

	private TlsLayer() {
	}

	/**
	 * Does the handshake over a connected socket, and verifies the peer.
	 * @param base the socket, which may be one of TLS itself
	 * @param host the host that the certificate must be for
	 * @param port the port, for messages
	 * @param setup how to speak TLS
	 * @return the encrypted socket
	 */
	public static SSLSocket wrap(Socket base, String host, int port, TlsSetup setup) throws IOException {
		String name = withoutZoneAndDot(host);
		SSLSocket socket = (SSLSocket) setup.context()
			.getSocketFactory()
			.createSocket(filtered(base), name, port, true);
		SSLParameters parameters = socket.getSSLParameters();
		List<SNIServerName> asked = setup.hasRejected(name, port) ? List.of() : serverNames(name);
		parameters.setServerNames(asked);
		// The JVM's own check fails for the underscores that some hosts have; checkName
		// does all that it does.
		if (setup.verifying() && name.indexOf('_') < 0) {
			parameters.setEndpointIdentificationAlgorithm("HTTPS");
		}
		limit(parameters, setup);
		apply(parameters, socket);
		handshake(socket, asked, () -> setup.addRejected(name, port));
		if (setup.verifying()) {
			checkName(name, socket.getSession().getPeerCertificates());
		}
		return socket;
	}

	/**
	 * Does the handshake. A JSSE server rejects unusual names with this alert, before it
	 * has sent anything else; without a name it would go on.
	 */
	private static void handshake(SSLSocket socket, List<SNIServerName> asked, Runnable onRejected) throws IOException {
		try {
			socket.startHandshake();
		}
		catch (SSLException ex) {
			boolean unusual = !asked.isEmpty() && asked.get(0) instanceof UncheckedName;
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
		// Between two layers of TLS nothing is read ahead: the check for stray bytes
		// looks at the lowest layer and at the highest.
		return new LayeredSocket(base, new TlsRecordInput(base.getInputStream(), false));
	}

	/**
	 * The name that the server is asked for (RFC 6066, section 3), never an address. JSSE
	 * by itself sends none for names without a dot, which containers have, or with an
	 * underscore.
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

	private static void limit(SSLParameters parameters, TlsSetup setup) {
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
	 * A certificate never names the root dot, nor the interface that an address is
	 * reached by.
	 */
	private static String withoutZoneAndDot(String host) {
		int zone = host.indexOf('%');
		String name = (zone > 0) ? host.substring(0, zone) : host;
		return (name.endsWith(".") && name.length() > 1) ? name.substring(0, name.length() - 1) : name;
	}

	/**
	 * Verifies the host name once more: the JVM still falls back to the common name where
	 * there is no alternative name, and custom trust managers need not verify names at
	 * all (CVE-2021-0341).
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
		if (names.stream().noneMatch((name) -> address ? isSameAddress(name, host) : covers(name, host))) {
			throw new SSLPeerUnverifiedException("the certificate is for " + names + ", not for '" + host + "'");
		}
	}

	private static boolean isSameAddress(String name, String host) {
		InetAddress certified = IpAddress.parse(name);
		return certified != null && certified.equals(IpAddress.parse(host));
	}

	/**
	 * RFC 9525, section 6.3, more strictly than the JVM does: a wildcard is the whole
	 * first label and stands for one label, and there are two more labels behind it, as
	 * OpenSSL wants it, so that none covers a whole top-level domain.
	 */
	private static boolean covers(String name, String host) {
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
	 * A zero in a name once hid its end, and letters beyond ASCII have others as their
	 * lower case (CVE-2021-0341): no real name has either.
	 */
	private static boolean isPrintable(String name) {
		return name.chars().allMatch((c) -> HeaderRules.isVisible((char) c));
	}

	/**
	 * Whether a handshake failed over the name that the server was asked for. The setup
	 * remembers that, so that the next handshake goes without the name.
	 */
	public static boolean isNameRejected(IOException ex) {
		return ex instanceof NameRejectedException;
	}

	/** The server ended the handshake over the name that it was asked for. */
	private static final class NameRejectedException extends SSLException {

		private static final long serialVersionUID = 1L;

		NameRejectedException(SSLException cause) {
			super(cause.getMessage(), cause);
		}

	}

	/**
	 * A name that the JDK's class for host names rejects, such as one with an underscore.
	 * As a client, JSSE sends it all the same.
	 */
	private static final class UncheckedName extends SNIServerName {

		UncheckedName(byte[] encoded) {
			super(StandardConstants.SNI_HOST_NAME, encoded);
		}

	}

}
