package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a method that returns server-sent events ask again when their stream ends or
 * breaks off, with the id of the last event in {@code Last-Event-ID} (section 9.2.3 of
 * the HTML standard of WHATWG). The server can end it for good with status 204; any other
 * status than 200 is an error. Without this annotation the stream ends when the response
 * does. <pre class="code">
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
	 * How often it is tried again without an event in between; negative for no limit.
	 * @return the number of attempts
	 */
	int attempts() default 10;

	/**
	 * How long to wait before asking again, unless the server says otherwise in a
	 * {@code retry} field. The server's wish counts between one second and one hour.
	 * @return the pause in milliseconds, not negative
	 */
	long delayMillis() default 3000;

}
