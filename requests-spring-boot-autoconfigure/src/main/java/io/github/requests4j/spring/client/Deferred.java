package io.github.requests4j.spring.client;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value that is created when it is first needed. It does not use a lock, because Spring
 * holds its own lock while it creates beans, and two locks could cause a deadlock.
 * Concurrent threads may create the value more than once. Thread-safe.
 */
final class Deferred<T> implements Supplier<T> {

	private final Supplier<T> source;

	private volatile @Nullable T value;

	Deferred(Supplier<T> source) {
		this.source = source;
	}

	@Override
	public T get() {
		T known = this.value;
		if (known == null) {
			known = this.source.get();
			this.value = known;
		}
		return known;
	}

}
