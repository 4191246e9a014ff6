package io.github.requests4j.testserver;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A SOCKS proxy for versions 4, 4a and 5. Every name resolves to the loopback address.
 * Records its requests, such as {@code "5 name example.com:80 user:secret"}.
 */
public final class SocksProxyServer implements AutoCloseable {

	private final RawServer server;

	private final List<String> asked;

	private SocksProxyServer(RawServer server, List<String> asked) {
		this.server = server;
		this.asked = asked;
	}

	/** A proxy without authentication. */
	public static SocksProxyServer start() throws IOException {
		return start(null, 0);
	}

	/** A proxy that requires {@code user:password}, in version 5. */
	public static SocksProxyServer start(String credentials) throws IOException {
		return start(credentials, 0);
	}

	/**
	 * A proxy that rejects every connection with this code: 91 to 93 in version 4, 1 and
	 * higher in version 5.
	 */
	public static SocksProxyServer refusing(int code) throws IOException {
		return start(null, code);
	}

	private static SocksProxyServer start(@Nullable String credentials, int refusal) throws IOException {
		List<String> asked = new CopyOnWriteArrayList<>();
		RawServer server = RawServer.start((conversation) -> {
			DataInputStream in = new DataInputStream(conversation.in());
			if (in.read() == 4) {
				version4(conversation, in, asked, refusal);
			}
			else {
				version5(conversation, in, asked, credentials, refusal);
			}
		});
		return new SocksProxyServer(server, asked);
	}

	private static void version4(RawConversation client, DataInputStream in, List<String> asked, int refusal)
			throws IOException {
		in.readByte();
		int port = in.readUnsignedShort();
		byte[] address = in.readNBytes(4);
		String user = zeroTerminated(in);
		boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0 && address[3] != 0;
		String host = named ? zeroTerminated(in) : InetAddress.getByAddress(address).getHostAddress();
		asked.add((named ? "4a name " : "4 address ") + host + ":" + port + " " + user);
		if (refusal != 0) {
			client.send(new byte[] { 0, (byte) refusal, 0, 0, 0, 0, 0, 0 });
			return;
		}
		Relay.run(client, port, new byte[] { 0, 90, 0, 0, 0, 0, 0, 0 });
	}

	private static String zeroTerminated(DataInputStream in) throws IOException {
		StringBuilder text = new StringBuilder();
		int next = in.read();
		while (next > 0) {
			text.append((char) next);
			next = in.read();
		}
		return text.toString();
	}

	private static void version5(RawConversation client, DataInputStream in, List<String> asked,
			@Nullable String credentials, int refusal) throws IOException {
		String shown = authenticate(client, in, credentials);
		if (shown == null) {
			return;
		}
		in.readNBytes(3);
		int type = in.read();
		String host = switch (type) {
			case 1 -> "address " + InetAddress.getByAddress(in.readNBytes(4)).getHostAddress();
			case 4 -> "address " + InetAddress.getByAddress(in.readNBytes(16)).getHostAddress();
			default -> "name " + new String(in.readNBytes(in.read()), StandardCharsets.US_ASCII);
		};
		int port = in.readUnsignedShort();
		asked.add(("5 " + host + ":" + port + " " + shown).strip());
		if (refusal != 0) {
			client.send(new byte[] { 5, (byte) refusal, 0, 1, 0, 0, 0, 0, 0, 0 });
			return;
		}
		Relay.run(client, port, new byte[] { 5, 0, 0, 1, 127, 0, 0, 1, 0, 0 });
	}

	private static @Nullable String authenticate(RawConversation client, DataInputStream in,
			@Nullable String credentials) throws IOException {
		byte[] methods = in.readNBytes(in.read());
		byte wanted = (byte) ((credentials != null) ? 2 : 0);
		boolean offered = false;
		for (byte method : methods) {
			offered |= method == wanted;
		}
		client.send(new byte[] { 5, offered ? wanted : (byte) 0xff });
		if (!offered) {
			return null;
		}
		if (credentials == null) {
			return "";
		}
		in.read();
		String user = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
		String password = new String(in.readNBytes(in.read()), StandardCharsets.UTF_8);
		boolean right = credentials.equals(user + ":" + password);
		client.send(new byte[] { 1, (byte) (right ? 0 : 1) });
		return right ? user + ":" + password : null;
	}

	public int port() {
		return this.server.port();
	}

	public String authority() {
		return this.server.authority();
	}

	/** The requests to the proxy, in order. */
	public List<String> asked() {
		return List.copyOf(this.asked);
	}

	@Override
	public void close() {
		this.server.close();
	}

}
