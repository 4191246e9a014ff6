package io.github.requests4j.testserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import org.jspecify.annotations.Nullable;

/**
 * A server that runs a script on each connection, so that it can say anything a real or
 * hostile peer might say. Listens on the loopback address, on a free port.
 */
public final class RawServer implements AutoCloseable {

	/** What happens on one connection; it is closed when the script returns. */
	@FunctionalInterface
	public interface Script {

		void run(RawConversation conversation) throws Exception;

	}

	private final ServerSocket listener;

	private final Script script;

	private final AtomicInteger accepted = new AtomicInteger();

	private final List<RawRequest> requests = new CopyOnWriteArrayList<>();

	private final List<Throwable> failures = new CopyOnWriteArrayList<>();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Thread acceptor;

	private RawServer(ServerSocket listener, Script script) {
		this.listener = listener;
		this.script = script;
		this.acceptor = daemon("test-server-" + listener.getLocalPort(), this::acceptAll);
	}

	/** Runs the script on each connection. */
	public static RawServer start(Script script) throws IOException {
		return start(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), script);
	}

	/** Runs the script on each connection to an address of this machine. */
	public static RawServer start(String address, int port, Script script) throws IOException {
		return start(new ServerSocket(port, 200, InetAddress.getByName(address)), script);
	}

	/** Runs the script on each connection, under TLS. */
	public static RawServer start(SSLContext tls, Script script) throws IOException {
		return start(tls, false, script);
	}

	/**
	 * Runs the script on each connection, under TLS, asking for a certificate of the
	 * client.
	 */
	public static RawServer start(SSLContext tls, boolean clientCertificate, Script script) throws IOException {
		SSLServerSocket listener = (SSLServerSocket) tls.getServerSocketFactory()
			.createServerSocket(0, 200, InetAddress.getByName("127.0.0.1"));
		listener.setNeedClientAuth(clientCertificate);
		return start(listener, script);
	}

	/**
	 * Runs the script on each connection, under TLS if there is a context, with a small
	 * receive buffer: most of what the script does not read stays with the client.
	 */
	public static RawServer startNarrow(@Nullable SSLContext tls, int receiveBuffer, Script script) throws IOException {
		ServerSocket listener = (tls != null) ? tls.getServerSocketFactory().createServerSocket() : new ServerSocket();
		listener.setReceiveBufferSize(receiveBuffer);
		listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 200);
		return start(listener, script);
	}

	/**
	 * Answers each request, on any connection, with the next of these texts, unchanged,
	 * and closes the connection after the last one.
	 */
	public static RawServer answering(String... responses) throws IOException {
		AtomicInteger next = new AtomicInteger();
		return start((conversation) -> {
			while (conversation.readRequest() != null) {
				int index = next.getAndIncrement();
				if (index >= responses.length) {
					return;
				}
				conversation.send(responses[index]);
			}
		});
	}

	private static RawServer start(ServerSocket listener, Script script) {
		RawServer server = new RawServer(listener, script);
		server.acceptor.start();
		return server;
	}

	/** A daemon thread. */
	static Thread daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	private void acceptAll() {
		while (!this.listener.isClosed()) {
			try {
				Socket socket = this.listener.accept();
				int index = this.accepted.getAndIncrement();
				this.open.add(socket);
				daemon("test-connection-" + index, () -> serve(socket, index)).start();
			}
			catch (SocketException ex) {
				// Closed: the loop ends.
				continue;
			}
			catch (IOException ex) {
				this.failures.add(ex);
			}
		}
	}

	private void serve(Socket socket, int index) {
		try (socket) {
			socket.setTcpNoDelay(true);
			this.script.run(new RawConversation(socket, index, this.requests::add));
		}
		catch (Exception | AssertionError ex) {
			this.failures.add(ex);
		}
		finally {
			this.open.remove(socket);
		}
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/** {@code host:port}. */
	public String authority() {
		return "127.0.0.1:" + port();
	}

	/** An http or https URL with this path. */
	public String url(String path) {
		return url("127.0.0.1", path);
	}

	/**
	 * An http or https URL with this host, which must mean the loopback address, and
	 * path.
	 */
	public String url(String host, String path) {
		return ((this.listener instanceof SSLServerSocket) ? "https://" : "http://") + host + ":" + port() + path;
	}

	/** How many connections were accepted so far. */
	public int connectionCount() {
		return this.accepted.get();
	}

	/** The number of connections that the server considers open. */
	public int openConnections() {
		return this.open.size();
	}

	/** The requests that {@link RawConversation#readRequest} has read so far. */
	public List<RawRequest> requests() {
		return new ArrayList<>(this.requests);
	}

	/** The last request that was read. */
	public RawRequest lastRequest() {
		return this.requests.get(this.requests.size() - 1);
	}

	/** What went wrong in scripts; resets by the client are here too. */
	public List<Throwable> failures() {
		return new ArrayList<>(this.failures);
	}

	/**
	 * Stops accepting and closes all connections. Afterwards the port rejects
	 * connections: a listener that is closed while a thread waits in it continues to
	 * accept until that thread has left it.
	 */
	@Override
	public void close() {
		quietly(this.listener);
		try {
			this.acceptor.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.open.forEach(RawServer::quietly);
	}

	/** Closes the connections that are open now, and continues to accept new ones. */
	public void closeConnections() {
		this.open.forEach(RawServer::quietly);
	}

	static void quietly(@Nullable AutoCloseable resource) {
		try {
			if (resource != null) {
				resource.close();
			}
		}
		catch (Exception ex) {
			// It is being discarded.
			return;
		}
	}

}
