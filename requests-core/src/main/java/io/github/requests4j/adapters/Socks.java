package io.github.requests4j.adapters;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.BasicCredentials;
import io.github.requests4j.http.HostResolver;

/**
 * Asks a SOCKS proxy for a connection (behaviour 185): versions 4 and 4a, and version 5
 * (RFC 1928) with user and password (RFC 1929). The JVM's own SOCKS always lets the proxy
 * look names up and takes credentials from global state only, so it cannot tell socks5
 * from socks5h.
 */
final class Socks {

	private static final int CONNECT = 1;

	private static final int MOST_TEXT = 255;

	private Socks() {
	}

	static void handshake(Socket socket, ProxyServer proxy, String host, int port, HostResolver resolver)
			throws IOException {
		DataInputStream in = new DataInputStream(socket.getInputStream());
		OutputStream out = socket.getOutputStream();
		boolean byName = proxy.resolvesNames() && !HeaderChars.isAddress(host);
		InetAddress address = byName ? null : address(proxy, host, resolver);
		if (proxy.scheme().startsWith("socks4")) {
			version4(in, out, proxy.credentials(), address, host, port);
		}
		else {
			authenticate(in, out, proxy.credentials());
			version5(in, out, address, host, port);
		}
	}

	private static InetAddress address(ProxyServer proxy, String host, HostResolver resolver) throws IOException {
		boolean any = proxy.scheme().startsWith("socks5");
		for (InetAddress address : resolver.resolve(host)) {
			if (any || address instanceof Inet4Address) {
				return address;
			}
		}
		throw new UnknownHostException(host + " has no address that " + proxy.scheme() + " can carry");
	}

	private static void version4(DataInputStream in, OutputStream out, @Nullable BasicCredentials credentials,
			@Nullable InetAddress address, String host, int port) throws IOException {
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.write(4);
		request.write(CONNECT);
		writePort(request, port);
		// An address that cannot be, 0.0.0.1, says that a name follows.
		request.writeBytes((address != null) ? address.getAddress() : new byte[] { 0, 0, 0, 1 });
		request.writeBytes(text((credentials != null) ? credentials.username() : "", "user name"));
		request.write(0);
		if (address == null) {
			request.writeBytes(text(host, "host name"));
			request.write(0);
		}
		out.write(request.toByteArray());
		byte[] reply = new byte[8];
		in.readFully(reply);
		if (reply[0] != 0 || reply[1] != 90) {
			throw new IOException("The SOCKS4 proxy refused the connection with code " + (reply[1] & 0xff));
		}
	}

	private static void authenticate(DataInputStream in, OutputStream out, @Nullable BasicCredentials credentials)
			throws IOException {
		out.write((credentials != null) ? new byte[] { 5, 2, 0, 2 } : new byte[] { 5, 1, 0 });
		requireVersion5(in.readUnsignedByte());
		int method = in.readUnsignedByte();
		if (method == 2 && credentials != null) {
			byte[] user = text(credentials.username(), "user name");
			byte[] password = text(credentials.password(), "password");
			ByteArrayOutputStream request = new ByteArrayOutputStream();
			request.write(1);
			request.write(user.length);
			request.writeBytes(user);
			request.write(password.length);
			request.writeBytes(password);
			out.write(request.toByteArray());
			in.readUnsignedByte();
			if (in.readUnsignedByte() != 0) {
				throw new IOException("The SOCKS5 proxy refused the user name or password");
			}
		}
		else if (method != 0) {
			throw new IOException("The SOCKS5 proxy accepts none of the ways to authenticate that were offered");
		}
	}

	private static void version5(DataInputStream in, OutputStream out, @Nullable InetAddress address, String host,
			int port) throws IOException {
		ByteArrayOutputStream request = new ByteArrayOutputStream();
		request.writeBytes(new byte[] { 5, CONNECT, 0 });
		if (address == null) {
			byte[] name = text(host, "host name");
			request.write(3);
			request.write(name.length);
			request.writeBytes(name);
		}
		else {
			request.write((address instanceof Inet4Address) ? 1 : 4);
			request.writeBytes(address.getAddress());
		}
		writePort(request, port);
		out.write(request.toByteArray());
		requireVersion5(in.readUnsignedByte());
		int code = in.readUnsignedByte();
		if (code != 0) {
			throw new IOException("The SOCKS5 proxy refused the connection: " + reason(code));
		}
		skipBoundAddress(in);
	}

	private static void skipBoundAddress(DataInputStream in) throws IOException {
		in.readUnsignedByte();
		int length = switch (in.readUnsignedByte()) {
			case 1 -> 4;
			case 3 -> in.readUnsignedByte();
			case 4 -> 16;
			default -> throw new IOException("The SOCKS5 proxy answered with an address of unknown kind");
		};
		in.readFully(new byte[length + 2]);
	}

	private static void requireVersion5(int version) throws IOException {
		if (version != 5) {
			throw new IOException("The proxy does not speak SOCKS5: it answered with version " + version);
		}
	}

	private static void writePort(ByteArrayOutputStream request, int port) {
		request.write(port >> 8);
		request.write(port & 0xff);
	}

	private static byte[] text(String text, String what) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		if (bytes.length > MOST_TEXT || text.indexOf('\0') >= 0) {
			throw new IOException("The " + what + " is longer than " + MOST_TEXT
					+ " bytes or has a zero in it, which SOCKS cannot carry");
		}
		return bytes;
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
