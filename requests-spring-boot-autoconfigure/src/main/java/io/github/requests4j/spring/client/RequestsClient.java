package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Declares an interface as a client, that is, a bean whose
 * {@link org.springframework.web.service.annotation.HttpExchange @HttpExchange} methods
 * make calls through a session. Clients are detected in the packages of the application,
 * or with {@link EnableRequestsClients}. <pre class="code">
 * &#64;RequestsClient("github")
 * interface GitHub {
 *
 *     &#64;GetExchange("/repos/{owner}/{name}")
 *     Repository repository(&#64;PathVariable String owner, &#64;PathVariable String name);
 *
 * }
 * </pre> A method that returns a body throws
 * {@link io.github.requests4j.http.HttpException} for 4xx and 5xx. A method that returns
 * {@code Optional} returns an empty one for 404. A method that returns
 * {@link io.github.requests4j.http.Response} or {@code ResponseEntity} does not throw for
 * any status.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequestsClient {

	/**
	 * The name of the session, which may contain placeholders. If empty, the only session
	 * of the application or its primary one is used.
	 * @return the name
	 */
	@AliasFor("session")
	String value() default "";

	/**
	 * The name of the session, which may contain placeholders. If empty, the only session
	 * of the application or its primary one is used.
	 * @return the name
	 */
	@AliasFor("value")
	String session() default "";

	/**
	 * The name of the client, in metrics and in {@code requests.clients}.
	 * @return the name; if empty, the simple name of the interface
	 */
	String name() default "";

	/**
	 * A class that implements the interface and is called when a call fails, because
	 * there was no response or an error response. If there is a bean of that class, it is
	 * used. Otherwise, an instance is created and its dependencies are injected. The
	 * fallback is not called for misuse of the client or for default methods. An
	 * exception that it throws has the original error as a suppressed exception.
	 * @return the class; {@code void} for none
	 */
	Class<?> fallback() default void.class;

}
