package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Makes an interface a client: a bean whose
 * {@link org.springframework.web.service.annotation.HttpExchange @HttpExchange} methods
 * call a session. Found in the packages of the application, or by
 * {@link EnableRequestsClients}. <pre class="code">
 * &#64;RequestsClient("github")
 * interface GitHub {
 *
 *     &#64;GetExchange("/repos/{owner}/{name}")
 *     Repository repository(&#64;PathVariable String owner, &#64;PathVariable String name);
 *
 * }
 * </pre> A method that returns a body raises
 * {@link io.github.requests4j.http.HttpException} for 4xx and 5xx, one that returns
 * {@code Optional} is empty for 404, and one that returns
 * {@link io.github.requests4j.http.Response} or {@code ResponseEntity} raises neither.
 */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface RequestsClient {

	/**
	 * The name of the session; may have placeholders. When empty, the one session of the
	 * application or its primary one.
	 * @return the name
	 */
	@AliasFor("session")
	String value() default "";

	/**
	 * The name of the session; may have placeholders. When empty, the one session of the
	 * application or its primary one.
	 * @return the name
	 */
	@AliasFor("value")
	String session() default "";

	/**
	 * The name of the client, in metrics and in {@code requests.clients}.
	 * @return the name; when empty, the simple name of the interface
	 */
	String name() default "";

	/**
	 * A class that implements the interface and answers when a call failed: when there
	 * was no response, or one that raises. A bean of that class is taken, or else an
	 * instance is made and gets what it needs injected. Misuse of the client and default
	 * methods do not reach it. What it throws carries the original error as suppressed.
	 * @return the class; {@code void} for none
	 */
	Class<?> fallback() default void.class;

}
