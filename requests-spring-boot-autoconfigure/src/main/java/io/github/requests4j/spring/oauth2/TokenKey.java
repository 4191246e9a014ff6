package io.github.requests4j.spring.oauth2;

/**
 * Identifies a token. {@code toString} does not show the token of the caller.
 *
 * @param registration the id of the client registration
 * @param principal the name of the user, or the id of the registration if the client acts
 * on its own behalf
 * @param callerToken the token that the client presents for the user, or an empty string.
 * A user who presents another token may have other rights.
 */
record TokenKey(String registration, String principal, String callerToken) {

	@Override
	public String toString() {
		return "TokenKey[registration=" + this.registration + ", principal=" + this.principal + "]";
	}

}
