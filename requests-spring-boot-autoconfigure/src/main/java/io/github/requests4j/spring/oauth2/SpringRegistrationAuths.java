package io.github.requests4j.spring.oauth2;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.util.function.SingletonSupplier;

import io.github.requests4j.http.Auth;
import io.github.requests4j.spring.internal.config.SimilarNames;
import io.github.requests4j.spring.internal.session.SharedTokens;
import io.github.requests4j.spring.session.RegistrationAuths;

/**
 * Creates the auth for client registrations of Spring Security. Sessions with the same
 * registration and the same session for tokens share the tokens.
 */
final class SpringRegistrationAuths implements RegistrationAuths, SharedTokens {

	private final ClientRegistrationRepository registrations;

	private final RegistrationChecks checks;

	private final Grants grants;

	private final Caller caller;

	private final Supplier<@Nullable TokenStores> stores;

	private final Map<Key, Auth> auths = new ConcurrentHashMap<>();

	/**
	 * Identifies the auth that several sessions share.
	 */
	private record Key(TokenErrors errors, boolean shared) {
	}

	SpringRegistrationAuths(ClientRegistrationRepository registrations, RegistrationChecks checks, Grants grants,
			Caller caller, Supplier<@Nullable TokenStores> stores) {
		this.registrations = registrations;
		this.checks = checks;
		this.grants = grants;
		this.caller = caller;
		this.stores = stores;
	}

	@Override
	public Auth of(String registrationId) {
		return of(registrationId, registrationId + "-tokens");
	}

	@Override
	public Auth of(String registrationId, String session) {
		return of(registrationId, session, null);
	}

	@Override
	public @Nullable Auth shared(String registrationId, String session) {
		TokenStores shared = this.stores.get();
		return (shared != null) ? of(registrationId, session, shared) : null;
	}

	private Auth of(String registrationId, String session, @Nullable TokenStores shared) {
		ClientRegistration registration = this.registrations.findByRegistrationId(registrationId);
		if (registration == null) {
			throw new IllegalArgumentException(
					"There is no client registration named '" + registrationId + "'." + suggestion(registrationId));
		}
		this.checks.check(registration, session);
		return this.auths.computeIfAbsent(new Key(new TokenErrors(registrationId, session), shared != null),
				(key) -> create(registration, key.errors(), shared));
	}

	/**
	 * Returns the existing registrations for a message, or an empty string if the
	 * repository cannot list them.
	 */
	private String suggestion(String missing) {
		Set<String> known = new TreeSet<>();
		if (this.registrations instanceof Iterable<?> all) {
			for (Object each : all) {
				if (each instanceof ClientRegistration registration) {
					known.add(registration.getRegistrationId());
				}
			}
		}
		if (known.isEmpty()) {
			return "";
		}
		String closest = SimilarNames.closest(missing, known);
		return ((closest != null) ? " Did you mean '" + closest + "'?" : "") + " The registrations are "
				+ String.join(", ", known) + ".";
	}

	/**
	 * Creates an auth. The beans of the application are only looked up for the first
	 * token, because they may themselves need sessions.
	 */
	private Auth create(ClientRegistration registration, TokenErrors errors, @Nullable TokenStores shared) {
		String id = registration.getRegistrationId();
		TokenStore store = (shared != null) ? shared.of(registration) : TokenStore.NONE;
		if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(registration.getAuthorizationGrantType())) {
			SingletonSupplier<TokenSource.Fetcher> fetcher = SingletonSupplier
				.of(() -> this.grants.ofClient(registration, errors.session(), shared != null));
			return new TokenAuth(id,
					source(new TokenKey(id, id, ""), errors, store, (rejected) -> fetcher.obtain().fetch(rejected)));
		}
		SingletonSupplier<UserTokens> users = SingletonSupplier
			.of(() -> this.grants.ofUsers(registration, errors.session()));
		return new CallerTokenAuth(id, this.caller, users::obtain,
				(key, fetcher) -> source(key, errors, store, fetcher));
	}

	private static TokenSource source(TokenKey key, TokenErrors errors, TokenStore store, TokenSource.Fetcher fetcher) {
		return new TokenSource(key, errors, store, fetcher, InstantSource.system());
	}

}
