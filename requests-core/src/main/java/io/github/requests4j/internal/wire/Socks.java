package io.github.requests4j.internal.wire;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.InvalidProxyUrlException;
import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.internal.url.IpAddress;

/**
 * Requests a connection from a SOCKS proxy: versions 4 and 4a, and version 5 (RFC 1928)
 * with user name and password (RFC 1929). The SOCKS support of the JVM is not used,
 * because it always lets the proxy resolve names (no difference between socks5 and
 * socks5h) and takes credentials only from global state. For one connection.
 */
public final class Socks {

	private static final int CONNECT = 1;

	private static final int MAX_TEXT_BYTES = 255;

	private final ProxyUrl proxy;

	private final byte[] user;

	private final byte[] password;

	private final String host;

	private final byte[] name;

	private final int port;

	/**
	 * Checks the request, so that nothing is connected if SOCKS does not support it.
	 * @throws InvalidProxyUrlException if the credentials of the proxy are too long or
	 * invalid
	 * @throws InvalidUrlException if the host name is too long or invalid
	 */
	public Socks(ProxyUrl proxy, String host, int port) {
		BasicCredentials credentials = proxy.credentials();
		this.proxy = proxy;
		this.user = text((credentials != null) ? credentials.username() : "");
		this.password = text((credentials != null) ? credentials.password() : "");
		this.host = host;
		this.name = text(host);
		this.port = port;
		if (!isValid(this.user) || !isValid(this.password)) {
			throw new InvalidProxyUrlException(
					"The user name or password of the proxy " + proxy.origin() + " is longer than " + MAX_TEXT_BYTES
							+ " bytes or contains a zero byte, which SOCKS does not support.");
		}
		if (!isValid(this.name)) {
			throw new InvalidUrlException("The host name '" + host + "' is longer than " + MAX_TEXT_BYTES
					+ " bytes or contains a zero byte, which SOCKS does not support.");
		}
	}

	/**
	 * Performs the handshake with the proxy over the socket of a connection.
	 */
	public void handshake(WireConnection connection, HostResolver resolver, @Nullable Deadline limit)
			throws IOException {
		Socket socket = connection.socket();
		DataInputStream in = new DataInputStream(socket.getInputStream());
		OutputStream out = socket.getOutputStream();
		boolean byName = this.proxy.resolvesNames() && !IpAddress.isLiteral(this.host);
		try {
			if (this.proxy.scheme().startsWith("socks4")) {
				version4(in, out, byName ? null : address(connection, resolver, limit));
			}
			else {
				authenticate(in, out);
				version5(in, out, byName ? null : address(connection, resolver, limit));
			}
		}
		catch (EOFException ex) {
			throw new IOException("the proxy closed the connection", ex);
		}
	}

	private InetAddress address(WireConnection connection, HostResolver resolver, @Nullable Deadline limit)
			throws IOException {
		boolean any = this.proxy.scheme().startsWith("socks5");
		for (InetAddress address : Lookup.resolve(connection, resolver, this.host, limit)) {
			if (any || address instanceof Inet4Address) {
				return address;
			}
		}
		throw new IOException("the host '" + this.host + "' has no IPv4 address, which " + this.proxy.scheme()
				+ " requires; use socks4a or socks5h to let the proxy resolve the name");
	}

	private void version4(DataInputStream in, OutputStream out, @Nullable InetAddress address) throws IOException {
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.write(4);
		request.write(CONNECT);
		writePort(request);
		// The invalid address 0.0.0.1 means that a name follows.
		request.writeBytes((address != null) ? address.getAddress() : new byte[] { 0, 0, 0, 1 });
		request.writeBytes(this.user);
		request.write(0);
		if (address == null) {
			request.writeBytes(this.name);
			request.write(0);
		}
		out.write(request.toByteArray());
		byte[] reply = new byte[8];
		in.readFully(reply);
		if (reply[0] != 0 || reply[1] != 90) {
			throw new IOException("the SOCKS4 proxy rejected the request with code " + (reply[1] & 0xff));
		}
	}

	private void authenticate(DataInputStream in, OutputStream out) throws IOException {
		boolean hasCredentials = this.proxy.credentials() != null;
		out.write(hasCredentials ? new byte[] { 5, 2, 0, 2 } : new byte[] { 5, 1, 0 });
		requireVersion5(in.readUnsignedByte());
		int method = in.readUnsignedByte();
		if (method == 2 && hasCredentials) {
			ByteArrayOutputStream request = new ByteArrayOutputStream();
			request.write(1);
			request.write(this.user.length);
			request.writeBytes(this.user);
			request.write(this.password.length);
			request.writeBytes(this.password);
			out.write(request.toByteArray());
			in.readUnsignedByte();
			if (in.readUnsignedByte() != 0) {
				throw new IOException("the SOCKS5 proxy rejected the user name or password");
			}
		}
		else if (method != 0) {
			throw new IOException("the SOCKS5 proxy supports none of the offered authentication methods");
		}
	}

	private void version5(DataInputStream in, OutputStream out, @Nullable InetAddress address) throws IOException {
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.writeBytes(new byte[] { 5, CONNECT, 0 });
		if (address == null) {
			request.write(3);
			request.write(this.name.length);
			request.writeBytes(this.name);
		}
		else {
			request.write((address instanceof Inet4Address) ? 1 : 4);
			request.writeBytes(address.getAddress());
		}
		writePort(request);
		out.write(request.toByteArray());
		requireVersion5(in.readUnsignedByte());
		int code = in.readUnsignedByte();
		if (code != 0) {
			throw new IOException("the SOCKS5 proxy rejected the request: " + reason(code));
		}
		skipBoundAddress(in);
	}

	private static void skipBoundAddress(DataInputStream in) throws IOException {
		in.readUnsignedByte();
		int length = switch (in.readUnsignedByte()) {
			case 1 -> 4;
			case 3 -> in.readUnsignedByte();
			case 4 -> 16;
			default -> throw new IOException("the SOCKS5 proxy returned an address of an unknown type");
		};
		in.readFully(new byte[length + 2]);
	}

	private static void requireVersion5(int version) throws IOException {
		if (version != 5) {
			throw new IOException("the proxy does not support SOCKS5: it responded with version " + version);
		}
	}

	private void writePort(ByteArrayOutputStream request) {
		request.write(this.port >> 8);
		request.write(this.port & 0xff);
	}

	private static byte[] text(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static boolean isValid(byte[] text) {
		boolean valid = text.length <= MAX_TEXT_BYTES;
		for (int i = 0; valid && i < text.length; i++) {
			valid = text[i] != 0;
		}
		return valid;
	}

	private static String reason(int code) {
		return switch (code) {
			case 1 -> "general failure";
			case 2 -> "not allowed by its rules";
			case 3 -> "network unreachable";
			case 4 -> "host unreachable";
			case 5 -> "connection refused";
			case 6 -> "TTL expired";
			case 7 -> "command not supported";
			case 8 -> "address type not supported";
			default -> "code " + code;
		};
	}

}
