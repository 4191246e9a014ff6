package io.github.requests4j.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Turns a host name into addresses. The addresses it gives are the ones that are dialled,
 * in order. Implementations must be safe for many threads. <pre>{@code
 * HostResolver pinned = (host) -> host.equals("api.example.com")
 *     ? List.of(InetAddress.getByName("192.0.2.7")) : HostResolver.SYSTEM.resolve(host);
 * HttpAdapter adapter = HttpAdapter.builder().hostResolver(pinned).build();
 * }</pre>
 */
@FunctionalInterface
public interface HostResolver {

	/** The resolver of the JVM. */
	HostResolver SYSTEM = new HostResolver() {

		@Override
		public List<InetAddress> resolve(String host) throws UnknownHostException {
			return List.of(InetAddress.getAllByName(host));
		}

	};

	/**
	 * Looks a name up.
	 * @param host the host name or the text of an address, without brackets
	 * @return the addresses, never empty
	 * @throws UnknownHostException if there is none
	 */
	List<InetAddress> resolve(String host) throws UnknownHostException;

}
