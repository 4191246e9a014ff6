package io.github.requests4j.spring.observation;

import java.util.stream.StreamSupport;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * The key values of one exchange. Conventions return sorted arrays and meters read sorted
 * arrays, so keeping them as such saves a map, and sorting its values for each meter.
 * Thread-safe.
 */
final class ExchangeKeyValues {

	private volatile KeyValues all = KeyValues.empty();

	KeyValues all() {
		return this.all;
	}

	@Nullable KeyValue get(String key) {
		for (KeyValue value : this.all) {
			if (value.getKey().equals(key)) {
				return value;
			}
		}
		return null;
	}

	/** Adds values. They replace those with the same key. */
	synchronized void add(KeyValues values) {
		this.all = this.all.and(values);
	}

	/** Adds a value. It replaces the one with the same key. */
	synchronized void add(KeyValue value) {
		this.all = this.all.and(value);
	}

	synchronized void remove(String key) {
		this.all = KeyValues.of(StreamSupport.stream(this.all.spliterator(), false)
			.filter((value) -> !value.getKey().equals(key))
			.toArray(KeyValue[]::new));
	}

}
