package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Restricts the server-sent events that a method returns to certain types. Events of
 * other types are skipped without converting their data, so their data does not have to
 * match the element type of the method. Without this annotation, a method returns events
 * of all types. <pre class="code">
 * &#64;EventTypes("change")
 * &#64;GetExchange("/events")
 * Stream&lt;Change&gt; changes();
 * </pre>
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface EventTypes {

	/**
	 * The types of events to return, as the server sends them in the {@code event} field.
	 * Events without that field have the type {@code message}.
	 * @return at least one type
	 */
	String[] value();

}
