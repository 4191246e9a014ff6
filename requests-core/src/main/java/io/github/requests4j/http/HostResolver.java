package io.github.requests4j.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves host names to the addresses that are connected to, in order. A transport calls
 * it for each new connection and, while it reuses connections to a host, every 30 seconds
 * in another thread. It then closes connections to addresses that are no longer returned.
 * Implementations must be thread-safe. <pre>{@code
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
	 * Resolves a host name.
	 * @param host a host name or a literal address without brackets
	 * @return the addresses, never empty
	 * @throws UnknownHostException if there are none
	 */
	List<InetAddress> resolve(String host) throws UnknownHostException;

}
