package io.github.requests4j.spring.client;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A value that is made when it is first needed. It takes no lock: Spring holds a lock of
 * its own while it creates beans, and two locks taken in turn could wait for each other.
 * Threads that ask at the same time may make the value more than once. Safe for many
 * threads.
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
