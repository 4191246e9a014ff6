package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/**
 * The configuration as it was read at one time, with the values of its properties.
 * Immutable.
 */
final class SettingsSnapshot {

	static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(RequestsProperties.PREFIX);

	static final ConfigurationPropertyName SESSIONS = ROOT.append("sessions");

	private static final Bindable<SessionProperties> SESSION = Bindable.of(SessionProperties.class);

	private final List<SettingsSource> sources;

	private final SessionLayers layers;

	private final RequestsProperties written;

	private final Map<String, ConfigurationPropertyName> names;

	private final Map<String, SessionProperties> sessions;

	/** The snapshots of sessions that this configuration no longer has. */
	private final Map<String, SettingsSnapshot> removed;

	/**
	 * Reads the configuration.
	 * @throws RequestsConfigurationException if a key is unknown or a value cannot be
	 * read
	 */
	SettingsSnapshot(Environment environment) {
		this.sources = SettingsSource.of(environment);
		this.sources.forEach(SettingsSource::check);
		this.layers = new SessionLayers(this.sources);
		this.names = places(this.sources);
		this.sessions = new LinkedHashMap<>();
		this.removed = Map.of();
		requireOneSpelling();
		this.written = bindAll();
		this.names.keySet().forEach((name) -> this.sessions.put(name, bindSession(name)));
		this.sessions.computeIfAbsent(ConfiguredSessions.DEFAULT_NAME, this::bindSession);
		addTokenSessions();
		this.sources.forEach(SettingsSource::keepValues);
	}

	/**
	 * Adds the sessions that send requests for tokens, unless they are configured.
	 */
	private void addTokenSessions() {
		for (SessionProperties session : List.copyOf(this.sessions.values())) {
			SessionProperties.Auth auth = session.auth();
			String name = (auth != null) ? auth.tokenSession() : null;
			if (auth != null && name != null && !auth.isSessionSet() && !this.sessions.containsKey(name)) {
				this.sessions.put(name,
						bind(this.layers.forTokens(place(name)), place(name), SESSION, BindHandler.DEFAULT));
			}
		}
	}

	private SettingsSnapshot(SettingsSnapshot read, Map<String, ConfigurationPropertyName> names,
			Map<String, SettingsSnapshot> removed) {
		this.sources = read.sources;
		this.layers = read.layers;
		this.written = read.written;
		this.sessions = read.sessions;
		this.names = names;
		this.removed = removed;
	}

	/**
	 * Returns this configuration for exactly the sessions of an earlier one, because
	 * sessions are beans. Added sessions are ignored, and removed ones keep their
	 * settings.
	 */
	SettingsSnapshot forSessionsOf(SettingsSnapshot earlier) {
		Map<String, SettingsSnapshot> kept = new LinkedHashMap<>();
		Map<String, ConfigurationPropertyName> places = new LinkedHashMap<>();
		earlier.names.forEach((name, place) -> {
			places.put(name, this.names.getOrDefault(name, place));
			if (!this.names.containsKey(name)) {
				kept.put(name, earlier.of(name));
			}
		});
		earlier.all()
			.stream()
			.filter((name) -> !this.sessions.containsKey(name))
			.forEach((name) -> kept.put(name, earlier.of(name)));
		return new SettingsSnapshot(this, Collections.unmodifiableMap(places), Map.copyOf(kept));
	}

	List<SettingsSource> sources() {
		return this.sources;
	}

	RequestsProperties written() {
		return this.written;
	}

	Map<String, ConfigurationPropertyName> names() {
		return this.names;
	}

	/** Returns the names of all sessions, including those that are not configured. */
	Set<String> all() {
		Set<String> all = new LinkedHashSet<>(this.sessions.keySet());
		all.addAll(this.removed.keySet());
		return all;
	}

	/** Returns the settings of a session, or null if there is no such session. */
	@Nullable SessionProperties session(String name) {
		return of(name).sessions.get(name);
	}

	/** Returns the name of a session's group of properties. */
	ConfigurationPropertyName place(String session) {
		ConfigurationPropertyName name = this.names.get(session);
		return (name != null) ? name : SESSIONS.append("[" + session + "]");
	}

	/** Returns the property sources of a session in order of precedence. */
	List<IterableConfigurationPropertySource> layers(String session) {
		boolean configured = this.names.containsKey(session) || session.equals(ConfiguredSessions.DEFAULT_NAME);
		SessionLayers layers = of(session).layers;
		return configured ? layers.of(place(session)) : layers.forTokens(place(session));
	}

	private SettingsSnapshot of(String session) {
		return this.removed.getOrDefault(session, this);
	}

	/**
	 * Rejects two spellings of one name. They would be the same session, or two sessions
	 * that are easy to confuse.
	 */
	private void requireOneSpelling() {
		for (ConfigurationPropertyName place : spellings(this.sources)) {
			String name = place.getLastElement(Form.ORIGINAL);
			if (!this.names.containsKey(name)) {
				String other = this.names.entrySet()
					.stream()
					.filter((known) -> known.getValue().equals(place))
					.map(Map.Entry::getKey)
					.findFirst()
					.orElseThrow();
				throw new RequestsConfigurationException(SESSIONS + KeyText.chosen(name), origin(name),
						"The session '" + name + "' is also spelled " + BindMistakes.at(other, origin(other))
								+ ", and session names must differ in more than dashes and case.",
						"Use the same spelling everywhere, or a different name for the second session.", null);
			}
		}
	}

	/**
	 * Returns where the first property of a session with exactly this spelling was set.
	 */
	private @Nullable Origin origin(String session) {
		for (SettingsSource source : this.sources) {
			Optional<ConfigurationPropertyName> first = source.names()
				.filter(SESSIONS::isAncestorOf)
				.filter((name) -> name.getElement(SESSIONS.getNumberOfElements(), Form.ORIGINAL).equals(session))
				.findFirst();
			if (first.isPresent()) {
				return source.origin(first.get());
			}
		}
		return null;
	}

	/**
	 * Returns the first spelling of each name with its place. Spellings in environment
	 * variables come last.
	 */
	static Map<String, ConfigurationPropertyName> places(List<SettingsSource> sources) {
		Map<String, ConfigurationPropertyName> names = new LinkedHashMap<>();
		for (ConfigurationPropertyName place : spellings(sources)) {
			if (!names.containsValue(place)) {
				names.put(place.getLastElement(Form.ORIGINAL), place);
			}
		}
		return Collections.unmodifiableMap(names);
	}

	private static List<ConfigurationPropertyName> spellings(List<SettingsSource> sources) {
		return Stream.of(false, true)
			.flatMap((variables) -> sources.stream().filter((source) -> source.isEnvironment() == variables))
			.flatMap(SettingsSource::names)
			.filter(SESSIONS::isAncestorOf)
			.map((name) -> KeyText.chop(name, SESSIONS.getNumberOfElements() + 1))
			.toList();
	}

	private RequestsProperties bindAll() {
		BindHandler handler = new SettingsBindHandler(BindHandler.DEFAULT);
		return bind(this.sources, ROOT, Bindable.of(RequestsProperties.class), handler);
	}

	private SessionProperties bindSession(String name) {
		return bind(this.layers.of(place(name)), place(name), SESSION, BindHandler.DEFAULT);
	}

	private static <T> T bind(List<? extends IterableConfigurationPropertySource> layers,
			ConfigurationPropertyName name, Bindable<T> target, BindHandler handler) {
		try {
			return new Binder(new ArrayList<>(layers)).bindOrCreate(name, target, handler);
		}
		catch (BindException ex) {
			ConfigurationProperty property = ex.getProperty();
			throw BindMistakes.translate(ex, (property != null) ? property : find(layers, ex.getName()));
		}
	}

	/**
	 * Returns the property with a name, or else the first one below it, or null.
	 */
	static @Nullable ConfigurationProperty find(List<? extends IterableConfigurationPropertySource> layers,
			ConfigurationPropertyName name) {
		for (IterableConfigurationPropertySource source : layers) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property == null) {
				property = source.stream()
					.filter(name::isAncestorOf)
					.findFirst()
					.map(source::getConfigurationProperty)
					.orElse(null);
			}
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
