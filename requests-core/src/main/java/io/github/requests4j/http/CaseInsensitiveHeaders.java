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
 * Headers with case-insensitive names ({@code CaseInsensitiveDict} of requests). An entry
 * keeps the position at which it was first set and the case of its last name. Headers
 * that a server repeats form one entry whose value joins their values with {@code ", "};
 * {@link #getAll} returns them separately. When settings are merged, a null value removes
 * the header. Equality ignores the case of names. Not thread-safe. <pre>{@code
 * String type = response.headers().get("content-type");
 * List<String> challenges = response.headers().getAll("WWW-Authenticate");
 * }</pre>
 */
public final class CaseInsensitiveHeaders extends AbstractMap<String, String> {

	private static final int[] NO_SPANS = new int[0];

	/** Marks a value that has not been decoded. */
	private static final Object ENCODED = new Object();

	/**
	 * The number of positions per field: start and end of the name, start and end of the
	 * value.
	 */
	private static final int SPAN = 4;

	/** The names; null for a name that has not been decoded. */
	private @Nullable String[] names;

	/**
	 * A case-insensitive key for each name ({@link HeadText#key}). Only names with equal
	 * keys can be equal, so most lookups only compare keys.
	 */
	private int[] keys;

	/** The values: a String, a List of them for repeats, null, or {@link #ENCODED}. */
	private @Nullable Object[] values;

	/** The head that contains the entries, until all of them have been decoded. */
	private byte @Nullable [] wire;

	/** The positions of the entries in the head, {@link #SPAN} for each. */
	private int[] spans = NO_SPANS;

	private int size;

	/** The message for attempts to change these headers; null if they are modifiable. */
	private @Nullable String readOnlyMessage;

	/**
	 * Creates empty headers.
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
	 * Creates headers from the head of a message. Names and values are decoded as
	 * ISO-8859-1 when they are first used.
	 * @param head the bytes, which must not be changed afterwards
	 * @param spans for each field, the start and end of its name and the start and end of
	 * its value; the array may be reused afterwards
	 * @param count the number of fields
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

	/** Decodes all entries, before their positions change. */
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
	 * Creates headers from a map. If names differ only in case, the last one wins.
	 * @param headers names and values; values may be null
	 */
	public CaseInsensitiveHeaders(Map<String, ? extends @Nullable String> headers) {
		this(Math.max(8, headers.size()));
		putAll(headers);
	}

	/**
	 * Returns an independent copy, including repeated values.
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
			// Checking for the final class first is many times faster than checking for
			// List
			boolean single = value == null || value == ENCODED || value instanceof String;
			copy.values[i] = single ? value : new ArrayList<>(listAt(i));
		}
		copy.size = this.size;
		return copy;
	}

	/**
	 * Returns a read-only copy, for use where changes would have no effect. A
	 * {@link #copy} of the result is modifiable again.
	 * @param readOnlyMessage the message of the {@link UnsupportedOperationException}
	 * that attempts to change the headers throw: why they are read-only, and what to do
	 * instead
	 * @return the copy
	 */
	public CaseInsensitiveHeaders readOnly(String readOnlyMessage) {
		CaseInsensitiveHeaders copy = copy();
		copy.readOnlyMessage = Objects.requireNonNull(readOnlyMessage, "readOnlyMessage");
		return copy;
	}

	private void rejectWhenReadOnly() {
		if (this.readOnlyMessage != null) {
			throw new UnsupportedOperationException(this.readOnlyMessage);
		}
	}

	@Override
	public @Nullable String get(@Nullable Object name) {
		int index = indexOf(name);
		return (index >= 0) ? valueAt(index) : null;
	}

	/**
	 * Returns all values of a header separately.
	 * @param name the name, in any case
	 * @return the values in order, empty if there are none
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
	 * Sets a header, replacing all its values. It keeps its position and takes the case
	 * of the new name.
	 * @param name the name
	 * @param value the value, or {@code null} to remove the header when settings are
	 * merged
	 * @return the previous value, or {@code null}
	 */
	@Override
	public @Nullable String put(String name, @Nullable String value) {
		Objects.requireNonNull(name, "header name");
		rejectWhenReadOnly();
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
		rejectWhenReadOnly();
		decode();
		ensureCapacity(this.size + other.size);
		for (int i = 0; i < other.size; i++) {
			put(other.keys[i], other.name(i), other.valueAt(i));
		}
	}

	/**
	 * Adds a value to a header. The name keeps its case.
	 * @param name the name
	 * @param value the value
	 */
	public void add(String name, String value) {
		rejectWhenReadOnly();
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
		rejectWhenReadOnly();
		decode();
		Arrays.fill(this.values, null);
		this.size = 0;
	}

	/**
	 * Returns the name of an entry, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the name in its original case
	 */
	public String nameAt(int index) {
		return name(Objects.checkIndex(index, this.size));
	}

	/**
	 * Returns the value of an entry, for loops that must not allocate.
	 * @param index from 0 to {@code size() - 1}
	 * @return the value, with repeats joined by {@code ", "}; null if it is marked as
	 * removed
	 */
	public @Nullable String valueAt(int index) {
		Object value = value(Objects.checkIndex(index, this.size));
		// Checking for the final class first is many times faster than checking for List
		return (value == null || value instanceof String) ? (String) value : String.join(", ", listAt(index));
	}

	/**
	 * Returns the entries with their names in lower case ({@code lower_items}).
	 * @return the entries in order
	 */
	public List<Map.Entry<String, String>> lowerItems() {
		List<Map.Entry<String, String>> items = new ArrayList<>(this.size);
		for (int i = 0; i < this.size; i++) {
			items.add(new SimpleImmutableEntry<>(name(i).toLowerCase(Locale.ROOT), valueAt(i)));
		}
		return items;
	}

	/**
	 * Removes all entries whose value is null.
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
	 * Returns the headers as text. Credentials, cookies and everything with the name of a
	 * secret are masked, including in URLs.
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

	private void ensureCapacity(int required) {
		if (required > this.names.length) {
			int capacity = Math.max(required, this.names.length * 2);
			this.names = Arrays.copyOf(this.names, capacity);
			this.keys = Arrays.copyOf(this.keys, capacity);
			this.values = Arrays.copyOf(this.values, capacity);
		}
	}

	private void removeAt(int index) {
		rejectWhenReadOnly();
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
	 * The names, whose lookup is case-insensitive too.
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
				throw new IllegalStateException("There is no entry to remove. Call next() first.");
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
