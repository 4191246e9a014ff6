package io.github.requests4j.spring.resilience;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tells which instances there are.
 */
@FunctionalInterface
interface InstanceNames {

	/** For applications without the library. */
	InstanceNames NO_LIBRARY = (key) -> null;

	/**
	 * The instances that a key can name.
	 * @param key the key below {@code resilience}
	 * @return their names, or {@code null} if there is no registry for them
	 */
	@Nullable Set<String> of(String key);

}
