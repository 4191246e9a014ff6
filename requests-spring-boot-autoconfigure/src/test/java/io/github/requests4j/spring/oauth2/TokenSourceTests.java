package io.github.requests4j.spring.oauth2;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When a token is fetched, and by how many of those who need it.
 */
@Timeout(60)
class TokenSourceTests {

	private static final Duration LIFETIME = Duration.ofMinutes(10);

	private static final TokenKey KEY = new TokenKey("shop", "ann", "s3cr3t");

	private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-01-01T00:00:00Z"));

	private final AtomicInteger fetched = new AtomicInteger();

	private TokenSource source(TokenStore store) {
		return new TokenSource(KEY, new TokenErrors("shop", "shop-tokens"), store, (rejected) -> issue(),
				this.now::get);
	}

	private OAuth2AccessToken issue() {
		return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token-" + this.fetched.incrementAndGet(),
				this.now.get(), this.now.get().plus(LIFETIME));
	}

	@Test
	void allWhoNeedAnExpiredTokenShareOneRenewal() throws Exception {
		TokenSource source = source(TokenStore.NONE);
		for (int i = 1; i <= 5; i++) {
			assertThat(Registrations.together(32, source::get)).containsOnly("token-" + i);
			assertThat(this.fetched).hasValue(i);
			this.now.updateAndGet((time) -> time.plus(LIFETIME));
		}
	}

	@Test
	void aTokenIsKeptUntilAMinuteBeforeItExpires() {
		TokenSource source = source(TokenStore.NONE);
		source.get();
		this.now.updateAndGet((time) -> time.plus(LIFETIME).minusSeconds(61));
		assertThat(source.get()).isEqualTo("token-1");
		this.now.updateAndGet((time) -> time.plusSeconds(1));
		assertThat(source.get()).isEqualTo("token-2");
	}

	@Test
	void aStoreMayAnswerInsteadOfTheAuthorizationServer() {
		Map<TokenKey, OAuth2AccessToken> shared = new ConcurrentHashMap<>();
		TokenStore store = (key, fetcher, rejected) -> shared.compute(key, (same,
				known) -> (known == null || known.getTokenValue().equals(rejected)) ? fetcher.fetch(rejected) : known);
		TokenSource one = source(store);
		TokenSource two = source(store);
		assertThat(one.get()).isEqualTo("token-1");
		assertThat(two.get()).isEqualTo("token-1");
		one.forget("token-1");
		two.forget("token-1");
		assertThat(one.get()).isEqualTo("token-2");
		assertThat(two.get()).isEqualTo("token-2");
		assertThat(this.fetched).hasValue(2);
		assertThat(shared.keySet()).hasToString("[TokenKey[registration=shop, principal=ann]]");
	}

	@Test
	void eachOfThoseWhoWaitHasAnExceptionOfItsOwn() throws Exception {
		TokenSource source = new TokenSource(KEY, new TokenErrors("shop", "shop-tokens"), TokenStore.NONE,
				(rejected) -> {
					throw new MissingTokenException("no token");
				}, this.now::get);
		assertThat(Registrations.together(16, () -> {
			try {
				return source.get();
			}
			catch (MissingTokenException ex) {
				return ex;
			}
		})).doesNotHaveDuplicates().hasOnlyElementsOfType(MissingTokenException.class);
		assertThatExceptionOfType(MissingTokenException.class).isThrownBy(source::get)
			.withMessage("Could not obtain a token for the client registration 'shop': no token");
	}

}
