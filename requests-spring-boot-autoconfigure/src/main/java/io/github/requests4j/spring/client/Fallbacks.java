package io.github.requests4j.spring.client;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.util.function.SingletonSupplier;

import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

/**
 * Finds the fallbacks of clients: a bean of their class, or an instance that gets what it
 * needs injected. They are made once all beans are there, since they may need beans that
 * need clients; so one that cannot be made stops the start.
 */
final class Fallbacks implements SmartInitializingSingleton {

	private final BeanFactory beans;

	private final List<Supplier<?>> known = new ArrayList<>();

	Fallbacks(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.known.forEach((fallback) -> Objects.requireNonNull(fallback.get()));
	}

	Supplier<?> of(Class<?> client, Class<?> fallback) {
		if (!client.isAssignableFrom(fallback) || fallback.isInterface()
				|| Modifier.isAbstract(fallback.getModifiers())) {
			throw new RequestsConfigurationException(
					"@RequestsClient(fallback) on " + client.getName(), null, "The fallback " + fallback.getName()
							+ " is no class that implements " + client.getSimpleName() + ".",
					"Name a class that is neither abstract nor an interface and implements it.", null);
		}
		Supplier<?> instance = SingletonSupplier.of(() -> find(client, fallback));
		this.known.add(instance);
		return instance;
	}

	private Object find(Class<?> client, Class<?> fallback) {
		Object bean = this.beans.getBeanProvider(fallback).getIfUnique();
		if (bean != null) {
			return bean;
		}
		try {
			return ((AutowireCapableBeanFactory) this.beans).createBean(fallback);
		}
		catch (RuntimeException ex) {
			throw new RequestsConfigurationException("@RequestsClient(fallback) on " + client.getName(), null,
					"The fallback " + fallback.getName() + " cannot be made: " + ex.getMessage() + ".",
					"Give it a constructor that Spring can call, or make it a bean.", ex);
		}
	}

}
