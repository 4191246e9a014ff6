package io.github.requests4j.spring.test;

import org.jspecify.annotations.Nullable;

/**
 * Provides the cassette of the test method that runs. Safe for many threads; for one test
 * at a time.
 */
final class CassettePlayer {

	private volatile @Nullable Cassette current;

	void insert(RequestsCassette annotation) {
		this.current = new Cassette(annotation);
	}

	@Nullable Cassette current() {
		return this.current;
	}

	void eject(boolean passed) {
		Cassette cassette = this.current;
		this.current = null;
		if (cassette != null) {
			cassette.end(passed);
		}
	}

}
