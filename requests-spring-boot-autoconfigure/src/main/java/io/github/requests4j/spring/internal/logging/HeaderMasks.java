package io.github.requests4j.spring.internal.logging;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Decides which headers of a session the logs show. Headers with secret names and headers
 * that the configuration lists are masked. Headers that the configuration sets are also
 * masked, because their values may be keys, unless they are known or listed as harmless.
 *
 * @param masked additional names to mask, in lower case
 * @param shown names to show even if they sound like secrets, in lower case
 */
public record HeaderMasks(Set<String> masked, Set<String> shown) {

	/**
	 * Returns the masks for the settings of a session.
	 * @param properties the settings
	 * @return the masks for its logs
	 */
	public static HeaderMasks of(SessionProperties properties) {
		Set<String> shown = lower(properties.logging().shownHeaders());
		shown.removeIf(Secrets::isCredentialHeader);
		Set<String> masked = lower(properties.logging().maskedHeaders());
		properties.headers().forEach((name, value) -> {
			if (!value.isEmpty() && !Secrets.isHarmlessHeader(name) && !shown.contains(lower(name))) {
				masked.add(lower(name));
			}
		});
		return new HeaderMasks(Set.copyOf(masked), Set.copyOf(shown));
	}

	/** Returns the value of a header, or a mask. */
	String shown(String name, String value) {
		if (this.masked.contains(lower(name))) {
			return Secrets.MASK;
		}
		return this.shown.contains(lower(name)) ? value : SecretMasker.DEFAULT.header(name, value);
	}

	private static Set<String> lower(Collection<String> names) {
		Set<String> lower = new TreeSet<>();
		names.forEach((name) -> lower.add(lower(name)));
		return lower;
	}

	private static String lower(String name) {
		return name.toLowerCase(Locale.ROOT);
	}

}
