package io.github.requests4j.spring.observation;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExchangeKeyValuesTests {

	private final ExchangeKeyValues values = new ExchangeKeyValues();

	@Test
	void valuesAreSortedByKey() {
		this.values.add(KeyValue.of("b", "1"));
		this.values.add(KeyValues.of("c", "2", "a", "3"));
		assertThat(this.values.all()).isEqualTo(KeyValues.of("a", "3", "b", "1", "c", "2"));
	}

	@Test
	void laterValuesReplaceEarlierOnes() {
		this.values.add(KeyValues.of("status", "none", "uri", "/a"));
		this.values.add(KeyValues.of("status", "200", "session", "s"));
		this.values.add(KeyValue.of("uri", "/b"));
		assertThat(this.values.all()).isEqualTo(KeyValues.of("session", "s", "status", "200", "uri", "/b"));
	}

	@Test
	void valuesAreFoundByKey() {
		this.values.add(KeyValues.of("a", "1", "b", "2"));
		assertThat(this.values.get("b")).isEqualTo(KeyValue.of("b", "2"));
		assertThat(this.values.get("c")).isNull();
	}

	@Test
	void removedValuesAreGone() {
		this.values.add(KeyValues.of("a", "1", "b", "2"));
		this.values.remove("a");
		this.values.remove("c");
		assertThat(this.values.all()).isEqualTo(KeyValues.of("b", "2"));
		assertThat(this.values.get("a")).isNull();
	}

}
