package io.github.requests4j.spring.internal.config;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

/**
 * Merges the settings of client methods key by key. Those of a method override those of
 * its client, and those under the name of the client override those under the name of its
 * session. Retries of the transport and a named retry replace each other, because their
 * numbers of attempts would multiply.
 */
public final class ClientSettings {

	private static final RequestsProperties.Method UNSET = new RequestsProperties.Method(null, null, null, null, null,
			null, null, null);

	private ClientSettings() {
	}

	/**
	 * Returns the settings of one method, without those of the session.
	 * @param clients the settings of clients by name
	 * @param client the name of the client
	 * @param session the name of its session, or an empty string if it names none
	 * @param method the name of the method
	 * @return the settings, or {@code null} if none are set
	 */
	public static RequestsProperties.@Nullable Method of(Map<String, RequestsProperties.Client> clients, String client,
			String session, String method) {
		List<RequestsProperties.Client> named = new ArrayList<>();
		for (String name : List.of(client, session)) {
			RequestsProperties.Client found = ConfiguredSessions.find(clients, name);
			if (found != null) {
				named.add(found);
			}
		}
		List<RequestsProperties.Method> levels = new ArrayList<>();
		named.stream()
			.map((found) -> ConfiguredSessions.find(found.methods(), method))
			.filter(Objects::nonNull)
			.forEach(levels::add);
		named.stream()
			.map(RequestsProperties.Client::common)
			.filter((level) -> !level.equals(UNSET))
			.forEach(levels::add);
		RequestsProperties.Method merged = null;
		for (RequestsProperties.Method level : levels) {
			merged = (merged != null) ? merge(merged, withOneRetry(level, merged)) : level;
		}
		return merged;
	}

	/** Drops the kind of retries that the level below has replaced. */
	private static RequestsProperties.Method withOneRetry(RequestsProperties.Method level,
			RequestsProperties.Method below) {
		SessionProperties.Resilience names = level.resilience();
		boolean named = below.resilience() != null && StringUtils.hasLength(below.resilience().retry());
		boolean transport = below.maxRetries() != null && !below.maxRetries().isOff();
		return new RequestsProperties.Method(level.connectTimeout(), level.readTimeout(), level.deadline(),
				level.allowRedirects(), level.idempotencyKey(), level.cache(), named ? null : level.maxRetries(),
				(transport && names != null) ? names.withRetry(null) : names);
	}

	/**
	 * Merges two groups of settings, including the groups in them.
	 * @param <T> the group
	 * @param own the settings, or {@code null}
	 * @param inherited the settings that are used where the others are {@code null}, or
	 * {@code null}
	 * @return the merged settings, or {@code null} if both are
	 */
	public static <T extends Record> @Nullable T orElse(@Nullable T own, @Nullable T inherited) {
		return (own != null && inherited != null) ? merge(own, inherited) : (own != null) ? own : inherited;
	}

	@SuppressWarnings("unchecked")
	private static <T extends Record> T merge(T own, T inherited) {
		RecordComponent[] components = own.getClass().getRecordComponents();
		@Nullable Object[] merged = new Object[components.length];
		for (int i = 0; i < components.length; i++) {
			Object value = ReflectionUtils.invokeMethod(components[i].getAccessor(), own);
			Object other = ReflectionUtils.invokeMethod(components[i].getAccessor(), inherited);
			merged[i] = (value instanceof Record group && other instanceof Record above) ? merge(group, above)
					: (value != null) ? value : other;
		}
		return (T) BeanUtils.instantiateClass(BeanUtils.getResolvableConstructor(own.getClass()), merged);
	}

}
