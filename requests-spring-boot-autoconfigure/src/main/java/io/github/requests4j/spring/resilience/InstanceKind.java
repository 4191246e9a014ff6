package io.github.requests4j.spring.resilience;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.resilience4j.core.Registry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Finds the instances of one kind without ever making one: a registry that is asked for a
 * name it does not know makes an instance with the defaults.
 *
 * @param <T> the kind
 * @param <R> its registry
 */
final class InstanceKind<T, R extends Registry<T, ?>> {

	private final ObjectProvider<R> registry;

	private final Function<R, Set<T>> all;

	private final Function<T, String> name;

	InstanceKind(ObjectProvider<R> registry, Function<R, Set<T>> all, Function<T, String> name) {
		this.registry = registry;
		this.all = all;
		this.name = name;
	}

	/** The names of all instances, or {@code null} if there is no registry. */
	@Nullable Set<String> names() {
		R present = this.registry.getIfAvailable();
		if (present == null) {
			return null;
		}
		Set<String> names = new TreeSet<>();
		this.all.apply(present).forEach((instance) -> names.add(this.name.apply(instance)));
		return names;
	}

	Optional<T> find(String instance) {
		R present = this.registry.getIfAvailable();
		return (present != null) ? present.find(instance) : Optional.empty();
	}

	/**
	 * The instance of that name as it is at each call, since a refresh of the
	 * configuration replaces it.
	 */
	Supplier<T> lookUp(String instance) {
		R present = this.registry.getObject();
		return () -> present.find(instance)
			.orElseThrow(() -> new IllegalStateException(
					"The Resilience4j instance '" + instance + "' has been taken out of its registry"));
	}

}
