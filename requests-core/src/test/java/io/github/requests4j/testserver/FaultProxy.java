package io.github.requests4j.testserver;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy in front of a server that disturbs the network in between according to
 * {@link Toxic}s, in a repeatable way. It does not parse HTTP or TLS and forwards bytes
 * unchanged. Toxics apply to connections that begin after they were added. At most
 * {@value #MOST} connections are served at the same time; closing the proxy closes all of
 * them.
 */
public final class FaultProxy implements AutoCloseable {

	private static final int MOST = 256;

	private final ServerSocket listener;

	private final int target;

	private final List<Toxic> upstream = new CopyOnWriteArrayList<>();

	private final List<Toxic> downstream = new CopyOnWriteArrayList<>();

	private final Set<FaultLink> links = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor((task) -> RawServer.daemon("test-fault-timer", task));

	private final Thread acceptor;

	private FaultProxy(ServerSocket listener, int target) {
		this.listener = listener;
		this.target = target;
		this.acceptor = RawServer.daemon("test-fault-proxy-" + listener.getLocalPort(), this::acceptAll);
	}

	/** Creates a proxy in front of this port of the loopback address. */
	public static FaultProxy before(int port) throws IOException {
		FaultProxy proxy = new FaultProxy(new ServerSocket(0, 200, InetAddress.getByName("127.0.0.1")), port);
		proxy.acceptor.start();
		return proxy;
	}

	/** Disturbs the data of the client. */
	public FaultProxy upstream(Toxic... toxics) {
		this.upstream.addAll(List.of(toxics));
		return this;
	}

	/** Disturbs the data of the server. */
	public FaultProxy downstream(Toxic... toxics) {
		this.downstream.addAll(List.of(toxics));
		return this;
	}

	/** Forwards everything on connections that begin from now on. */
	public void heal() {
		this.upstream.clear();
		this.downstream.clear();
	}

	/** Closes the connections that are open now, as if both sides had done so. */
	public void closeAll() {
		this.links.forEach((link) -> link.finish(Toxic.Ending.CLOSE));
	}

	/** Resets the connections that are open now. */
	public void resetAll() {
		this.links.forEach((link) -> link.finish(Toxic.Ending.RESET));
	}

	private void acceptAll() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.accepted.incrementAndGet();
				RawServer.daemon("test-fault-up", () -> serve(client)).start();
			}
			catch (IOException ex) {
				// Closed: the loop ends.
				continue;
			}
		}
	}

	private void serve(Socket client) {
		Socket server = new Socket();
		try (client; server) {
			FaultLink link = new FaultLink(client, server, this.timer);
			if (this.links.size() >= MOST) {
				return;
			}
			this.links.add(link);
			try {
				// Closing it meanwhile would have missed this one.
				if (!this.listener.isClosed()) {
					server.connect(new InetSocketAddress("127.0.0.1", this.target));
					link.run(this.upstream, this.downstream);
				}
			}
			finally {
				this.links.remove(link);
			}
		}
		catch (IOException ex) {
			// The server rejects the connection, so the client's is closed.
			return;
		}
	}

	public int port() {
		return this.listener.getLocalPort();
	}

	/** {@code host:port}. */
	public String authority() {
		return "127.0.0.1:" + port();
	}

	/** How many connections were accepted so far. */
	public int connectionCount() {
		return this.accepted.get();
	}

	/** How many connections are open now. */
	public int openConnections() {
		return this.links.size();
	}

	@Override
	public void close() {
		RawServer.quietly(this.listener);
		try {
			this.acceptor.join(5000);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.timer.shutdownNow();
		this.links.forEach((link) -> link.finish(Toxic.Ending.CLOSE));
	}

}
