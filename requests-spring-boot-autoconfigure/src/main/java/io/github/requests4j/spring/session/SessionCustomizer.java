package io.github.requests4j.spring.session;

import io.github.requests4j.Session;

/**
 * Customizes the sessions that are created as beans, before they are built. Beans of this
 * type are called in their order after the properties are applied, so a later one sees
 * the changes of an earlier one and may replace them. <pre class="code">
 * &#64;Bean
 * SessionCustomizer audited(ExchangeListener audit) {
 *     return (name, builder) -&gt; builder.listener(audit).header("X-Session", name);
 * }
 * </pre>
 */
@FunctionalInterface
public interface SessionCustomizer {

	/**
	 * Customizes one session.
	 * @param name the name of the session
	 * @param builder the builder, with the properties applied
	 */
	void customize(String name, Session.Builder builder);

}
