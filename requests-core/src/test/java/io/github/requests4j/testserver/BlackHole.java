package io.github.requests4j.testserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A port that neither accepts nor rejects connections: its queue is full and is never
 * emptied.
 */
public final class BlackHole implements AutoCloseable {

	private static final int MOST = 16;

	private final ServerSocket listener;

	private final List<Socket> queued = new ArrayList<>();

	private BlackHole(ServerSocket listener) {
		this.listener = listener;
	}

	public static BlackHole open() throws IOException {
		return open("127.0.0.1", 0);
	}

	/** One at a certain address of this machine. */
	public static BlackHole open(String address, int port) throws IOException {
		BlackHole hole = new BlackHole(new ServerSocket(port, 1, InetAddress.getByName(address)));
		for (int i = 0; i < MOST; i++) {
			Socket socket = new Socket();
			hole.queued.add(socket);
			try {
				socket.connect(new InetSocketAddress(address, hole.port()), 200);
			}
			catch (SocketTimeoutException ex) {
				return hole;
			}
		}
		throw new IllegalStateException("The queue of a listener takes more than " + MOST + " connections");
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	public String url(String scheme) {
		return scheme + "://127.0.0.1:" + port() + "/";
	}

	@Override
	public void close() {
		this.queued.forEach(RawServer::quietly);
		RawServer.quietly(this.listener);
	}

}
