package io.github.requests4j.spring.internal.session;

/**
 * Defines the names of session beans.
 */
public final class SessionBeanNames {

	private SessionBeanNames() {
	}

	/**
	 * Returns the name of the bean of a session. A bean of the application with this name
	 * replaces the configured session.
	 * @param session the name of the session, such as {@code github}
	 * @return the name of the bean, such as {@code githubSession}
	 */
	public static String of(String session) {
		return session + "Session";
	}

}
