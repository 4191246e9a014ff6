package io.github.requests4j.spring.internal.balancing;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/**
 * Chooses an instance by the power of two choices. The first candidate is the next in
 * turn, so that instances that are alike get equal shares. It is passed over if a second
 * one, picked at random, would probably respond sooner. Ejected instances are not
 * candidates unless no other is left. Thread-safe.
 */
public final class Choice {

	/** Small differences are noise, and must not move requests. */
	private static final double TOLERANCE = 1.5;

	private final AtomicInteger turn = new AtomicInteger();

	private final Supplier<? extends RandomGenerator> random;

	/** Creates a choice that begins with the first instance. */
	public Choice() {
		this(ThreadLocalRandom::current);
	}

	Choice(Supplier<? extends RandomGenerator> random) {
		this.random = random;
	}

	/**
	 * Chooses an instance that was not tried yet.
	 * @param <D> the type of the destinations
	 * @param all the instances; one that is listed several times gets more requests
	 * @param tried the names of the instances that were tried
	 * @return the instance, or {@code null} if none is left
	 */
	public <D extends Destination> @Nullable D choose(List<D> all, Set<String> tried) {
		List<D> candidates = candidates(all, tried, false);
		double readiness = readiness(candidates);
		if (readiness < 1 && readiness <= this.random.get().nextDouble()) {
			candidates = candidates(all, tried, true);
		}
		int size = candidates.size();
		if (size <= 1) {
			return candidates.isEmpty() ? null : candidates.get(0);
		}
		int position = (this.turn.getAndIncrement() & Integer.MAX_VALUE) % size;
		D first = candidates.get(position);
		D second = candidates.get((position + 1 + this.random.get().nextInt(size - 1)) % size);
		if (!isReady(first.instance())) {
			return second;
		}
		return (first.instance().isWorseThan(second.instance(), TOLERANCE) && isReady(second.instance())) ? second
				: first;
	}

	private static <D extends Destination> List<D> candidates(List<D> all, Set<String> tried, boolean ejected) {
		List<D> candidates = new ArrayList<>(all.size());
		for (D destination : all) {
			Instance instance = destination.instance();
			if (!tried.contains(instance.name()) && (ejected || !instance.health().isEjected(instance.now()))) {
				candidates.add(destination);
			}
		}
		return candidates;
	}

	/**
	 * Returns the share of the requests that the candidates get while others are ejected.
	 * It is 1 unless all candidates have only just returned. They would otherwise get the
	 * requests of all instances, although the ejected ones may have recovered too.
	 */
	private static double readiness(List<? extends Destination> candidates) {
		double readiness = 0;
		for (Destination candidate : candidates) {
			Instance instance = candidate.instance();
			readiness = Math.max(readiness, instance.health().readiness(instance.now()));
			if (readiness >= 1) {
				break;
			}
		}
		return readiness;
	}

	/**
	 * Returns whether an instance can get this request. One that returns from an ejection
	 * only gets part of its requests.
	 */
	private boolean isReady(Instance instance) {
		double readiness = instance.health().readiness(instance.now());
		return readiness >= 1 || readiness > this.random.get().nextDouble();
	}

}
