package io.github.requests4j.spring.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConstructorArgumentValues;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * The names that client interfaces of the application have under
 * {@code requests.clients}, including interfaces that a test or a condition excludes.
 */
final class ClientNames {

	private static final String BEAN = "requestsClientNames";

	private final List<String> names;

	ClientNames(List<String> names) {
		this.names = List.copyOf(names);
	}

	List<String> names() {
		return this.names;
	}

	/**
	 * Adds a name to the definition of the bean. The names are part of the definition, so
	 * that they are still known if the scan was made ahead of time.
	 */
	static void add(BeanDefinitionRegistry registry, String name) {
		if (!registry.containsBeanDefinition(BEAN)) {
			registry.registerBeanDefinition(BEAN, new RootBeanDefinition(ClientNames.class));
		}
		ConstructorArgumentValues arguments = registry.getBeanDefinition(BEAN).getConstructorArgumentValues();
		ConstructorArgumentValues.@Nullable ValueHolder known = arguments.getIndexedArgumentValue(0, null);
		Set<String> names = new LinkedHashSet<>();
		if (known != null && known.getValue() instanceof List<?> list) {
			list.forEach((other) -> names.add(String.valueOf(other)));
		}
		names.add(name);
		arguments.addIndexedArgumentValue(0, new ArrayList<>(names));
	}

}
