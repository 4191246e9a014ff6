package io.github.requests4j.spring.test;

import org.jspecify.annotations.Nullable;

/**
 * Provides the cassette of the current test method. Thread-safe, but for one test at a
 * time.
 */
final class CassettePlayer {

	private volatile @Nullable Cassette current;

	void insert(Cassette cassette) {
		this.current = cassette;
	}

	@Nullable Cassette current() {
		return this.current;
	}

	@Nullable Cassette eject() {
		Cassette cassette = this.current;
		this.current = null;
		return cassette;
	}

}
