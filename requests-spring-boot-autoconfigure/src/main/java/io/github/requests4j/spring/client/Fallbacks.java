package io.github.requests4j.spring.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.function.SingletonSupplier;

import io.github.requests4j.spring.internal.config.RequestsConfigurationException;

/**
 * Finds the fallbacks of clients. A fallback is a bean of its class, or else an instance
 * with injected dependencies. Fallbacks are created after all beans, because they may
 * need beans that need clients. If one cannot be created, the application does not start.
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
			throw new RequestsConfigurationException("@RequestsClient(fallback) on " + client.getName(), null,
					"The fallback " + fallback.getName() + " is not a concrete class that implements "
							+ client.getSimpleName() + ".",
					"Use a class that implements the interface and is not abstract.", null);
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
					"The fallback " + fallback.getName() + " cannot be created: " + ex.getMessage() + ".",
					"Add a constructor that Spring can call, or declare the fallback as a bean.", ex);
		}
	}

	/**
	 * Calls a fallback when a call fails. IllegalArgumentException and
	 * IllegalStateException are rethrown, because they mean that the client was misused.
	 */
	static final class Calls implements MethodInterceptor {

		private static final Logger logger = LoggerFactory.getLogger(RequestsClient.class);

		private final Supplier<?> fallback;

		Calls(Supplier<?> fallback) {
			this.fallback = fallback;
		}

		@Override
		public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
			Method method = invocation.getMethod();
			if (method.isDefault() || ReflectionUtils.isObjectMethod(method)) {
				return invocation.proceed();
			}
			try {
				Object result = invocation.proceed();
				return (result instanceof CompletableFuture<?> future) ? withFallback(invocation, future) : result;
			}
			catch (RuntimeException ex) {
				return callFallback(invocation, ex);
			}
		}

		private CompletableFuture<?> withFallback(MethodInvocation invocation, CompletableFuture<?> future) {
			@SuppressWarnings("unchecked")
			CompletableFuture<Object> call = (CompletableFuture<Object>) future;
			return call.exceptionallyCompose((error) -> {
				Throwable cause = (error instanceof CompletionException && error.getCause() != null) ? error.getCause()
						: error;
				if (!(cause instanceof RuntimeException failure)) {
					return CompletableFuture.failedFuture(cause);
				}
				try {
					@SuppressWarnings("unchecked")
					CompletableFuture<Object> result = (CompletableFuture<Object>) callFallback(invocation, failure);
					return result;
				}
				catch (Throwable ex) {
					return CompletableFuture.failedFuture(ex);
				}
			});
		}

		private @Nullable Object callFallback(MethodInvocation invocation, RuntimeException failure) throws Throwable {
			if (failure instanceof IllegalArgumentException || failure instanceof IllegalStateException) {
				throw failure;
			}
			Method method = invocation.getMethod();
			logger.debug("{}.{} failed, so its fallback is called", method.getDeclaringClass().getName(),
					method.getName(), failure);
			try {
				ReflectionUtils.makeAccessible(method);
				return method.invoke(this.fallback.get(), invocation.getArguments());
			}
			catch (InvocationTargetException ex) {
				Throwable thrown = ex.getTargetException();
				if (thrown != failure) {
					thrown.addSuppressed(failure);
				}
				throw thrown;
			}
		}

	}

}
