package io.github.requests4j.spring.internal.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Detects unknown keys and suggests the closest known one. The keys are the components of
 * {@link RequestsProperties} and of the records below it.
 */
final class KnownKeys {

	/** Keys of the test module. */
	private static final ConfigurationPropertyName TEST_KEYS = ConfigurationPropertyName
		.of(RequestsProperties.PREFIX + ".test");

	private static final int MAX_LISTED = 12;

	private static final Set<String> SINGLE_SESSION_KEYS = Set.of("baseurl", "primary", "auth");

	private static final Set<String> NAMED_BY_USERS = Set.of("sessions", "clients", "adapters");

	private KnownKeys() {
	}

	/**
	 * Returns whether a name is under sessions, defaults or clients, so that it must be a
	 * key of this library.
	 */
	static boolean isBelowArea(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2
				&& find(RequestsProperties.class.getRecordComponents(), name.getElement(1, Form.UNIFORM)) != null;
	}

	/** Returns whether a name belongs to the test module, which reads it itself. */
	static boolean isTestKey(ConfigurationPropertyName name) {
		return TEST_KEYS.isAncestorOf(name);
	}

	/** Returns whether a key exists. */
	static boolean contains(ConfigurationPropertyName name) {
		return firstUnknown(name).element() < 0;
	}

	/**
	 * Returns whether a key is in the defaults but can only be set for a single session.
	 */
	static boolean isSingleSessionKey(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2 && name.getElement(1, Form.UNIFORM).equals("defaults")
				&& SINGLE_SESSION_KEYS.contains(name.getElement(2, Form.UNIFORM));
	}

	/** Returns the key that a session supports and the defaults do not, or null. */
	static @Nullable String singleSessionKey(ConfigurationPropertyName name) {
		if (name.getNumberOfElements() <= 2 || !name.getElement(1, Form.UNIFORM).equals("defaults")) {
			return null;
		}
		String word = name.getElement(2, Form.UNIFORM);
		String key = KeySynonyms.of(word).isEmpty() ? sessionKey(word) : KeySynonyms.of(word).get(0);
		return (key != null && SINGLE_SESSION_KEYS.contains(KeyText.uniform(key.split("[.]")[0]))) ? key : null;
	}

	/**
	 * Returns the session key that was written directly under {@code requests}, or null.
	 */
	static @Nullable String misplaced(ConfigurationPropertyName unknown) {
		String word = unknown.getElement(1, Form.UNIFORM);
		List<String> meant = KeySynonyms.of(word);
		return (firstUnknown(unknown).element() != 1) ? null : meant.isEmpty() ? sessionKey(word) : meant.get(0);
	}

	/**
	 * Returns the session key that was written under a client or one of its methods, or
	 * null.
	 */
	static @Nullable String onlyOfSession(ConfigurationPropertyName unknown) {
		int wrong = firstUnknown(unknown).element();
		return (wrong > 2 && unknown.getElement(1, Form.UNIFORM).equals("clients"))
				? sessionKey(unknown.getElement(wrong, Form.UNIFORM)) : null;
	}

	/**
	 * Returns whether the unknown element is directly under a user-chosen name. This
	 * happens if a name with dots is not in brackets.
	 */
	static boolean isBelowChosenName(ConfigurationPropertyName unknown) {
		int wrong = firstUnknown(unknown).element();
		return wrong > 2 && wrong + 1 < unknown.getNumberOfElements()
				&& NAMED_BY_USERS.contains(unknown.getElement(wrong - 2, Form.UNIFORM));
	}

	/**
	 * Returns the session key that was written below the headers by mistake, usually
	 * because of too much indentation, or null. Header names have no dots.
	 */
	static @Nullable String swallowedByHeaders(ConfigurationPropertyName name) {
		int last = name.getNumberOfElements() - 1;
		if (last < 3 || !name.getElement(last - 1, Form.UNIFORM).equals("headers")) {
			return null;
		}
		String header = name.getElement(last, Form.ORIGINAL);
		if (header.indexOf('.') < 0) {
			return null;
		}
		String above = KeyText.spelling(name, 0, last - 1) + ".";
		return Stream.of(above + header, above + "adapter." + header)
			.filter(KnownKeys::isUsable)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Returns the correct key for a session that was written directly below
	 * {@code requests}, or null.
	 */
	static @Nullable String withoutSessions(ConfigurationPropertyName unknown) {
		if (unknown.getNumberOfElements() <= 2 || firstUnknown(unknown).element() != 1) {
			return null;
		}
		String key = RequestsProperties.PREFIX + ".sessions."
				+ KeyText.spelling(unknown, 1, unknown.getNumberOfElements());
		return isUsable(key) ? key : null;
	}

	/** Returns the keys of the group, or an empty list if there are too many to show. */
	static List<String> siblings(ConfigurationPropertyName unknown) {
		Class<?> group = raw(firstUnknown(unknown).type());
		List<String> keys = group.isRecord() ? of(group) : List.of();
		return (keys.size() <= MAX_LISTED) ? keys : List.of();
	}

	/** Returns the keys of a group in dashed form. */
	static List<String> of(Class<?> group) {
		return Stream.of(group.getRecordComponents()).map(KeyText::keyOf).toList();
	}

	/**
	 * Returns the full names that an unknown name may stand for: its synonyms, the same
	 * key in another group, or the key with the most similar spelling. Empty if there are
	 * none.
	 */
	static List<String> suggestions(ConfigurationPropertyName unknown) {
		Place place = firstUnknown(unknown);
		RecordComponent[] keys = raw(place.type()).getRecordComponents();
		if (place.element() < 0 || keys == null) {
			return List.of();
		}
		String word = unknown.getElement(place.element(), Form.UNIFORM);
		String group = KeyText.spelling(unknown, 0, place.element());
		List<String> suggestions = Stream.of(group, area(unknown))
			.flatMap((above) -> KeySynonyms.of(word).stream().map((key) -> above + "." + key))
			.filter(KnownKeys::isUsable)
			.distinct()
			.toList();
		boolean inArea = Set.of("sessions", "defaults", "clients").contains(unknown.getElement(1, Form.UNIFORM));
		if (suggestions.isEmpty() && inArea) {
			String elsewhere = sessionKey(word);
			suggestions = Stream.ofNullable(elsewhere)
				.map((key) -> area(unknown) + "." + key)
				.filter(KnownKeys::isUsable)
				.toList();
		}
		String near = suggestions.isEmpty() ? SimilarNames.closest(unknown.getElement(place.element(), Form.DASHED),
				Stream.of(keys).map(KeyText::keyOf).toList()) : null;
		return (near != null) ? List.of(group + "." + near) : suggestions;
	}

	/**
	 * Returns the name of the session, the client, its method or the defaults that a key
	 * is under.
	 */
	private static String area(ConfigurationPropertyName name) {
		boolean defaults = name.getElement(1, Form.UNIFORM).equals("defaults");
		boolean method = name.getNumberOfElements() > 3 && name.getElement(1, Form.UNIFORM).equals("clients")
				&& name.getElement(3, Form.UNIFORM).equals("methods");
		return KeyText.spelling(name, 0, Math.min(defaults ? 2 : method ? 5 : 3, name.getNumberOfElements()));
	}

	private static boolean isUsable(String key) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
		return contains(name);
	}

	/** Returns the path of a session key by its name without dashes, or null. */
	static @Nullable String sessionKey(String uniform) {
		return find(SessionProperties.class, "", uniform);
	}

	/**
	 * Returns the path of the first key of a name in a group, or null. The keys of the
	 * group itself come first.
	 */
	private static @Nullable String find(Class<?> group, String above, String uniform) {
		for (RecordComponent key : group.getRecordComponents()) {
			if (KeyText.isKeyOf(key, uniform)) {
				return above + KeyText.keyOf(key);
			}
		}
		for (RecordComponent key : group.getRecordComponents()) {
			String below = key.getType().isRecord() ? find(key.getType(), above + KeyText.keyOf(key) + ".", uniform)
					: null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	/**
	 * The first unknown element of a name, and the type that does not have it.
	 */
	private record Place(Type type, int element) {
	}

	private static Place firstUnknown(ConfigurationPropertyName name) {
		Type type = RequestsProperties.class;
		for (int i = 1; i < name.getNumberOfElements(); i++) {
			Class<?> raw = raw(type);
			if (i == 2 && isSingleSessionKey(name)) {
				return new Place(type, i);
			}
			if (Map.class.isAssignableFrom(raw)) {
				type = ((ParameterizedType) type).getActualTypeArguments()[1];
				if (!raw(type).isRecord()) {
					return new Place(type, -1);
				}
			}
			else if (Collection.class.isAssignableFrom(raw) && name.isNumericIndex(i)) {
				type = ((ParameterizedType) type).getActualTypeArguments()[0];
			}
			else {
				RecordComponent[] keys = raw.getRecordComponents();
				RecordComponent key = (keys != null) ? find(keys, name.getElement(i, Form.UNIFORM)) : null;
				if (key == null) {
					return new Place(type, i);
				}
				type = key.getGenericType();
			}
		}
		return new Place(type, -1);
	}

	private static @Nullable RecordComponent find(RecordComponent[] keys, String uniform) {
		for (RecordComponent key : keys) {
			if (KeyText.isKeyOf(key, uniform)) {
				return key;
			}
		}
		return null;
	}

	private static Class<?> raw(Type type) {
		return (type instanceof ParameterizedType generic) ? (Class<?>) generic.getRawType() : (Class<?>) type;
	}

}
