package io.github.requests4j.spring.internal.session;

/**
 * How the beans of sessions are named.
 */
public final class SessionBeanNames {

	private SessionBeanNames() {
	}

	/**
	 * The name of the bean of a session. A bean of the application with this name takes
	 * the place of the configured one.
	 * @param session the name of the session, such as {@code github}
	 * @return the name of the bean, such as {@code githubSession}
	 */
	public static String of(String session) {
		return session + "Session";
	}

}
