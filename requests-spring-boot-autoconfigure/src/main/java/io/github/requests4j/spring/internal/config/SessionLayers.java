package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/**
 * The property sources of a session in order of precedence, which merge the defaults into
 * the session. Immutable.
 */
final class SessionLayers {

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of(RequestsProperties.PREFIX)
		.append("defaults");

	/**
	 * What a session for tokens inherits: how it reaches a server, but neither the
	 * credentials, headers and parameters for other servers nor what would log or keep
	 * tokens.
	 */
	private static final Set<String> OF_TRANSPORT = Set.of("connecttimeout", "readtimeout", "proxies", "noproxy",
			"trustenv", "verify", "cert", "ssl", "adapter", "egress", "limits");

	/** A redirect would take the credentials of the client elsewhere. */
	private static final Map<String, String> FOR_TOKENS = Map.of("deadline", "15s", "allow-redirects", "false",
			"cookies.scope", "none");

	private final List<? extends IterableConfigurationPropertySource> sources;

	SessionLayers(List<? extends IterableConfigurationPropertySource> sources) {
		this.sources = sources;
	}

	/**
	 * Returns the session's own settings, then the defaults, then for additional mounts
	 * the settings of the session's adapter.
	 */
	List<IterableConfigurationPropertySource> of(ConfigurationPropertyName session) {
		boolean ownBundle = isSet(session, "ssl");
		boolean ownCert = isSet(session, "cert");
		boolean ownFiles = ownCert || isSet(session, "verify");
		List<IterableConfigurationPropertySource> layers = new ArrayList<>(this.sources);
		for (IterableConfigurationPropertySource source : this.sources) {
			layers.add(new InheritedSource(source, DEFAULTS, session, (key) -> (key.isUnder("ssl") && ownFiles)
					|| (key.isUnder("verify") && ownBundle) || (key.isUnder("cert") && (ownBundle || ownCert))));
		}
		layers.addAll(adapterLayers(session, layers));
		return layers;
	}

	/**
	 * Returns the settings of a session for tokens that is not configured: its fixed
	 * settings, and those defaults that concern the transport.
	 */
	List<IterableConfigurationPropertySource> forTokens(ConfigurationPropertyName session) {
		Map<String, String> fixed = new HashMap<>();
		FOR_TOKENS.forEach((key, value) -> fixed.put(session.append(key).toString(), value));
		List<IterableConfigurationPropertySource> layers = new ArrayList<>();
		layers.add(new MapConfigurationPropertySource(fixed));
		for (IterableConfigurationPropertySource source : this.sources) {
			layers.add(new InheritedSource(source, DEFAULTS, session,
					(key) -> OF_TRANSPORT.stream().noneMatch(key::isUnder)));
		}
		return layers;
	}

	private static List<IterableConfigurationPropertySource> adapterLayers(ConfigurationPropertyName session,
			List<IterableConfigurationPropertySource> layers) {
		ConfigurationPropertyName mounts = session.append("adapters");
		Set<ConfigurationPropertyName> prefixes = new LinkedHashSet<>();
		for (IterableConfigurationPropertySource layer : layers) {
			layer.stream()
				.filter(mounts::isAncestorOf)
				.map((name) -> name.chop(mounts.getNumberOfElements() + 1))
				.forEach(prefixes::add);
		}
		List<IterableConfigurationPropertySource> added = new ArrayList<>();
		for (ConfigurationPropertyName prefix : prefixes) {
			layers.forEach((layer) -> added
				.add(new InheritedSource(layer, session.append("adapter"), prefix, (key) -> false)));
		}
		return added;
	}

	private boolean isSet(ConfigurationPropertyName session, String key) {
		ConfigurationPropertyName name = session.append(key);
		return this.sources.stream()
			.anyMatch((source) -> source.getConfigurationProperty(name) != null
					|| source.stream().anyMatch(name::isAncestorOf));
	}

}
