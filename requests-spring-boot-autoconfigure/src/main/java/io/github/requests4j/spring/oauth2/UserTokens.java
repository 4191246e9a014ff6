package io.github.requests4j.spring.oauth2;

import java.util.function.Function;

import org.springframework.security.core.Authentication;

/**
 * How the tokens of users are obtained with one client registration.
 *
 * @param subject what distinguishes the users
 * @param fetchers returns the fetcher for the token of a user
 */
record UserTokens(Subject subject, Function<Authentication, TokenSource.Fetcher> fetchers) {

	/**
	 * What distinguishes the users of a grant.
	 */
	enum Subject {

		/** The name, under which Spring Security keeps their tokens. */
		NAME,

		/** The name and the token with which they were authenticated. */
		TOKEN,

		/**
		 * The name and, if there is one, the token with which they were authenticated. A
		 * bean of the application finds the token to present.
		 */
		ANY

	}

}
