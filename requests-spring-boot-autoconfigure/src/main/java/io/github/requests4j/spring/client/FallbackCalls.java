package io.github.requests4j.spring.client;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.util.ReflectionUtils;

/**
 * Lets a fallback answer when a call failed. Misuse of a client is no failure of a call:
 * IllegalArgumentException and IllegalStateException pass.
 */
final class FallbackCalls implements MethodInterceptor {

	private static final Logger logger = LoggerFactory.getLogger(RequestsClient.class);

	private final Supplier<?> fallback;

	FallbackCalls(Supplier<?> fallback) {
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
			return (result instanceof CompletableFuture<?> future) ? later(invocation, future) : result;
		}
		catch (RuntimeException ex) {
			return answer(invocation, ex);
		}
	}

	private CompletableFuture<?> later(MethodInvocation invocation, CompletableFuture<?> future) {
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
				CompletableFuture<Object> answer = (CompletableFuture<Object>) answer(invocation, failure);
				return answer;
			}
			catch (Throwable ex) {
				return CompletableFuture.failedFuture(ex);
			}
		});
	}

	private @Nullable Object answer(MethodInvocation invocation, RuntimeException failure) throws Throwable {
		if (failure instanceof IllegalArgumentException || failure instanceof IllegalStateException) {
			throw failure;
		}
		Method method = invocation.getMethod();
		logger.debug("{}.{} failed, and its fallback answers", method.getDeclaringClass().getName(), method.getName(),
				failure);
		try {
			ReflectionUtils.makeAccessible(method);
			return method.invoke(this.fallback.get(), invocation.getArguments());
		}
		catch (InvocationTargetException ex) {
			Throwable own = ex.getTargetException();
			if (own != failure) {
				own.addSuppressed(failure);
			}
			throw own;
		}
	}

}
