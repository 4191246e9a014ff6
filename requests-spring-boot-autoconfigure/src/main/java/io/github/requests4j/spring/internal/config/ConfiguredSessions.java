package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * The configured sessions with the defaults merged into them. Maps are merged by key,
 * lists are replaced, and {@code ssl} and {@code verify} with {@code cert} replace each
 * other as a group. Immutable.
 */
public final class ConfiguredSessions {

	/** The name of the session that exists even if no session is configured. */
	public static final String DEFAULT_NAME = "default";

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of(RequestsProperties.PREFIX);

	private static final Bindable<SessionProperties> SESSION = Bindable.of(SessionProperties.class);

	private static final ConfigurationPropertyName SESSIONS = ROOT.append("sessions");

	private final List<SettingsSource> sources;

	private final SessionLayers layers;

	private final RequestsProperties written;

	private final Map<String, ConfigurationPropertyName> names;

	private final Map<String, SessionProperties> sessions = new LinkedHashMap<>();

	/**
	 * Reads the configuration.
	 * @param environment the environment with the properties
	 * @throws RequestsConfigurationException if a key is unknown or a value cannot be
	 * read
	 */
	public ConfiguredSessions(Environment environment) {
		this.sources = SettingsSource.of(environment);
		this.sources.forEach(SettingsSource::check);
		this.layers = new SessionLayers(this.sources);
		this.names = places(this.sources);
		requireOneSpelling();
		this.written = bindAll();
		this.names.keySet().forEach((name) -> this.sessions.put(name, bindSession(name)));
		this.sessions.computeIfAbsent(DEFAULT_NAME, this::bindSession);
		addTokenSessions();
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
						bind(this.layers.forTokens(name(name)), name(name), SESSION, BindHandler.DEFAULT));
			}
		}
	}

	/**
	 * Returns the names of the sessions without checking the configuration.
	 * @param environment the environment with the properties
	 * @return the names as they are spelled in the configuration
	 */
	public static Set<String> names(Environment environment) {
		return places(SettingsSource.of(environment)).keySet();
	}

	/**
	 * Reads which sessions are declared, without checking the configuration.
	 * @param environment the environment with the properties
	 * @return the sessions in the order of the configuration
	 */
	public static List<Declaration> declared(Environment environment) {
		List<SettingsSource> sources = SettingsSource.of(environment);
		boolean restClients = Boolean.TRUE.equals(flag(sources, ROOT.append("defaults.rest-client")));
		List<Declaration> declared = new ArrayList<>();
		places(sources).forEach((name, place) -> {
			Boolean restClient = flag(sources, place.append("rest-client"));
			declared.add(new Declaration(name, Boolean.TRUE.equals(flag(sources, place.append("primary"))),
					(restClient != null) ? restClient : restClients));
		});
		return List.copyOf(declared);
	}

	/**
	 * What the definitions of beans depend on.
	 *
	 * @param name the name of the session as it is spelled in the configuration
	 * @param primary whether the session is marked as primary
	 * @param restClient whether the session, or otherwise the defaults, enable a
	 * RestClient bean
	 */
	public record Declaration(String name, boolean primary, boolean restClient) {
	}

	/**
	 * Returns whether a session, the defaults or a method of a client inherits deadlines,
	 * without checking the configuration.
	 * @param environment the environment with the properties
	 * @return {@code true} if a {@code deadline} key is {@code inherit}
	 */
	public static boolean inheritsDeadline(Environment environment) {
		for (SettingsSource source : SettingsSource.of(environment)) {
			boolean inherits = source.names()
				.filter((name) -> name.getLastElement(Form.UNIFORM).equals("deadline"))
				.map((name) -> valueOf(source, name))
				.anyMatch((value) -> value.strip().equalsIgnoreCase(CallDeadline.INHERIT));
			if (inherits) {
				return true;
			}
		}
		return false;
	}

	private static String valueOf(SettingsSource source, ConfigurationPropertyName name) {
		try {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			return (property != null) ? String.valueOf(property.getValue()) : "";
		}
		catch (RequestsConfigurationException ex) {
			// Reported later, when the configuration is read
			return "";
		}
	}

	/**
	 * Returns whether the calls of a session inherit deadlines.
	 * @param name the name of the session
	 * @return {@code true} if its deadline is {@code inherit}
	 */
	public boolean inheritsDeadline(String name) {
		SessionProperties session = this.sessions.get(name);
		return session != null && session.deadline() != null && session.deadline().isInherited();
	}

	private static @Nullable Boolean flag(List<SettingsSource> sources, ConfigurationPropertyName name) {
		try {
			ConfigurationProperty property = find(sources, name);
			return (property != null) ? "true".equalsIgnoreCase(String.valueOf(property.getValue())) : null;
		}
		catch (RequestsConfigurationException ex) {
			// Reported later, when the configuration is read
			return null;
		}
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
	private static Map<String, ConfigurationPropertyName> places(List<SettingsSource> sources) {
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

	/**
	 * Returns the names of all sessions.
	 * @return the names as they are spelled in the configuration
	 */
	public Set<String> names() {
		return this.names.keySet();
	}

	/**
	 * Returns the settings of a session.
	 * @param name the name
	 * @return its settings; only the defaults for {@link #DEFAULT_NAME} if it is not
	 * configured, and only those of the transport for a session for tokens
	 * @throws IllegalArgumentException if there is no such session
	 */
	public SessionProperties get(String name) {
		SessionProperties session = this.sessions.get(name);
		Assert.notNull(session, () -> "There is no session '" + name + "' in the configuration, only " + names());
		return session;
	}

	/**
	 * Returns the settings of interface clients.
	 * @return the settings by the name of the client or of its session
	 */
	public Map<String, RequestsProperties.Client> clients() {
		return this.written.clients();
	}

	/**
	 * Returns the settings of Redis, which all sessions share.
	 * @return the settings
	 */
	public RequestsProperties.Redis redis() {
		return this.written.redis();
	}

	/**
	 * Returns whether a session or the defaults ask for something in Redis, without
	 * checking the configuration.
	 * @param environment the environment with the properties
	 * @return whether a key {@code store} has the value {@code redis}
	 */
	public static boolean useRedis(Environment environment) {
		return SettingsSource.of(environment)
			.stream()
			.anyMatch((source) -> source.names()
				.filter((name) -> name.getLastElement(Form.UNIFORM).equals("store"))
				.anyMatch((name) -> isRedis(source, name)));
	}

	private static boolean isRedis(SettingsSource source, ConfigurationPropertyName name) {
		try {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			return property != null && "redis".equalsIgnoreCase(String.valueOf(property.getValue()));
		}
		catch (RequestsConfigurationException ex) {
			// Reported later, when the configuration is read
			return false;
		}
	}

	/**
	 * Returns the exception for a session that asks for Redis in an application without
	 * it.
	 * @param session the name of the session
	 * @param key the key below the session, such as {@code cache.store}
	 * @return the exception to throw
	 */
	public RequestsConfigurationException redisMissing(String session, String key) {
		boolean present = ClassUtils.isPresent("org.springframework.data.redis.connection.RedisConnectionFactory",
				ClassUtils.getDefaultClassLoader());
		return present ? mistake(session, key,
				"The store 'redis' requires exactly one bean, or one primary bean, of type RedisConnectionFactory.",
				"Do not exclude DataRedisAutoConfiguration, or declare such a bean.", null)
				: mistake(session, key, "The store 'redis' requires Spring Data Redis, which is not on the class path.",
						"Add the dependency org.springframework.boot:spring-boot-starter-data-redis.", null);
	}

	/**
	 * Returns the exception for a mistake in a key below {@code requests.redis}.
	 * @param key the key, such as {@code prefix}
	 * @param problem what is wrong, as a sentence
	 * @param fix what to do, as a sentence
	 * @return the exception to throw
	 */
	public RequestsConfigurationException redisMistake(String key, String problem, String fix) {
		ConfigurationPropertyName name = ROOT.append("redis." + key);
		ConfigurationProperty property = find(this.sources, name);
		return new RequestsConfigurationException(name.toString(), (property != null) ? property.getOrigin() : null,
				problem, fix, null);
	}

	/**
	 * Returns the settings for the name of a Java element.
	 * @param <T> the type of the settings
	 * @param settings the settings by name
	 * @param name the name of a client or a method
	 * @return the settings with this name, or with the spelling of the name in
	 * environment variables; {@code null} if there are none
	 */
	public static <T> @Nullable T find(Map<String, T> settings, String name) {
		T exact = settings.get(name);
		return (exact != null) ? exact : settings.get(KeyText.uniform(name));
	}

	/**
	 * Returns the configuration key of a session setting.
	 * @param setting the name of the setting in Java, such as {@code maxBody}
	 * @return the key below a session, such as {@code limits.max-body}, or the name
	 * itself if there is none
	 */
	public static String keyOf(String setting) {
		String key = KnownKeys.sessionKey(setting);
		return (key != null) ? key : setting;
	}

	/**
	 * Returns whether a configured name refers to a Java element.
	 * @param configured the name below {@code requests.clients}
	 * @param name the name of a client or a method
	 * @return {@code true} if the names are equal, or if this is the spelling of the name
	 * in environment variables
	 */
	public static boolean isNameOf(String configured, String name) {
		return configured.equals(name) || configured.equals(KeyText.uniform(name));
	}

	/**
	 * Returns the property that determines a setting of a session.
	 * @param session the name of the session
	 * @param key the key below the session, such as {@code adapter.pool-maxsize}
	 * @return the property of the session or otherwise of the defaults, with its origin;
	 * {@code null} if neither is set
	 */
	public @Nullable ConfigurationProperty find(String session, String key) {
		return find(layers(session), name(session).append(key));
	}

	private List<IterableConfigurationPropertySource> layers(String session) {
		boolean configured = this.names.containsKey(session) || session.equals(DEFAULT_NAME);
		return configured ? this.layers.of(name(session)) : this.layers.forTokens(name(session));
	}

	private static @Nullable ConfigurationProperty find(List<? extends IterableConfigurationPropertySource> layers,
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

	/**
	 * Returns the description of a session setting for a message.
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
	 * Returns the exception for a mistake in the configuration of a session.
	 * @param session the name of the session
	 * @param key the key below the session
	 * @param problem what is wrong, as a sentence
	 * @param fix what to do, as a sentence
	 * @param cause the original error, or {@code null}
	 * @return the exception to throw
	 */
	public RequestsConfigurationException mistake(String session, String key, String problem, String fix,
			@Nullable Throwable cause) {
		ConfigurationProperty property = find(session, key);
		String name = (property != null) ? property.getName().toString() : name(session).append(key).toString();
		Origin origin = (property != null) ? property.getOrigin() : originAbove(session, key);
		return new RequestsConfigurationException(name, origin, problem, fix, cause);
	}

	/**
	 * Returns where the closest group above a missing key was set, or null if that is
	 * unknown.
	 */
	private @Nullable Origin originAbove(String session, String key) {
		ConfigurationPropertyName whole = name(session).append(key);
		for (int size = whole.getNumberOfElements() - 1; size > SESSIONS.getNumberOfElements(); size--) {
			ConfigurationPropertyName above = KeyText.chop(whole, size);
			ConfigurationProperty property = find(this.layers.of(name(session)), above);
			if (property != null) {
				return property.getOrigin();
			}
		}
		return null;
	}

	/**
	 * Returns the exception for a mistake in the settings of clients.
	 * @param client the name below {@code requests.clients}
	 * @param method the method, or an empty string for the client itself
	 * @param key the key below the client or the method, or an empty string if the name
	 * is wrong
	 * @param problem what is wrong, as a sentence
	 * @param fix what to do, as a sentence
	 * @return the exception to throw
	 */
	public RequestsConfigurationException clientMistake(String client, String method, String key, String problem,
			String fix) {
		ClientKeys keys = new ClientKeys(client, method, key);
		return new RequestsConfigurationException(keys.toString(), keys.origin(this.sources), problem, fix, null);
	}

	private RequestsProperties bindAll() {
		BindHandler handler = new SettingsBindHandler(BindHandler.DEFAULT);
		return bind(this.sources, ROOT, Bindable.of(RequestsProperties.class), handler);
	}

	private SessionProperties bindSession(String name) {
		return bind(this.layers.of(name(name)), name(name), SESSION, BindHandler.DEFAULT);
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

	private ConfigurationPropertyName name(String session) {
		ConfigurationPropertyName name = this.names.get(session);
		return (name != null) ? name : SESSIONS.append("[" + session + "]");
	}

}
