package io.github.requests4j.spring.oauth2;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.util.function.SingletonSupplier;

import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.session.RegistrationAuths;

/**
 * Creates the auth for client registrations of Spring Security. Sessions with the same
 * registration and the same session for tokens share the tokens.
 */
final class SpringRegistrationAuths implements RegistrationAuths {

	private final ClientRegistrationRepository registrations;

	private final RegistrationChecks checks;

	private final Grants grants;

	private final Caller caller;

	private final TokenStore store;

	private final Map<TokenErrors, Auth> auths = new ConcurrentHashMap<>();

	SpringRegistrationAuths(ClientRegistrationRepository registrations, RegistrationChecks checks, Grants grants,
			Caller caller, TokenStore store) {
		this.registrations = registrations;
		this.checks = checks;
		this.grants = grants;
		this.caller = caller;
		this.store = store;
	}

	@Override
	public Auth of(String registrationId) {
		return of(registrationId, registrationId + "-tokens");
	}

	@Override
	public Auth of(String registrationId, String session) {
		ClientRegistration registration = this.registrations.findByRegistrationId(registrationId);
		if (registration == null) {
			throw new IllegalArgumentException("There is no client registration named '" + registrationId + "'.");
		}
		this.checks.check(registration, session);
		return this.auths.computeIfAbsent(new TokenErrors(registrationId, session),
				(errors) -> create(registration, errors));
	}

	/**
	 * Creates an auth. The beans of the application are only looked up for the first
	 * token, because they may themselves need sessions.
	 */
	private Auth create(ClientRegistration registration, TokenErrors errors) {
		String id = registration.getRegistrationId();
		if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType())) {
			SingletonSupplier<TokenSource.Fetcher> fetcher = SingletonSupplier
				.of(() -> this.grants.ofClient(registration, errors.session()));
			return new TokenAuth(id,
					source(new TokenKey(id, id, ""), errors, (rejected) -> fetcher.obtain().fetch(rejected)));
		}
		SingletonSupplier<UserTokens> users = SingletonSupplier
			.of(() -> this.grants.ofUsers(registration, errors.session()));
		return new CallerTokenAuth(id, this.caller, users::obtain, (key, fetcher) -> source(key, errors, fetcher));
	}

	private TokenSource source(TokenKey key, TokenErrors errors, TokenSource.Fetcher fetcher) {
		return new TokenSource(key, errors, this.store, fetcher, InstantSource.system());
	}

}
