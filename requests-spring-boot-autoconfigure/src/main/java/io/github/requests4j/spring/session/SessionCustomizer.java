package io.github.requests4j.spring.session;

import io.github.requests4j.Session;

/**
 * Changes the sessions that Spring makes, before they are built. Beans of this type are
 * called in their order, after the properties were applied, so a later one sees and may
 * replace what an earlier one did. <pre class="code">
 * &#64;Bean
 * SessionCustomizer audited(ExchangeListener audit) {
 *     return (name, builder) -&gt; builder.listener(audit).header("X-Session", name);
 * }
 * </pre>
 */
@FunctionalInterface
public interface SessionCustomizer {

	/**
	 * Changes one session.
	 * @param name the name of the session
	 * @param builder the builder, with the properties applied
	 */
	void customize(String name, Session.Builder builder);

}
