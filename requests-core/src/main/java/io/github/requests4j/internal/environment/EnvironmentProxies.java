package io.github.requests4j.internal.environment;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.NoProxy;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.internal.url.IpAddress;
import io.github.requests4j.url.Url;

/**
 * The proxies of the environment: those of environment variables, then those of system
 * properties. Without any, the cost is a few lookups and no allocation.
 */
public final class EnvironmentProxies {

	/** The default of the JVM's own clients. */
	private static final String NON_PROXY_HOSTS = "localhost|127.*|[::1]|0.0.0.0|[::0]";

	// The last one that was used; any thread may replace it
	private static volatile @Nullable JvmProxies lastJvm;

	private EnvironmentProxies() {
	}

	/**
	 * Adds the proxies of the environment to explicit ones.
	 * @param explicit the proxies of the request and the session
	 * @param url the first URL of the call; without a host, it needs no proxy
	 * @param environment the environment
	 * @return the proxies for all URLs of the call including redirects; the explicit ones
	 * if the environment has none
	 */
	public static Proxies fill(Proxies explicit, Url url, RequestsEnvironment environment) {
		return (url.host() != null) ? explicit.orElseEnvironment(of(environment)) : explicit;
	}

	/**
	 * Returns the proxies of the environment ({@code get_environ_proxies}).
	 * @param environment the environment
	 * @return the proxies; {@link Proxies#select} applies NO_PROXY
	 */
	public static Proxies of(RequestsEnvironment environment) {
		Proxies variables = EnvironmentVariables.of(environment).proxies();
		JvmSettings settings = jvmSettings(environment);
		return (settings != null) ? variables.orElseEnvironment(jvm(settings)) : variables;
	}

	private static @Nullable JvmSettings jvmSettings(RequestsEnvironment environment) {
		String http = hostAndPort(environment, "http.proxyHost", "http.proxyPort", "80");
		String https = hostAndPort(environment, "https.proxyHost", "https.proxyPort", "443");
		String socks = hostAndPort(environment, "socksProxyHost", "socksProxyPort", "1080");
		if (http == null && https == null && socks == null) {
			return null;
		}
		return new JvmSettings(http, https, socks, environment.property("socksProxyVersion"),
				environment.property("http.nonProxyHosts"));
	}

	private static @Nullable String hostAndPort(RequestsEnvironment environment, String hostName, String portName,
			String defaultPort) {
		String host = environment.property(hostName);
		if (host == null || host.isBlank()) {
			return null;
		}
		String port = environment.property(portName);
		return IpAddress.withBrackets(host.strip()) + ':'
				+ ((port != null && !port.isBlank()) ? port.strip() : defaultPort);
	}

	private static Proxies jvm(JvmSettings settings) {
		JvmProxies last = lastJvm;
		if (last == null || !last.settings.equals(settings)) {
			last = new JvmProxies(settings, settings.toProxies());
			lastJvm = last;
		}
		return last.proxies;
	}

	private record JvmProxies(JvmSettings settings, Proxies proxies) {
	}

	/** The networking properties of the JVM, each {@code host:port} or null. */
	private record JvmSettings(@Nullable String http, @Nullable String https, @Nullable String socks,
			@Nullable String socksVersion, @Nullable String nonProxyHosts) {

		Proxies toProxies() {
			Map<String, String> urls = new LinkedHashMap<>();
			if (this.http != null) {
				urls.put("http", "http://" + this.http);
			}
			if (this.https != null) {
				urls.put("https", "http://" + this.https);
			}
			if (this.socks != null) {
				urls.put("all", ("4".equals(this.socksVersion) ? "socks4://" : "socks5://") + this.socks);
			}
			String hosts = (this.nonProxyHosts != null) ? this.nonProxyHosts : NON_PROXY_HOSTS;
			return Proxies.of(urls).excluding(NoProxy.ofNonProxyHosts(hosts));
		}

	}

}
