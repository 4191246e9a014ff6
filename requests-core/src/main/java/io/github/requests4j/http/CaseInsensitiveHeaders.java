package io.github.requests4j.http;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.SecretMasker;

/**
 * Headers by name, in any case of letters ({@code CaseInsensitiveDict} of requests). An
 * entry keeps the place of its first setting and the case of its last. Headers that a
 * server repeats are one entry whose value is their values joined by {@code ", "};
 * {@link #getAll} tells them apart. A null value means "leave this header out" where
 * settings are merged. Equality ignores the case of names. For one thread at a time.
 * <pre>{@code
 * String type = response.headers().get("content-type");
 * List<String> challenges = response.headers().getAll("WWW-Authenticate");
 * }</pre>
 */
public final class CaseInsensitiveHeaders extends AbstractMap<String, String> {

	private static final int[] NO_SPANS = new int[0];

	/** Stands for a value that is still bytes. */
	private static final Object ENCODED = new Object();

	/** Start and end of a name, start and end of a value. */
	private static final int SPAN = 4;

	/** Null where a name is still bytes. */
	private @Nullable String[] names;

	/**
	 * A number for each name, in any case of letters: only names with the same number can
	 * be the same ({@link HeadText#key}). Comparing numbers is what most look-ups do.
	 */
	private int[] keys;

	/** Each a String, a List of them for repeats, null, or {@link #ENCODED}. */
	private @Nullable Object[] values;

	/** The head that the entries came in, as long as some of them are bytes. */
	private byte @Nullable [] wire;

	/** Where they are in it, {@link #SPAN} numbers for each entry. */
	private int[] spans = NO_SPANS;

	private int size;

	/** Why these cannot be changed, and what to do instead; null if they can. */
	private @Nullable String refusal;

	/**
	 * Makes empty headers.
	 */
	public CaseInsensitiveHeaders() {
		this(8);
	}

	private CaseInsensitiveHeaders(int capacity) {
		this.names = new String[capacity];
		this.keys = new int[capacity];
		this.values = new Object[capacity];
	}

	/**
	 * Makes headers of a message as it came. Names and values become text, in ISO-8859-1,
	 * when they are asked for.
	 * @param head the bytes, which must not change any more
	 * @param spans for each field the start and end of its name and the start and end of
	 * its value; the array may be used again afterwards
	 * @param count how many fields there are
	 * @return the headers
	 */
	public static CaseInsensitiveHeaders ofWire(byte[] head, int[] spans, int count) {
		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders(Math.max(8, count));
		headers.wire = head;
		headers.spans = new int[count * SPAN];
		for (int field = 0; field < count; field++) {
			headers.addEncoded(spans, field * SPAN);
		}
		return headers;
	}

	private void addEncoded(int[] source, int base) {
		byte[] head = Objects.requireNonNull(this.wire);
		int key = HeadText.key(head, source[base], source[base + 1]);
		for (int i = 0; i < this.size; i++) {
			if (this.keys[i] == key && HeadText.isSameName(head, this.spans[i * SPAN], this.spans[i * SPAN + 1],
					source[base], source[base + 1])) {
				repeat(i, HeadText.value(head, source[base + 2], source[base + 3]));
				return;
			}
		}
		System.arraycopy(source, base, this.spans, this.size * SPAN, SPAN);
		this.keys[this.size] = key;
		this.values[this.size++] = ENCODED;
	}

	/** Turns all that is still bytes into text, before entries change their places. */
	private void decode() {
		if (this.wire != null) {
			for (int i = 0; i < this.size; i++) {
				name(i);
				value(i);
			}
			this.wire = null;
			this.spans = NO_SPANS;
		}
	}

	private String name(int index) {
		String name = this.names[index];
		if (name == null) {
			name = HeadText.name(Objects.requireNonNull(this.wire), this.spans[index * SPAN],
					this.spans[index * SPAN + 1]);
			this.names[index] = name;
		}
		return name;
	}

	private @Nullable Object value(int index) {
		Object value = this.values[index];
		if (value == ENCODED) {
			value = HeadText.value(Objects.requireNonNull(this.wire), this.spans[index * SPAN + 2],
					this.spans[index * SPAN + 3]);
			this.values[index] = value;
		}
		return value;
	}

	/**
	 * Makes headers from a map; of names that differ only in case the last one counts.
	 * @param headers names and values; values may be null
	 */
	public CaseInsensitiveHeaders(Map<String, ? extends @Nullable String> headers) {
		this(Math.max(8, headers.size()));
		putAll(headers);
	}

	/**
	 * Copies these headers, repeats included. The copy is independent.
	 * @return the copy
	 */
	public CaseInsensitiveHeaders copy() {
		CaseInsensitiveHeaders copy = new CaseInsensitiveHeaders(Math.max(8, this.size + 4));
		System.arraycopy(this.names, 0, copy.names, 0, this.size);
		System.arraycopy(this.keys, 0, copy.keys, 0, this.size);
		copy.wire = this.wire;
		copy.spans = this.spans;
		for (int i = 0; i < this.size; i++) {
			Object value = this.values[i];
			// Asking for the final class first is many times faster than asking for List
			boolean single = value == null || value == ENCODED || value instanceof String;
			copy.values[i] = single ? value : new ArrayList<>(listAt(i));
		}
		copy.size = this.size;
		return copy;
	}

	/**
	 * Copies these headers to show them where changing them would have no effect. What
	 * {@link #copy} makes of the result can be changed.
	 * @param refusal the message of the {@link UnsupportedOperationException} that each
	 * attempt to change them gets: why, and what to do instead
	 * @return the copy
	 */
	public CaseInsensitiveHeaders readOnly(String refusal) {
		CaseInsensitiveHeaders copy = copy();
		copy.refusal = Objects.requireNonNull(refusal, "refusal");
		return copy;
	}

	private void refuseWhenReadOnly() {
		if (this.refusal != null) {
			throw new UnsupportedOperationException(this.refusal);
		}
	}

	@Override
	public @Nullable String get(@Nullable Object name) {
		int index = indexOf(name);
		return (index >= 0) ? valueAt(index) : null;
	}

	/**
	 * All values of a header, each as it came.
	 * @param name the name, in any case
	 * @return the values in their order, empty if there are none
	 */
	public List<String> getAll(String name) {
		int index = indexOf(name);
		Object found = (index < 0) ? null : value(index);
		if (found == null) {
			return List.of();
		}
		return (found instanceof String value) ? List.of(value) : List.copyOf(listAt(index));
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return indexOf(name) >= 0;
	}

	/**
	 * Sets a header, in place of all values it had. Keeps its place, takes the new case
	 * of the name.
	 * @param name the name
	 * @param value the value, or {@code null} to mark it as removed where settings are
	 * merged
	 * @return the value before, or {@code null}
	 */
	@Override
	public @Nullable String put(String name, @Nullable String value) {
		Objects.requireNonNull(name, "header name");
		refuseWhenReadOnly();
		decode();
		return put(HeadText.key(name), name, value);
	}

	private @Nullable String put(int key, String name, @Nullable String value) {
		int index = indexOf(key, name);
		if (index < 0) {
			append(key, name, value);
			return null;
		}
		String before = valueAt(index);
		this.names[index] = name;
		this.values[index] = value;
		return before;
	}

	@Override
	public void putAll(Map<? extends String, ? extends String> headers) {
		if (!(headers instanceof CaseInsensitiveHeaders other)) {
			super.putAll(headers);
			return;
		}
		refuseWhenReadOnly();
		decode();
		ensureCapacity(this.size + other.size);
		for (int i = 0; i < other.size; i++) {
			put(other.keys[i], other.name(i), other.valueAt(i));
		}
	}

	/**
	 * Adds a value to a header; the name keeps the case it was first seen in.
	 * @param name the name
	 * @param value the value
	 */
	public void add(String name, String value) {
		refuseWhenReadOnly();
		decode();
		int key = HeadText.key(name);
		int index = indexOf(key, name);
		if (index < 0) {
			append(key, name, value);
		}
		else {
			repeat(index, value);
		}
	}

	private void repeat(int index, String value) {
		Object before = value(index);
		if (before == null) {
			this.values[index] = value;
			return;
		}
		if (before instanceof String first) {
			this.values[index] = new ArrayList<>(List.of(first));
		}
		listAt(index).add(value);
	}

	@Override
	public @Nullable String remove(@Nullable Object name) {
		int index = indexOf(name);
		if (index < 0) {
			return null;
		}
		String before = valueAt(index);
		removeAt(index);
		return before;
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public boolean isEmpty() {
		return this.size == 0;
	}

	@Override
	public void clear() {
		refuseWhenReadOnly();
		decode();
		Arrays.fill(this.values, null);
		this.size = 0;
	}

	/**
	 * The name of an entry, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the name in its own case
	 */
	public String nameAt(int index) {
		return name(Objects.checkIndex(index, this.size));
	}

	/**
	 * The value of an entry, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the value, repeats joined by {@code ", "}; null if marked as removed
	 */
	public @Nullable String valueAt(int index) {
		Object value = value(Objects.checkIndex(index, this.size));
		// Asking for the final class first is many times faster than asking for List
		return (value == null || value instanceof String) ? (String) value : String.join(", ", listAt(index));
	}

	/**
	 * The entries with their names in lower case ({@code lower_items}).
	 * @return the entries in their order
	 */
	public List<Map.Entry<String, String>> lowerItems() {
		List<Map.Entry<String, String>> items = new ArrayList<>(this.size);
		for (int i = 0; i < this.size; i++) {
			items.add(new SimpleImmutableEntry<>(name(i).toLowerCase(Locale.ROOT), valueAt(i)));
		}
		return items;
	}

	/**
	 * Takes out every entry whose value is null, as merged settings are cleaned.
	 */
	public void removeNulls() {
		for (int i = this.size - 1; i >= 0; i--) {
			if (this.values[i] == null) {
				removeAt(i);
			}
		}
	}

	@Override
	public Set<Map.Entry<String, String>> entrySet() {
		return new Entries();
	}

	@Override
	public Set<String> keySet() {
		return new Names();
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (!(other instanceof Map<?, ?> map)) {
			return false;
		}
		CaseInsensitiveHeaders that = new CaseInsensitiveHeaders();
		for (Map.Entry<?, ?> entry : map.entrySet()) {
			if (!(entry.getKey() instanceof String name)
					|| !(entry.getValue() == null || entry.getValue() instanceof String)) {
				return false;
			}
			that.put(name, (String) entry.getValue());
		}
		return this.size == that.size && sameValues(that);
	}

	private boolean sameValues(CaseInsensitiveHeaders that) {
		for (int i = 0; i < this.size; i++) {
			if (!that.containsKey(name(i)) || !Objects.equals(valueAt(i), that.get(name(i)))) {
				return false;
			}
		}
		return true;
	}

	@Override
	public int hashCode() {
		int hash = 0;
		for (int i = 0; i < this.size; i++) {
			hash += name(i).toLowerCase(Locale.ROOT).hashCode() ^ Objects.hashCode(valueAt(i));
		}
		return hash;
	}

	/**
	 * Shows the headers, with credentials, cookies and whatever has the name of a secret
	 * masked, also in addresses.
	 */
	@Override
	public String toString() {
		StringBuilder text = new StringBuilder("{");
		for (int i = 0; i < this.size; i++) {
			text.append((i > 0) ? ", " : "").append(name(i)).append('=');
			text.append(SecretMasker.DEFAULT.header(name(i), String.valueOf(valueAt(i))));
		}
		return text.append('}').toString();
	}

	private int indexOf(@Nullable Object name) {
		if (name instanceof String text) {
			return indexOf(HeadText.key(text), text);
		}
		return -1;
	}

	private int indexOf(int key, String name) {
		int[] all = this.keys;
		for (int i = 0; i < this.size; i++) {
			if (all[i] == key && isNamed(i, name)) {
				return i;
			}
		}
		return -1;
	}

	private boolean isNamed(int index, String text) {
		String name = this.names[index];
		if (name != null) {
			return name.equalsIgnoreCase(text);
		}
		byte[] head = Objects.requireNonNull(this.wire);
		return HeadText.isName(head, this.spans[index * SPAN], this.spans[index * SPAN + 1], text);
	}

	private void append(int key, String name, @Nullable String value) {
		ensureCapacity(this.size + 1);
		this.names[this.size] = name;
		this.keys[this.size] = key;
		this.values[this.size++] = value;
	}

	private void ensureCapacity(int wanted) {
		if (wanted > this.names.length) {
			int capacity = Math.max(wanted, this.names.length * 2);
			this.names = Arrays.copyOf(this.names, capacity);
			this.keys = Arrays.copyOf(this.keys, capacity);
			this.values = Arrays.copyOf(this.values, capacity);
		}
	}

	private void removeAt(int index) {
		refuseWhenReadOnly();
		decode();
		int after = this.size - index - 1;
		System.arraycopy(this.names, index + 1, this.names, index, after);
		System.arraycopy(this.keys, index + 1, this.keys, index, after);
		System.arraycopy(this.values, index + 1, this.values, index, after);
		this.values[--this.size] = null;
	}

	@SuppressWarnings("unchecked")
	private List<String> listAt(int index) {
		return (List<String>) Objects.requireNonNull(this.values[index]);
	}

	private final class Entries extends AbstractSet<Map.Entry<String, String>> {

		@Override
		public int size() {
			return CaseInsensitiveHeaders.this.size;
		}

		@Override
		public Iterator<Map.Entry<String, String>> iterator() {
			return new Cursor();
		}

	}

	/**
	 * The names, which are looked for in any case here, too.
	 */
	private final class Names extends AbstractSet<String> {

		@Override
		public int size() {
			return CaseInsensitiveHeaders.this.size;
		}

		@Override
		public boolean contains(@Nullable Object name) {
			return containsKey(name);
		}

		@Override
		public boolean remove(@Nullable Object name) {
			boolean found = containsKey(name);
			CaseInsensitiveHeaders.this.remove(name);
			return found;
		}

		@Override
		public Iterator<String> iterator() {
			Iterator<Map.Entry<String, String>> entries = new Cursor();
			return new Iterator<>() {
				@Override
				public boolean hasNext() {
					return entries.hasNext();
				}

				@Override
				public String next() {
					return entries.next().getKey();
				}

				@Override
				public void remove() {
					entries.remove();
				}
			};
		}

	}

	private final class Cursor implements Iterator<Map.Entry<String, String>> {

		private int next;

		private boolean removable;

		@Override
		public boolean hasNext() {
			return this.next < CaseInsensitiveHeaders.this.size;
		}

		@Override
		public Map.Entry<String, String> next() {
			if (!hasNext()) {
				throw new NoSuchElementException();
			}
			int index = this.next++;
			this.removable = true;
			return new Field(name(index), valueAt(index));
		}

		@Override
		public void remove() {
			if (!this.removable) {
				throw new IllegalStateException("There is no entry to remove: call next() first");
			}
			this.removable = false;
			removeAt(--this.next);
		}

	}

	private final class Field extends SimpleEntry<String, String> {

		private static final long serialVersionUID = 1L;

		Field(String name, @Nullable String value) {
			super(name, value);
		}

		@Override
		public String setValue(String value) {
			CaseInsensitiveHeaders.this.put(getKey(), value);
			return super.setValue(value);
		}

	}

}
