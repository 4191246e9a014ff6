package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySources;
import org.springframework.util.Assert;
import org.springframework.util.PropertyPlaceholderHelper;

/**
 * The sessions of the configuration with the defaults merged into them: maps merge by
 * key, lists are replaced, and {@code ssl} and {@code verify} with {@code cert} replace
 * each other as a group. Immutable.
 */
public final class ConfiguredSessions {

	/** The name of the session that there is when none is configured. */
	public static final String DEFAULT_NAME = "default";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(RequestsProperties.PREFIX);

	private static final Bindable<SessionProperties> SESSION = Bindable.of(SessionProperties.class);

	private final List<IterableConfigurationPropertySource> sources;

	private final SessionLayers layers;

	private final PropertySourcesPlaceholdersResolver placeholders;

	private final RequestsProperties written;

	private final Map<String, ConfigurationPropertyName> names;

	private final Map<String, SessionProperties> sessions = new LinkedHashMap<>();

	/**
	 * Reads the configuration.
	 * @param environment where the properties are
	 * @throws RequestsConfigurationException if a key is unknown or a value cannot be
	 * read
	 */
	public ConfiguredSessions(Environment environment) {
		Iterable<ConfigurationPropertySource> all = ConfigurationPropertySources.get(environment);
		this.sources = spellOut(all);
		this.layers = new SessionLayers(this.sources);
		this.names = SessionNames.of(all);
		this.placeholders = strictPlaceholders(environment);
		this.written = bindAll();
		this.names.keySet().forEach((name) -> this.sessions.put(name, bindSession(name)));
		this.sessions.computeIfAbsent(DEFAULT_NAME, this::bindSession);
	}

	/**
	 * Reads the names alone, before anything is checked.
	 * @param environment where the properties are
	 * @return the names as they are written
	 */
	public static Set<String> names(Environment environment) {
		return SessionNames.of(ConfigurationPropertySources.get(environment)).keySet();
	}

	/**
	 * Reads whether a session is the primary one, before anything is checked.
	 * @param environment where the properties are
	 * @param name the name of the session as it is written
	 * @return whether it is marked as primary
	 */
	public static boolean isPrimary(Environment environment, String name) {
		ConfigurationPropertyName place = SessionNames.of(ConfigurationPropertySources.get(environment)).get(name);
		return place != null && Boolean.TRUE.equals(flag(environment, place.append("primary")));
	}

	/**
	 * Reads whether a session has a RestClient, before anything is checked.
	 * @param environment where the properties are
	 * @param name the name of the session as it is written
	 * @return whether the session or else the defaults ask for one
	 */
	public static boolean hasRestClient(Environment environment, String name) {
		ConfigurationPropertyName place = SessionNames.of(ConfigurationPropertySources.get(environment)).get(name);
		Boolean own = (place != null) ? flag(environment, place.append("rest-client")) : null;
		return Boolean.TRUE.equals((own != null) ? own : flag(environment, ROOT.append("defaults.rest-client")));
	}

	/** What cannot be read is reported when everything is checked. */
	private static @Nullable Boolean flag(Environment environment, ConfigurationPropertyName name) {
		try {
			return Binder.get(environment).bind(name, Bindable.of(Boolean.class)).orElse(null);
		}
		catch (BindException ex) {
			return null;
		}
	}

	/**
	 * The names of all sessions.
	 * @return the names as they are written
	 */
	public Set<String> names() {
		return this.names.keySet();
	}

	/**
	 * The settings of a session.
	 * @param name the name
	 * @return its settings; the defaults alone for {@link #DEFAULT_NAME} when it is not
	 * configured
	 * @throws IllegalArgumentException if there is no such session
	 */
	public SessionProperties get(String name) {
		SessionProperties session = this.sessions.get(name);
		Assert.notNull(session, () -> "There is no session '" + name + "' in the configuration, only " + names());
		return session;
	}

	/**
	 * The settings of interface clients.
	 * @return the settings by the name of the client or of its session
	 */
	public Map<String, RequestsProperties.Client> clients() {
		return this.written.clients();
	}

	/**
	 * The property that a setting of a session comes from.
	 * @param session the name of the session
	 * @param key the key below the session, such as {@code adapter.pool-maxsize}
	 * @return the property of the session or else of the defaults, with its origin;
	 * {@code null} if it is set nowhere
	 */
	public @Nullable ConfigurationProperty find(String session, String key) {
		return find(this.layers.of(name(session)), name(session).append(key));
	}

	private static @Nullable ConfigurationProperty find(List<IterableConfigurationPropertySource> layers,
			ConfigurationPropertyName name) {
		// Written out and read again, as names that were cut and joined lose count
		ConfigurationPropertyName whole = ConfigurationPropertyName.adapt(name.toString(), '.');
		for (IterableConfigurationPropertySource source : layers) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
			ConfigurationPropertyName like = source.stream()
				.filter((candidate) -> leadsTo(whole, candidate))
				.findFirst()
				.orElse(null);
			property = (like != null) ? source.getConfigurationProperty(like) : null;
			if (like != null && property != null) {
				boolean same = like.getNumberOfElements() == whole.getNumberOfElements();
				return same ? spelled(whole, property) : property;
			}
		}
		return null;
	}

	/** With the names that users chose as they were written: "X_Id", not "xid". */
	private static ConfigurationProperty spelled(ConfigurationPropertyName name, ConfigurationProperty property) {
		ConfigurationPropertyName above = property.getName();
		StringBuilder chosen = new StringBuilder();
		for (ConfigurationPropertyName rest = name; rest.isLastElementIndexed(); rest = rest.getParent()) {
			chosen.insert(0, "[" + rest.getLastElement(Form.ORIGINAL) + "]");
			above = above.getParent();
		}
		return new ConfigurationProperty(ConfigurationPropertyName.adapt(above.toString() + chosen, '.'),
				property.getValue(), property.getOrigin());
	}

	/**
	 * Whether a property is the one asked for or below it. Names that users chose stand
	 * in brackets here, which to Spring Boot are not equal to the same name without them
	 * if it has capitals or underscores.
	 */
	private static boolean leadsTo(ConfigurationPropertyName name, ConfigurationPropertyName candidate) {
		if (candidate.getNumberOfElements() < name.getNumberOfElements()) {
			return false;
		}
		for (int i = 0; i < name.getNumberOfElements(); i++) {
			Form form = name.chop(i + 1).isLastElementIndexed() ? Form.ORIGINAL : Form.UNIFORM;
			if (!name.getElement(i, form).equals(candidate.getElement(i, form))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Names a setting of a session for the reader of a message.
	 * @param session the name of the session
	 * @param key the key below the session
	 * @return the full name of the property and where it was set
	 */
	public String describe(String session, String key) {
		ConfigurationProperty property = find(session, key);
		return (property == null) ? name(session).append(key).toString()
				: property.getName() + " (" + property.getOrigin() + ")";
	}

	/**
	 * Makes the exception for a mistake in a session.
	 * @param session the name of the session
	 * @param key the key below the session
	 * @param problem what is wrong, as a sentence
	 * @param fix what to do, as a sentence
	 * @param cause the original error, or {@code null}
	 * @return the exception, to be thrown
	 */
	public RequestsConfigurationException mistake(String session, String key, String problem, String fix,
			@Nullable Throwable cause) {
		ConfigurationProperty property = find(session, key);
		String name = (property != null) ? property.getName().toString() : name(session).append(key).toString();
		Origin origin = (property != null) ? property.getOrigin() : null;
		return new RequestsConfigurationException(name, origin, problem, fix, cause);
	}

	/**
	 * Makes the exception for a mistake in the settings of clients.
	 * @param client the name below {@code requests.clients}
	 * @param method the method, or an empty text if the name of the client is wrong
	 * @param problem what is wrong, as a sentence
	 * @param fix what to do, as a sentence
	 * @return the exception, to be thrown
	 */
	public RequestsConfigurationException clientMistake(String client, String method, String problem, String fix) {
		ClientKeys keys = new ClientKeys(client, method);
		return new RequestsConfigurationException(keys.toString(), keys.origin(this.sources), problem, fix, null);
	}

	/** A placeholder "${TOKEN}" without a value must not be sent as it is. */
	private static PropertySourcesPlaceholdersResolver strictPlaceholders(Environment environment) {
		PropertySources sources = ((ConfigurableEnvironment) environment).getPropertySources();
		return new PropertySourcesPlaceholdersResolver(sources,
				new PropertyPlaceholderHelper("${", "}", ":", '\\', false));
	}

	private RequestsProperties bindAll() {
		KnownKeys.check(this.sources);
		BindHandler handler = new SettingsBindHandler(BindHandler.DEFAULT);
		return bind(this.sources, ROOT, Bindable.of(RequestsProperties.class), handler);
	}

	private SessionProperties bindSession(String name) {
		return bind(this.layers.of(name(name)), name(name), SESSION, BindHandler.DEFAULT);
	}

	private <T> T bind(List<IterableConfigurationPropertySource> layers, ConfigurationPropertyName name,
			Bindable<T> target, BindHandler handler) {
		try {
			return new Binder(new ArrayList<>(layers), this.placeholders).bindOrCreate(name, target, handler);
		}
		catch (BindException ex) {
			ConfigurationProperty property = ex.getProperty();
			throw BindMistakes.translate(ex, (property != null) ? property : find(layers, ex.getName()));
		}
	}

	private ConfigurationPropertyName name(String session) {
		ConfigurationPropertyName name = this.names.get(session);
		return (name != null) ? name : SessionNames.SESSIONS.append("[" + session + "]");
	}

	private static List<IterableConfigurationPropertySource> spellOut(Iterable<ConfigurationPropertySource> sources) {
		List<IterableConfigurationPropertySource> spelledOut = new ArrayList<>();
		sources.forEach((source) -> spelledOut.add(new ShortFormsSource(source)));
		return List.copyOf(spelledOut);
	}

}
