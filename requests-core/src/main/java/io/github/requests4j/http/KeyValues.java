package io.github.requests4j.http;

import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.PercentCodec;
import io.github.requests4j.internal.url.PlainValues;

/**
 * The parameters of a query or the fields of a form, in order. Created from a map, from
 * pairs, or from encoded text.
 * <p>
 * Values are converted once, when the object is created:
 * <ul>
 * <li>null omits the parameter, and removes a session's parameter of that name when
 * merged;</li>
 * <li>an iterable, an array or a stream repeats the parameter for each element that is
 * not null; a map is treated as its keys;</li>
 * <li>a {@code byte[]} is percent-encoded byte by byte; a {@code char[]} and a
 * {@link java.nio.file.Path} are text;</li>
 * <li>an {@link java.util.Optional} and a {@link tools.jackson.databind.JsonNode} are
 * treated as the value that they contain;</li>
 * <li>anything else is converted with {@link String#valueOf(Object)}.</li>
 * </ul>
 * Immutable and thread-safe. {@link #toString()} only shows names, because values are
 * often secrets.
 */
public final class KeyValues {

	private static final KeyValues EMPTY = new KeyValues(List.of());

	// requests flattens a list within a list, but no deeper
	private static final int MAX_DEPTH = 2;

	private static final String NOT_PAIRS = "cannot encode objects that are not 2-tuples: ";

	private static final String HINT = ". Pass a Map, pairs such as Map.entry(name, value), or encoded text.";

	private final List<Part> parts;

	// Computed lazily without a lock, because every thread computes the same value
	private @Nullable String encoded;

	private KeyValues(List<Part> parts) {
		this.parts = parts;
	}

	/**
	 * Returns an instance without parameters.
	 * @return the empty instance
	 */
	public static KeyValues empty() {
		return EMPTY;
	}

	/**
	 * Creates parameters from alternating names and values. Names may be repeated. A map
	 * entry in place of a name provides both name and value. <pre>{@code
	 * KeyValues query = KeyValues.of("tag", "red", "tag", "blue", "page", 2);
	 * }</pre>
	 * @param name the first name
	 * @param value the first value, converted as described above
	 * @param more further names and values, or entries
	 * @return the parameters, in order
	 * @throws IllegalArgumentException if a name is null, or the last name has no value
	 */
	public static KeyValues of(String name, @Nullable Object value, @Nullable Object... more) {
		List<Part> parts = new ArrayList<>(1 + more.length / 2);
		parts.add(part(name, value));
		int i = 0;
		while (i < more.length) {
			if (more[i] instanceof Map.Entry<?, ?> entry) {
				parts.add(part(entry.getKey(), entry.getValue()));
				i++;
			}
			else if (i + 1 < more.length) {
				parts.add(part(more[i], more[i + 1]));
				i += 2;
			}
			else {
				throw new IllegalArgumentException("The parameter '" + more[i]
						+ "' has no value. Pass alternating names and values, or Map.entry(name, value).");
			}
		}
		return new KeyValues(parts);
	}

	/**
	 * Creates parameters from entries. Names may be repeated.
	 * @param entries names and values, converted as described above
	 * @return the parameters, in order
	 * @throws IllegalArgumentException if a name is null
	 */
	@SafeVarargs
	public static KeyValues of(Map.Entry<String, ?>... entries) {
		List<Part> parts = new ArrayList<>(entries.length);
		for (Map.Entry<String, ?> entry : entries) {
			parts.add(pair(entry, parts.size()));
		}
		return ofParts(parts);
	}

	/**
	 * Creates parameters from any type that requests accepts for {@code params} or a
	 * form: a map, pairs, text, bytes, or an instance of this class.
	 * @param source the source, null for none
	 * @return the parameters
	 * @throws IllegalArgumentException if it is none of these
	 */
	public static KeyValues from(@Nullable Object source) {
		if (source == null) {
			return EMPTY;
		}
		if (source instanceof KeyValues keyValues) {
			return keyValues;
		}
		if (source instanceof Map<?, ?> map) {
			return fromMap(map);
		}
		if (source instanceof CharSequence text) {
			return fromText(text.toString());
		}
		if (source instanceof byte[] bytes) {
			return fromBytes(bytes);
		}
		if (source instanceof Iterable<?> pairs) {
			return fromPairs(pairs);
		}
		if (source instanceof Object[] pairs) {
			return fromPairs(Arrays.asList(pairs));
		}
		throw new IllegalArgumentException(NOT_PAIRS + "got " + source.getClass().getName() + HINT);
	}

	/**
	 * Creates parameters from a map, in its iteration order.
	 * @param map names and values
	 * @return the parameters
	 * @throws IllegalArgumentException if a name is null
	 */
	public static KeyValues fromMap(Map<?, ?> map) {
		List<Part> parts = new ArrayList<>(map.size());
		map.forEach((name, value) -> parts.add(part(name, value)));
		return ofParts(parts);
	}

	/**
	 * Creates parameters from pairs: map entries, lists or arrays of two elements, or
	 * strings of two characters. Names may be repeated.
	 * @param pairs the pairs, in order
	 * @return the parameters
	 * @throws IllegalArgumentException if an element is not a pair, or a name is null
	 */
	public static KeyValues fromPairs(Iterable<?> pairs) {
		List<Part> parts = new ArrayList<>();
		for (Object pair : pairs) {
			parts.add(pair(pair, parts.size()));
		}
		return ofParts(parts);
	}

	/**
	 * Creates parameters from encoded text, which is used unchanged, including a leading
	 * "?".
	 * @param text the encoded text
	 * @return the parameters
	 */
	public static KeyValues fromText(String text) {
		return text.isEmpty() ? EMPTY : new KeyValues(List.of(new Part(null, List.of(text))));
	}

	/**
	 * Creates parameters from encoded text as US-ASCII bytes.
	 * @param bytes the encoded text
	 * @return the parameters
	 * @throws IllegalArgumentException if a byte is not US-ASCII
	 */
	public static KeyValues fromBytes(byte[] bytes) {
		for (int i = 0; i < bytes.length; i++) {
			if (bytes[i] < 0) {
				throw new IllegalArgumentException("Encoded parameters must be US-ASCII, but the byte at index " + i
						+ " is 0x" + Integer.toHexString(bytes[i] & 0xFF)
						+ ". Percent-encode it, or pass a Map, which is encoded for you.");
			}
		}
		return fromText(new String(bytes, StandardCharsets.US_ASCII));
	}

	private static KeyValues ofParts(List<Part> parts) {
		return parts.isEmpty() ? EMPTY : new KeyValues(parts);
	}

	private static Part pair(@Nullable Object pair, int index) {
		if (pair instanceof Map.Entry<?, ?> entry) {
			return part(entry.getKey(), entry.getValue());
		}
		if (pair instanceof Object[] array && array.length == 2) {
			return part(array[0], array[1]);
		}
		if (pair instanceof Collection<?> collection && collection.size() == 2) {
			Object[] array = collection.toArray();
			return part(array[0], array[1]);
		}
		if (pair instanceof CharSequence text && text.codePoints().count() == 2) {
			int[] codePoints = text.codePoints().toArray();
			return part(Character.toString(codePoints[0]), Character.toString(codePoints[1]));
		}
		String type = (pair != null) ? pair.getClass().getName() : "null";
		throw new IllegalArgumentException(NOT_PAIRS + "element " + index + " is " + type + HINT);
	}

	private static Part part(@Nullable Object name, @Nullable Object value) {
		if (name == null) {
			throw new IllegalArgumentException("The name of a parameter must not be null");
		}
		String text = (name instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(name);
		Object plain = PlainValues.of(value);
		return new Part(text, (plain != null) ? flatten(plain) : null);
	}

	/**
	 * Flattens a value.
	 * @param value the value
	 * @return strings and byte arrays, none for null
	 */
	private static List<Object> flatten(Object value) {
		if (value instanceof String text) {
			return List.of(text);
		}
		List<Object> target = new ArrayList<>(1);
		add(target, value, 0);
		return target;
	}

	private static void add(List<Object> target, @Nullable Object given, int depth) {
		Object value = PlainValues.of(given);
		if (value == null) {
			return;
		}
		if (value instanceof byte[] bytes) {
			target.add(bytes.clone());
		}
		else if (depth == MAX_DEPTH || !addElements(target, value, depth)) {
			target.add(String.valueOf(value));
		}
	}

	private static boolean addElements(List<Object> target, Object value, int depth) {
		if (value instanceof Iterable<?> iterable) {
			return addAll(target, iterable.iterator(), depth);
		}
		if (value instanceof Map<?, ?> map) {
			return addAll(target, map.keySet().iterator(), depth);
		}
		if (value instanceof Iterator<?> iterator) {
			return addAll(target, iterator, depth);
		}
		if (value instanceof BaseStream<?, ?> stream) {
			return addAll(target, stream.iterator(), depth);
		}
		if (value.getClass().isArray()) {
			for (int i = 0; i < Array.getLength(value); i++) {
				add(target, Array.get(value, i), depth + 1);
			}
			return true;
		}
		return false;
	}

	private static boolean addAll(List<Object> target, Iterator<?> values, int depth) {
		while (values.hasNext()) {
			add(target, values.next(), depth + 1);
		}
		return true;
	}

	/**
	 * Returns these parameters with another one at the end.
	 * @param name the name
	 * @param value the value, converted as described above
	 * @return the new parameters
	 */
	public KeyValues plus(String name, @Nullable Object value) {
		List<Part> longer = new ArrayList<>(this.parts.size() + 1);
		longer.addAll(this.parts);
		longer.add(part(name, value));
		return new KeyValues(longer);
	}

	/**
	 * Merges a session's parameters with a request's. The session's come first. A
	 * parameter of the request replaces one of the session with the same name, in its
	 * position if no name of the request is repeated. A null value in the request removes
	 * the parameter. Unlike in requests, text and lists do not replace the session's
	 * parameters, but are merged too; text is appended unchanged.
	 * @param session the session's parameters, or null
	 * @param request the request's parameters, or null
	 * @return the merged parameters
	 */
	public static KeyValues merge(@Nullable KeyValues session, @Nullable KeyValues request) {
		if (session == null || session.parts.isEmpty()) {
			return (request != null) ? request : EMPTY;
		}
		if (request == null || request.parts.isEmpty()) {
			return session;
		}
		return mergeParts(session.parts, request.parts);
	}

	private static KeyValues mergeParts(List<Part> session, List<Part> request) {
		Map<String, Part> replacements = new HashMap<>();
		boolean repeats = false;
		for (Part part : request) {
			repeats |= part.name != null && replacements.put(part.name, part) != null;
		}
		List<Part> merged = new ArrayList<>(session.size() + request.size());
		Set<String> placed = new HashSet<>();
		for (Part part : session) {
			Part replacement = (part.name != null) ? replacements.get(part.name) : null;
			if (replacement == null) {
				merged.add(part);
			}
			else if (!repeats && placed.add(part.name)) {
				merged.add(replacement);
			}
		}
		request.stream().filter((part) -> part.name == null || !placed.contains(part.name)).forEach(merged::add);
		return ofParts(merged);
	}

	/**
	 * Returns whether there are no parameters at all. Parameters that are not empty can
	 * still encode to empty text, if all their values are null or empty lists.
	 * @return true if there is neither a name nor text
	 */
	public boolean isEmpty() {
		return this.parts.isEmpty();
	}

	/**
	 * Returns whether there is encoded text, which has no fields.
	 * @return true for {@link #fromText} and what was merged with it
	 */
	public boolean hasText() {
		return this.parts.stream().anyMatch((part) -> part.name == null);
	}

	/**
	 * Returns the form-encoded text.
	 * @return the text, such as {@code a=1&b=c+d}; empty if there is nothing to send
	 */
	public String encode() {
		String encoded = this.encoded;
		if (encoded == null) {
			encoded = this.parts.isEmpty() ? "" : encodeParts();
			this.encoded = encoded;
		}
		return encoded;
	}

	private String encodeParts() {
		StringBuilder target = new StringBuilder(64);
		for (Part part : this.parts) {
			for (Object value : part.valuesOrNone()) {
				if (!target.isEmpty()) {
					target.append('&');
				}
				part.append(target, value);
			}
		}
		return target.toString();
	}

	/**
	 * Returns the individual fields, for a multipart body.
	 * @return the fields, one for each value
	 * @throws IllegalStateException if there is encoded text, see {@link #hasText()}
	 */
	public List<Field> fields() {
		List<Field> fields = new ArrayList<>();
		for (Part part : this.parts) {
			if (part.name == null) {
				throw new IllegalStateException("Encoded text has no fields. Pass a Map or pairs instead.");
			}
			for (Object value : part.valuesOrNone()) {
				fields.add(new Field(part.name, value));
			}
		}
		return List.copyOf(fields);
	}

	/**
	 * Returns whether another object has the same names and values in the same order.
	 */
	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof KeyValues that && this.parts.equals(that.parts));
	}

	@Override
	public int hashCode() {
		return this.parts.hashCode();
	}

	@Override
	public String toString() {
		return this.parts.stream()
			.map((part) -> (part.name != null) ? part.name : "(text)")
			.collect(Collectors.joining(", ", "KeyValues[", "]"));
	}

	/** A name and its values, null to remove the name; or encoded text without a name. */
	private static final class Part {

		private final @Nullable String name;

		private final @Nullable List<Object> values;

		Part(@Nullable String name, @Nullable List<Object> values) {
			this.name = name;
			this.values = values;
		}

		List<Object> valuesOrNone() {
			return (this.values != null) ? this.values : List.of();
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof Part that && Objects.equals(this.name, that.name)
					&& (this.values == null) == (that.values == null)
					&& Arrays.deepEquals(valuesOrNone().toArray(), that.valuesOrNone().toArray());
		}

		@Override
		public int hashCode() {
			return Objects.hash(this.name, Arrays.deepHashCode(valuesOrNone().toArray()));
		}

		void append(StringBuilder target, Object value) {
			if (this.name == null) {
				target.append(value);
				return;
			}
			PercentCodec.appendForm(target, this.name);
			target.append('=');
			if (value instanceof byte[] bytes) {
				PercentCodec.appendForm(target, bytes);
			}
			else {
				PercentCodec.appendForm(target, (String) value);
			}
		}

	}

	/** A field of a form: a name and one value. */
	public static final class Field {

		private final String name;

		private final Object value;

		private Field(String name, Object value) {
			this.name = name;
			this.value = value;
		}

		/**
		 * Returns the name.
		 * @return the name as given
		 */
		public String name() {
			return this.name;
		}

		/**
		 * Returns the value as bytes. Text is encoded as UTF-8.
		 * @return a new array
		 */
		public byte[] bytes() {
			return (this.value instanceof byte[] bytes) ? bytes.clone()
					: ((String) this.value).getBytes(StandardCharsets.UTF_8);
		}

		/**
		 * Returns the value as text.
		 * @return the text; bytes are decoded as UTF-8
		 */
		public String text() {
			return (this.value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8)
					: (String) this.value;
		}

	}

}
