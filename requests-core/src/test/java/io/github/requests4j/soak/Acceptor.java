package io.github.requests4j.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Accepts connections on a free port of the loopback address and serves each one on a
 * separate thread. It keeps only connections that are open, so that it can run for hours.
 */
final class Acceptor implements AutoCloseable {

	private static final int BACKLOG = 200;

	private final ServerSocket listener;

	private final Service service;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Thread thread = daemon(this::acceptAll);

	private Acceptor(ServerSocket listener, Service service) {
		this.listener = listener;
		this.service = service;
	}

	/** Serves connections. */
	@FunctionalInterface
	interface Service {

		/**
		 * Serves a connection until it ends.
		 * @throws IOException if the client or the network breaks off
		 */
		void serve(Socket socket) throws IOException;

	}

	/** Starts to accept connections, under TLS unless the context is null. */
	static Acceptor start(@Nullable SSLContext tls, Service service) throws IOException {
		InetAddress address = InetAddress.getLoopbackAddress();
		ServerSocket listener = (tls != null) ? tls.getServerSocketFactory().createServerSocket(0, BACKLOG, address)
				: new ServerSocket(0, BACKLOG, address);
		Acceptor acceptor = new Acceptor(listener, service);
		acceptor.thread.start();
		return acceptor;
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "soak-server");
		thread.setDaemon(true);
		return thread;
	}

	int port() {
		return this.listener.getLocalPort();
	}

	int openConnections() {
		return this.open.size();
	}

	private void acceptAll() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				this.open.add(socket);
				daemon(() -> serve(socket)).start();
			}
			catch (IOException ex) {
				// The listener was closed, which ends the loop.
				continue;
			}
		}
	}

	private void serve(Socket socket) {
		try (socket) {
			socket.setTcpNoDelay(true);
			this.service.serve(socket);
		}
		catch (IOException ex) {
			// The client, or the network in between, broke off.
			return;
		}
		finally {
			this.open.remove(socket);
		}
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		try {
			this.thread.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		for (Socket socket : this.open) {
			socket.close();
		}
	}

}
