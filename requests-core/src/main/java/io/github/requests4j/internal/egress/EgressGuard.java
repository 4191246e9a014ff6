package io.github.requests4j.internal.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.EgressDeniedException;
import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.ProxyUrl;
import io.github.requests4j.internal.url.IpAddress;

/**
 * Enforces the egress rules of an adapter: a resolver that returns only allowed
 * addresses, so that the addresses that were checked are those that are connected to.
 * Thread-safe.
 */
public final class EgressGuard implements HostResolver {

	private final EgressPolicy policy;

	private final HostResolver resolver;

	/** Creates a guard around a resolver. */
	public EgressGuard(EgressPolicy policy, HostResolver resolver) {
		this.policy = policy;
		this.resolver = resolver;
	}

	@Override
	public List<InetAddress> resolve(String host) throws UnknownHostException {
		String name = HostPattern.normalized(host);
		List<InetAddress> allowed = new ArrayList<>();
		EgressDeniedException denial = null;
		for (InetAddress address : addresses(host)) {
			String rule = this.policy.denialOf(name, address);
			if (rule == null) {
				allowed.add(address);
			}
			else {
				denial = denied(host, address, rule);
			}
		}
		if (allowed.isEmpty() && denial != null) {
			throw denial;
		}
		return allowed;
	}

	/**
	 * Checks a host before anything is connected, as far as that is possible.
	 * @param proxy the proxy, or {@code null}
	 * @throws EgressDeniedException if the host is denied
	 */
	public void check(String host, @Nullable ProxyUrl proxy) {
		String name = HostPattern.normalized(host);
		String rule = this.policy.denialByName(name);
		if (rule != null) {
			throw denied(host, null, rule);
		}
		boolean proxyConnects = proxy != null && (!proxy.isSocks() || proxy.resolvesNames());
		if (proxyConnects && this.policy.requiresAddresses(name)) {
			checkAddresses(host, name);
		}
	}

	private void checkAddresses(String host, String name) {
		try {
			for (InetAddress address : addresses(host)) {
				String rule = this.policy.denialOf(name, address);
				if (rule != null) {
					throw denied(host, address, rule);
				}
			}
		}
		catch (UnknownHostException ex) {
			throw denied(host, null, "the proxy resolves the name, so its addresses cannot be checked");
		}
	}

	private List<InetAddress> addresses(String host) throws UnknownHostException {
		List<InetAddress> addresses = this.resolver.resolve(host);
		if (!IpAddress.areAddresses(addresses)) {
			throw new UnknownHostException(host);
		}
		return addresses;
	}

	private static EgressDeniedException denied(String host, @Nullable InetAddress address, String rule) {
		String which = (address == null || address.getHostAddress().equals(host)) ? ""
				: " (" + address.getHostAddress() + ")";
		return new EgressDeniedException("The egress rules deny '" + host + "'" + which + ": " + rule
				+ ". To allow it, add the host or its network to the 'allow' entries.");
	}

}
