package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method that returns server-sent events reconnect when the stream ends or fails,
 * with the id of the last event in {@code Last-Event-ID} (section 9.2.3 of the WHATWG
 * HTML standard). The server can end the stream permanently with status 204. Any status
 * other than 200 is an error. Without this annotation, the stream ends with the response.
 * <pre class="code">
 * &#64;Reconnect
 * &#64;GetExchange("/events")
 * Stream&lt;ServerSentEvent&lt;Change&gt;&gt; changes();
 * </pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Reconnect {

	/**
	 * The maximum number of consecutive attempts without an event, or a negative number
	 * for no limit.
	 * @return the number of attempts
	 */
	int attempts() default 10;

	/**
	 * The delay before reconnecting, unless the server sends another one in a
	 * {@code retry} field. The server's delay is limited to between one second and one
	 * hour.
	 * @return the delay in milliseconds, not negative
	 */
	long delayMillis() default 3000;

}
