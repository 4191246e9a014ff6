package io.github.requests4j.adapters;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.requests4j.http.HostResolver;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

/**
 * A host name with a server at 127.0.0.1 and one at 127.0.0.2, on the same port. The name
 * leads to the first one until it moves. Each server responds with its own name.
 */
final class MovingHost implements AutoCloseable {

	static final String OLD = "127.0.0.1";

	static final String NEW = "127.0.0.2";

	private static final String NAME = "service.example";

	private final RawServer old;

	private final RawServer fresh;

	private final AtomicInteger lookups = new AtomicInteger();

	private volatile HostResolver answer = (host) -> addresses(OLD);

	private MovingHost(RawServer.Script old, RawServer.Script fresh) throws IOException {
		this.old = RawServer.start(OLD, 0, old);
		try {
			this.fresh = RawServer.start(NEW, this.old.port(), fresh);
		}
		catch (IOException ex) {
			this.old.close();
			throw ex;
		}
	}

	static MovingHost start() throws IOException {
		return start((conversation) -> serve(conversation, "old"), (conversation) -> serve(conversation, "new"));
	}

	/** Another program may use the port at the other address. */
	static MovingHost start(RawServer.Script old, RawServer.Script fresh) throws IOException {
		for (int i = 0; i < 20; i++) {
			try {
				return new MovingHost(old, fresh);
			}
			catch (BindException ex) {
				continue;
			}
		}
		return new MovingHost(old, fresh);
	}

	private static void serve(RawConversation conversation, String name) throws IOException {
		RawRequest request = conversation.readRequest();
		while (request != null) {
			conversation.respond(200, name);
			request = request.path().equals("/last") ? null : conversation.readRequest();
		}
	}

	static List<InetAddress> addresses(String... texts) throws UnknownHostException {
		List<InetAddress> addresses = new ArrayList<>();
		for (String text : texts) {
			addresses.add(InetAddress.getByName(text));
		}
		return addresses;
	}

	/** Resolves the name and counts the lookups. */
	List<InetAddress> resolve(String host) throws UnknownHostException {
		this.lookups.incrementAndGet();
		return this.answer.resolve(host);
	}

	/** Sets the addresses of the name from now on. */
	void moveTo(String... addresses) {
		answer((host) -> addresses(addresses));
	}

	/** Sets what lookups do from now on. */
	void answer(HostResolver next) {
		this.answer = next;
	}

	int lookups() {
		return this.lookups.get();
	}

	RawServer old() {
		return this.old;
	}

	RawServer fresh() {
		return this.fresh;
	}

	String url(String path) {
		return this.old.url(NAME, path);
	}

	@Override
	public void close() {
		this.old.close();
		this.fresh.close();
	}

}
