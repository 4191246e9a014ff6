package io.github.requests4j.spring.client;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;

/**
 * Answers {@code toString}, which the proxies of spring-web refuse.
 */
final class ObjectMethods implements MethodInterceptor {

	private final String client;

	private final String session;

	ObjectMethods(String client, String session) {
		this.client = client;
		this.session = session;
	}

	@Override
	public @Nullable Object invoke(MethodInvocation invocation) throws Throwable {
		if (AopUtils.isToStringMethod(invocation.getMethod())) {
			return this.client + " over " + (this.session.isEmpty() ? "the session" : "session '" + this.session + "'");
		}
		return invocation.proceed();
	}

}
