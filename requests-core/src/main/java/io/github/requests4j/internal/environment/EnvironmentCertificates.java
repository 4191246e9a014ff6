package io.github.requests4j.internal.environment;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.http.Verify;

/**
 * How certificates are checked: the request, the session, the environment.
 */
public final class EnvironmentCertificates {

	private EnvironmentCertificates() {
	}

	/**
	 * Chooses the setting of a call. REQUESTS_CA_BUNDLE, else CURL_CA_BUNDLE, take the
	 * place of the default authorities: where the request or, if it sets none, the
	 * session asks for others or for no check at all, they do not count. SSL_CERT_FILE is
	 * not looked at.
	 * @param request the setting of the request, or null if it has none
	 * @param session the setting of the session, or null if it was never set
	 * @param trustEnv whether the environment counts
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
