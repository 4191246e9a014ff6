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

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Detects unknown keys and suggests the closest known one. The keys are the components of
 * {@link RequestsProperties} and of the records below it.
 */
final class KnownKeys {

	/** Keys of the test module. */
	private static final ConfigurationPropertyName OF_TESTS = ConfigurationPropertyName
		.of(RequestsProperties.PREFIX + ".test");

	private static final int MOST_EDITS = 3;

	private static final int MOST_LISTED = 12;

	private static final Set<String> OF_ONE_SESSION = Set.of("baseurl", "primary", "auth");

	private static final Set<String> NAMED_BY_USERS = Set.of("sessions", "clients", "adapters");

	private KnownKeys() {
	}

	/**
	 * Whether a name is below those of sessions, defaults or clients, so that it can only
	 * be meant for them.
	 */
	static boolean isBelowArea(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2
				&& find(RequestsProperties.class.getRecordComponents(), name.getElement(1, Form.UNIFORM)) != null;
	}

	/** Whether a name belongs to the test module, which reads it itself. */
	static boolean isOfTests(ConfigurationPropertyName name) {
		return OF_TESTS.isAncestorOf(name);
	}

	/** Whether there is such a key. */
	static boolean contains(ConfigurationPropertyName name) {
		return firstUnknown(name).element() < 0;
	}

	/**
	 * Whether sessions cannot have it in common, although it is among the defaults.
	 */
	static boolean isOfOneSession(ConfigurationPropertyName name) {
		return name.getNumberOfElements() > 2 && name.getElement(1, Form.UNIFORM).equals("defaults")
				&& OF_ONE_SESSION.contains(name.getElement(2, Form.UNIFORM));
	}

	/** The key that one session can have and the defaults cannot, or null. */
	static @Nullable String keyOfOneSession(ConfigurationPropertyName name) {
		if (name.getNumberOfElements() <= 2 || !name.getElement(1, Form.UNIFORM).equals("defaults")) {
			return null;
		}
		String word = name.getElement(2, Form.UNIFORM);
		String key = KeySynonyms.of(word).isEmpty() ? ofSession(word) : KeySynonyms.of(word).get(0);
		return (key != null && OF_ONE_SESSION.contains(KeyText.uniform(key.split("[.]")[0]))) ? key : null;
	}

	/**
	 * The key of a session that was written right below {@code requests}, or null.
	 */
	static @Nullable String misplaced(ConfigurationPropertyName unknown) {
		String word = unknown.getElement(1, Form.UNIFORM);
		List<String> meant = KeySynonyms.of(word);
		return (firstUnknown(unknown).element() != 1) ? null : meant.isEmpty() ? ofSession(word) : meant.get(0);
	}

	/**
	 * Whether what is wrong is right below a name that users choose, as the rest of such
	 * a name does that has dots and no brackets.
	 */
	static boolean isBelowChosenName(ConfigurationPropertyName unknown) {
		int wrong = firstUnknown(unknown).element();
		return wrong > 2 && wrong + 1 < unknown.getNumberOfElements()
				&& NAMED_BY_USERS.contains(unknown.getElement(wrong - 2, Form.UNIFORM));
	}

	/**
	 * The key of a session that was written below its headers, as happens to lines with
	 * too much indentation, or null. Names of headers have no dots.
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
	 * The key that was meant by one right below {@code requests} with the name of a
	 * session, or null.
	 */
	static @Nullable String withoutSessions(ConfigurationPropertyName unknown) {
		if (unknown.getNumberOfElements() <= 2 || firstUnknown(unknown).element() != 1) {
			return null;
		}
		String key = RequestsProperties.PREFIX + ".sessions."
				+ KeyText.spelling(unknown, 1, unknown.getNumberOfElements());
		return isUsable(key) ? key : null;
	}

	/** The keys of the group that has no such key; empty if they are too many to list. */
	static List<String> siblings(ConfigurationPropertyName unknown) {
		Class<?> group = raw(firstUnknown(unknown).type());
		List<String> keys = group.isRecord() ? of(group) : List.of();
		return (keys.size() <= MOST_LISTED) ? keys : List.of();
	}

	/** The keys of a group as they are written. */
	static List<String> of(Class<?> group) {
		return Stream.of(group.getRecordComponents())
			.map((key) -> DataObjectPropertyName.toDashedForm(key.getName()))
			.toList();
	}

	/**
	 * The full names that may be meant by one that is not known: what others call it, the
	 * same key at another place, or one with few other letters. Empty when nothing is
	 * near.
	 */
	static List<String> likely(ConfigurationPropertyName unknown) {
		Place place = firstUnknown(unknown);
		RecordComponent[] keys = raw(place.type()).getRecordComponents();
		if (place.element() < 0 || keys == null) {
			return List.of();
		}
		String word = unknown.getElement(place.element(), Form.UNIFORM);
		String group = KeyText.spelling(unknown, 0, place.element());
		List<String> likely = Stream.of(group, area(unknown))
			.flatMap((above) -> KeySynonyms.of(word).stream().map((key) -> above + "." + key))
			.filter(KnownKeys::isUsable)
			.distinct()
			.toList();
		if (likely.isEmpty() && raw(place.type()) == RequestsProperties.Client.class
				&& find(RequestsProperties.Method.class.getRecordComponents(), word) != null) {
			return List.of(group + ".methods.<method>." + unknown.getElement(place.element(), Form.DASHED));
		}
		boolean ofSession = Set.of("sessions", "defaults").contains(unknown.getElement(1, Form.UNIFORM));
		if (likely.isEmpty() && ofSession) {
			String elsewhere = ofSession(word);
			likely = Stream.ofNullable(elsewhere)
				.map((key) -> area(unknown) + "." + key)
				.filter(KnownKeys::isUsable)
				.toList();
		}
		String near = likely.isEmpty() ? closest(keys, unknown.getElement(place.element(), Form.DASHED)) : null;
		return (near != null) ? List.of(group + "." + near) : likely;
	}

	/** The session, the defaults, or whatever else the key is below. */
	private static String area(ConfigurationPropertyName name) {
		boolean defaults = name.getElement(1, Form.UNIFORM).equals("defaults");
		return KeyText.spelling(name, 0, Math.min(defaults ? 2 : 3, name.getNumberOfElements()));
	}

	private static boolean isUsable(String key) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(key, '.');
		return contains(name);
	}

	/** The path of a key of a session by its name without dashes, or null. */
	static @Nullable String ofSession(String uniform) {
		return find(SessionProperties.class, "", uniform);
	}

	/** The path of a key somewhere below a group, the least deep one. */
	private static @Nullable String find(Class<?> group, String above, String uniform) {
		for (RecordComponent key : group.getRecordComponents()) {
			if (key.getName().equalsIgnoreCase(uniform)) {
				return above + DataObjectPropertyName.toDashedForm(key.getName());
			}
		}
		for (RecordComponent key : group.getRecordComponents()) {
			String below = key.getType().isRecord()
					? find(key.getType(), above + DataObjectPropertyName.toDashedForm(key.getName()) + ".", uniform)
					: null;
			if (below != null) {
				return below;
			}
		}
		return null;
	}

	/**
	 * Where a name leaves the known keys: the type that has no such key, and which
	 * element of the name it is.
	 */
	private record Place(Type type, int element) {
	}

	private static Place firstUnknown(ConfigurationPropertyName name) {
		Type type = RequestsProperties.class;
		for (int i = 1; i < name.getNumberOfElements(); i++) {
			Class<?> raw = raw(type);
			if (i == 2 && isOfOneSession(name)) {
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
			if (key.getName().equalsIgnoreCase(uniform)) {
				return key;
			}
		}
		return null;
	}

	private static @Nullable String closest(RecordComponent[] keys, String written) {
		String best = null;
		int fewest = MOST_EDITS + 1;
		for (RecordComponent key : keys) {
			String known = DataObjectPropertyName.toDashedForm(key.getName());
			int edits = edits(written, known);
			if (edits < fewest && edits < known.length() - 1) {
				best = known;
				fewest = edits;
			}
		}
		return best;
	}

	/** Levenshtein's distance. */
	private static int edits(String from, String to) {
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int same = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

	private static Class<?> raw(Type type) {
		return (type instanceof ParameterizedType generic) ? (Class<?>) generic.getRawType() : (Class<?>) type;
	}

}
