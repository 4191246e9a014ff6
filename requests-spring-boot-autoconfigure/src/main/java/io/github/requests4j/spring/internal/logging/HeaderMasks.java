package io.github.requests4j.spring.internal.logging;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.spring.internal.config.SessionProperties;

/**
 * Which headers of a session the logs show: not those whose names say that they are
 * secret, those that the configuration lists, and those that it sets itself unless they
 * are known or listed as harmless, since a value that is configured may well be a key.
 *
 * @param masked names to mask beside those that are always masked, in lower case
 * @param shown names to show, whatever they sound like, in lower case
 */
public record HeaderMasks(Set<String> masked, Set<String> shown) {

	/**
	 * Reads the settings of a session.
	 * @param properties the settings
	 * @return what its logs mask and show
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

	/** The value of a header as it may be shown. */
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
