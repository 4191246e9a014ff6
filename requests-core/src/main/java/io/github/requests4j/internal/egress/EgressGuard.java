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
 * Holds an adapter to its rules: a resolver that hands out allowed addresses only, so
 * that what was checked is what is dialled. Safe for many threads.
 */
public final class EgressGuard implements HostResolver {

	private final EgressPolicy policy;

	private final HostResolver resolver;

	/** Guards what a resolver returns. */
	public EgressGuard(EgressPolicy policy, HostResolver resolver) {
		this.policy = policy;
		this.resolver = resolver;
	}

	@Override
	public List<InetAddress> resolve(String host) throws UnknownHostException {
		String name = HostPattern.normalized(host);
		List<InetAddress> allowed = new ArrayList<>();
		EgressDeniedException refusal = null;
		for (InetAddress address : addresses(host)) {
			String rule = this.policy.refusalOf(name, address);
			if (rule == null) {
				allowed.add(address);
			}
			else {
				refusal = refused(host, address, rule);
			}
		}
		if (allowed.isEmpty() && refusal != null) {
			throw refusal;
		}
		return allowed;
	}

	/**
	 * Checks what can be told before anything is connected.
	 * @param proxy the proxy on the way, or {@code null}
	 * @throws EgressDeniedException if the host is refused
	 */
	public void check(String host, @Nullable ProxyUrl proxy) {
		String name = HostPattern.normalized(host);
		String rule = this.policy.refusalByName(name);
		if (rule != null) {
			throw refused(host, null, rule);
		}
		boolean dialledElsewhere = proxy != null && (!proxy.isSocks() || proxy.resolvesNames());
		if (dialledElsewhere && this.policy.needAddresses(name)) {
			checkAddresses(host, name);
		}
	}

	private void checkAddresses(String host, String name) {
		try {
			for (InetAddress address : addresses(host)) {
				String rule = this.policy.refusalOf(name, address);
				if (rule != null) {
					throw refused(host, address, rule);
				}
			}
		}
		catch (UnknownHostException ex) {
			throw refused(host, null, "the proxy resolves the name, so its addresses cannot be checked");
		}
	}

	private List<InetAddress> addresses(String host) throws UnknownHostException {
		List<InetAddress> addresses = this.resolver.resolve(host);
		if (!IpAddress.areAddresses(addresses)) {
			throw new UnknownHostException(host);
		}
		return addresses;
	}

	private static EgressDeniedException refused(String host, @Nullable InetAddress address, String rule) {
		String which = (address == null || address.getHostAddress().equals(host)) ? ""
				: " (" + address.getHostAddress() + ")";
		return new EgressDeniedException("The egress rules deny '" + host + "'" + which + ": " + rule
				+ ". To allow it, add the host or its network to the 'allow' entries.");
	}

}
