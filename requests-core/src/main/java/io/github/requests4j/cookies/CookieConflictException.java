package io.github.requests4j.cookies;

import java.io.Serial;

/**
 * Several cookies have the name that was asked for. Ask with domain and path, or iterate
 * over the jar.
 */
public final class CookieConflictException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Makes the exception.
	 * @param message what was asked for and why it has no single answer
	 */
	public CookieConflictException(String message) {
		super(message);
	}

	/** Typed so that a jar does not load this class before there is a conflict. */
	static RuntimeException about(String name) {
		return new CookieConflictException("There are multiple cookies with name '" + name
				+ "'; narrow the choice by domain and path, or iterate over the jar");
	}

}
