package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * The configured sessions with the defaults merged into them. Maps are merged by key,
 * lists are replaced, and {@code ssl} and {@code verify} with {@code cert} replace each
 * other as a group. A refresh replaces all settings together. Thread-safe.
 */
public final class ConfiguredSessions {

	/** The name of the session that exists even if no session is configured. */
	public static final String DEFAULT_NAME = "default";

	private final SettingsSnapshot started;

	private volatile SettingsSnapshot current;

	private volatile @Nullable Preparation preparation;

	/**
	 * Reads the configuration.
	 * @param environment the environment with the properties
	 * @throws RequestsConfigurationException if a key is unknown or a value cannot be
	 * read
	 */
	public ConfiguredSessions(Environment environment) {
		this.started = new SettingsSnapshot(environment);
		this.current = this.started;
	}

	/**
	 * The new settings while they are being prepared.
	 *
	 * @param thread the thread that sees them
	 * @param settings the settings
	 */
	private record Preparation(Thread thread, SettingsSnapshot settings) {
	}

	private SettingsSnapshot now() {
		Preparation preparing = this.preparation;
		return (preparing != null && preparing.thread() == Thread.currentThread()) ? preparing.settings()
				: this.current;
	}

	/**
	 * Reads the configuration again, without using it yet.
	 * @param environment the environment with the properties
	 * @return what is different
	 * @throws RequestsConfigurationException if a key is unknown or a value cannot be
	 * read
	 */
	public SettingsChange read(Environment environment) {
		return new SettingsChange(this.started, this.current, new SettingsSnapshot(environment));
	}

	/**
	 * Runs an action that prepares a change. It sees the new settings, while other
	 * threads see the current ones. The caller must prevent concurrent preparations.
	 * @param change the change
	 * @param action what to do
	 */
	public void prepare(SettingsChange change, Runnable action) {
		this.preparation = new Preparation(Thread.currentThread(), change.after());
		try {
			action.run();
		}
		finally {
			this.preparation = null;
		}
	}

	/**
	 * Runs an action that sees the current settings, even if this thread is preparing a
	 * change.
	 * @param <T> the type of the result
	 * @param action what to do
	 * @return its result
	 */
	public <T> T withCurrent(Supplier<T> action) {
		Preparation preparing = this.preparation;
		if (preparing == null || preparing.thread() != Thread.currentThread()) {
			return action.get();
		}
		this.preparation = null;
		try {
			return action.get();
		}
		finally {
			this.preparation = preparing;
		}
	}

	/**
	 * Makes the new settings of a change the current ones.
	 * @param change the change
	 */
	public void apply(SettingsChange change) {
		this.current = change.after().forSessionsOf(change.before());
	}

	/**
	 * Returns an object that identifies the current settings.
	 * @return the same object until a change is applied
	 */
	public Object version() {
		return this.current;
	}

	/**
	 * Returns the names of the sessions without checking the configuration.
	 * @param environment the environment with the properties
	 * @return the names as they are spelled in the configuration
	 */
	public static Set<String> names(Environment environment) {
		return SettingsSnapshot.places(SettingsSource.of(environment)).keySet();
	}

	/**
	 * Reads which sessions are declared, without checking the configuration.
	 * @param environment the environment with the properties
	 * @return the sessions in the order of the configuration
	 */
	public static List<Declaration> declared(Environment environment) {
		List<SettingsSource> sources = SettingsSource.of(environment);
		boolean restClients = Boolean.TRUE.equals(flag(sources, SettingsSnapshot.ROOT.append("defaults.rest-client")));
		List<Declaration> declared = new ArrayList<>();
		SettingsSnapshot.places(sources).forEach((name, place) -> {
			Boolean restClient = flag(sources, place.append("rest-client"));
			declared.add(new Declaration(name, Boolean.TRUE.equals(flag(sources, place.append("primary"))),
					(restClient != null) ? restClient : restClients));
		});
		return List.copyOf(declared);
	}

	/**
	 * The settings of a session that bean definitions depend on.
	 *
	 * @param name the name of the session as it is spelled in the configuration
	 * @param primary whether the session is marked as primary
	 * @param restClient whether the session, or otherwise the defaults, enable a
	 * RestClient bean
	 */
	public record Declaration(String name, boolean primary, boolean restClient) {
	}

	/**
	 * Finds a session, a method of a client or the defaults that inherit deadlines. Only
	 * reads keys that end in {@code deadline}, because this check also runs in
	 * applications that do not use deadlines.
	 * @param environment the environment with the properties
	 * @return a {@code deadline} key that is {@code inherit}, or {@code null} if there is
	 * none
	 */
	public static @Nullable String inheritedDeadline(Environment environment) {
		for (PropertySource<?> source : ((ConfigurableEnvironment) environment).getPropertySources()) {
			if (source instanceof EnumerablePropertySource<?> known) {
				for (String name : known.getPropertyNames()) {
					if (isDeadline(name) && CallDeadline.INHERIT.equalsIgnoreCase(
							environment.resolvePlaceholders(String.valueOf(known.getProperty(name))).strip())) {
						return name;
					}
				}
			}
		}
		return null;
	}

	private static boolean isDeadline(String name) {
		return name.regionMatches(true, 0, RequestsProperties.PREFIX, 0, RequestsProperties.PREFIX.length())
				&& name.regionMatches(true, name.length() - 8, "deadline", 0, 8);
	}

	/**
	 * Returns whether the calls of a session inherit deadlines.
	 * @param name the name of the session
	 * @return {@code true} if its deadline is {@code inherit}
	 */
	public boolean inheritsDeadline(String name) {
		SessionProperties session = now().session(name);
		return session != null && session.deadline() != null && session.deadline().isInherited();
	}

	private static @Nullable Boolean flag(List<SettingsSource> sources, ConfigurationPropertyName name) {
		try {
			ConfigurationProperty property = SettingsSnapshot.find(sources, name);
			return (property != null) ? "true".equalsIgnoreCase(String.valueOf(property.getValue())) : null;
		}
		catch (RequestsConfigurationException ex) {
			// Reported later, when the configuration is read
			return null;
		}
	}

	/**
	 * Returns the names of all sessions.
	 * @return the names as they are spelled in the configuration
	 */
	public Set<String> names() {
		return now().names().keySet();
	}

	/**
	 * Returns whether a session has settings.
	 * @param name the name
	 * @return {@code true} for the configured sessions, for {@link #DEFAULT_NAME}, and
	 * for the sessions for tokens that are not configured
	 */
	public boolean contains(String name) {
		return now().session(name) != null;
	}

	/**
	 * Returns the settings of a session.
	 * @param name the name
	 * @return its settings; only the defaults for {@link #DEFAULT_NAME} if it is not
	 * configured, and only those of the transport for a session for tokens
	 * @throws IllegalArgumentException if there is no such session
	 */
	public SessionProperties get(String name) {
		SessionProperties session = now().session(name);
		Assert.notNull(session, () -> "There is no session '" + name + "' in the configuration, only " + names());
		return session;
	}

	/**
	 * Returns the settings of interface clients.
	 * @return the settings by the name of the client or of its session
	 */
	public Map<String, RequestsProperties.Client> clients() {
		return now().written().clients();
	}

	/**
	 * Returns the settings of Redis, which all sessions share.
	 * @return the settings
	 */
	public RequestsProperties.Redis redis() {
		return now().written().redis();
	}

	/**
	 * Returns what metrics and traces record of exchanges.
	 * @return the settings
	 */
	public RequestsProperties.Observation observation() {
		return now().written().observation();
	}

	/**
	 * Returns whether a session or the defaults use Redis, without checking the
	 * configuration.
	 * @param environment the environment with the properties
	 * @return {@code true} if a key named {@code store} has the value {@code redis}
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
	 * Returns the exception for a session that uses Redis in an application without it.
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
		ConfigurationPropertyName name = SettingsSnapshot.ROOT.append("redis." + key);
		ConfigurationProperty property = SettingsSnapshot.find(now().sources(), name);
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
		SettingsSnapshot now = now();
		return SettingsSnapshot.find(now.layers(session), now.place(session).append(key));
	}

	/**
	 * Returns the description of a session setting for a message.
	 * @param session the name of the session
	 * @param key the key below the session
	 * @return the full name of the property and where it was set
	 */
	public String describe(String session, String key) {
		ConfigurationProperty property = find(session, key);
		return (property == null) ? now().place(session).append(key).toString()
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
		String name = (property != null) ? KeyText.written(property.getName())
				: now().place(session).append(key).toString();
		Origin origin = (property != null) ? property.getOrigin() : originAbove(session, key);
		return new RequestsConfigurationException(name, origin, problem, fix, cause);
	}

	/**
	 * Returns where the closest group above a missing key was set, or null if that is
	 * unknown.
	 */
	private @Nullable Origin originAbove(String session, String key) {
		ConfigurationPropertyName whole = now().place(session).append(key);
		for (int size = whole.getNumberOfElements() - 1; size > SettingsSnapshot.SESSIONS
			.getNumberOfElements(); size--) {
			ConfigurationPropertyName above = KeyText.chop(whole, size);
			ConfigurationProperty property = SettingsSnapshot.find(now().layers(session), above);
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
		return new RequestsConfigurationException(keys.toString(), keys.origin(now().sources()), problem, fix, null);
	}

}
