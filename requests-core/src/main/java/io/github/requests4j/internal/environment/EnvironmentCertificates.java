package io.github.requests4j.internal.environment;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Verify;

/**
 * Determines how certificates are verified, from the settings of the request, the session
 * and the environment.
 */
public final class EnvironmentCertificates {

	private EnvironmentCertificates() {
	}

	/**
	 * Returns the setting of a call. REQUESTS_CA_BUNDLE, or else CURL_CA_BUNDLE, replaces
	 * the default authorities. It is ignored if the request or, without its own setting,
	 * the session sets other authorities or disables verification. SSL_CERT_FILE is not
	 * used.
	 * @param request the setting of the request, or null if it has none
	 * @param session the setting of the session, or null if it has none
	 * @param trustEnv whether the environment is used
	 * @param environment the environment
	 * @return the setting
	 */
	public static Verify verify(@Nullable Verify request, @Nullable Verify session, boolean trustEnv,
			RequestsEnvironment environment) {
		Verify explicit = (request != null) ? request : session;
		boolean replaceable = explicit == null || (request != null && isDefault(request));
		String bundle = (replaceable && trustEnv) ? EnvironmentVariables.of(environment).caBundle() : null;
		if (bundle != null) {
			return Verify.authorities(Path.of(bundle));
		}
		return (explicit != null) ? explicit : Verify.enabled();
	}

	private static boolean isDefault(Verify verify) {
		return verify.isEnabled() && verify.authorities() == null;
	}

}
