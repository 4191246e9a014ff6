package io.github.requests4j.cookies;

import java.io.InvalidObjectException;
import java.io.Serial;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The serialized form of a {@link CookieJar}. It only contains strings, which are checked
 * like any other input when they are read.
 */
final class SerializedJar implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/** The number of fields before the other attributes. */
	private static final int FIXED_FIELDS = 10;

	private final String[] settings;

	private final String[] blockedDomains;

	private final String @Nullable [] allowedDomains;

	private final @Nullable String[][] cookies;

	SerializedJar(CookieJar jar) {
		CookiePolicy policy = jar.policy();
		this.settings = settings(policy);
		this.blockedDomains = policy.blockedDomains().toArray(new String[0]);
		this.allowedDomains = (policy.allowedDomains() != null) ? policy.allowedDomains().toArray(new String[0]) : null;
		this.cookies = jar.cookies().stream().map(SerializedJar::write).toArray(String[][]::new);
	}

	private static String[] settings(CookiePolicy policy) {
		return new String[] { "" + policy.accept(), "" + policy.send(), "" + policy.publicSuffixes(),
				"" + policy.maxPairOctets(), "" + policy.maxAttributeOctets(), "" + policy.maxPerResponse(),
				"" + policy.maxPerDomain(), "" + policy.maxCookies(), "" + policy.maxHeaderOctets() };
	}

	private static @Nullable String[] write(Cookie cookie) {
		List<@Nullable String> fields = new ArrayList<>();
		fields.add(cookie.name());
		fields.add(cookie.value());
		fields.add(cookie.domain());
		fields.add("" + cookie.hostOnly());
		fields.add(cookie.boundHost());
		fields.add(cookie.path());
		fields.add("" + cookie.secure());
		fields.add("" + cookie.httpOnly());
		fields.add(cookie.sameSite());
		fields.add((cookie.expires() != null) ? cookie.expires().toString() : null);
		cookie.rest().forEach((name, value) -> {
			fields.add(name);
			fields.add(value);
		});
		return fields.toArray(new String[0]);
	}

	@Serial
	private Object readResolve() throws InvalidObjectException {
		try {
			CookieJar jar = new CookieJar(policy(), InstantSource.system());
			for (@Nullable
			String[] fields : this.cookies) {
				jar.setCookie(read(fields));
			}
			return jar;
		}
		catch (IllegalArgumentException | NullPointerException | IndexOutOfBoundsException | DateTimeException ex) {
			InvalidObjectException invalid = new InvalidObjectException("The serialized CookieJar is not valid.");
			invalid.initCause(ex);
			throw invalid;
		}
	}

	private CookiePolicy policy() {
		String[] fields = this.settings;
		return CookiePolicy.builder()
			.accept(Boolean.parseBoolean(fields[0]))
			.send(Boolean.parseBoolean(fields[1]))
			.publicSuffixes(Boolean.parseBoolean(fields[2]))
			.maxPairOctets(Integer.parseInt(fields[3]))
			.maxAttributeOctets(Integer.parseInt(fields[4]))
			.maxPerResponse(Integer.parseInt(fields[5]))
			.maxPerDomain(Integer.parseInt(fields[6]))
			.maxCookies(Integer.parseInt(fields[7]))
			.maxHeaderOctets(Integer.parseInt(fields[8]))
			.blockedDomains(Arrays.asList(this.blockedDomains))
			.allowedDomains((this.allowedDomains != null) ? Arrays.asList(this.allowedDomains) : null)
			.build();
	}

	private static Cookie read(@Nullable String[] fields) {
		Cookie.Builder builder = Cookie.builder(required(fields, 0), fields[1])
			.domain(required(fields, 2))
			.hostOnly(Boolean.parseBoolean(required(fields, 3)))
			.boundHost(fields[4])
			.path(required(fields, 5))
			.secure(Boolean.parseBoolean(required(fields, 6)))
			.httpOnly(Boolean.parseBoolean(required(fields, 7)))
			.sameSite(fields[8]);
		ifPresent(fields[9], (text) -> builder.expires(Instant.parse(text)));
		Map<String, String> rest = new LinkedHashMap<>();
		for (int i = FIXED_FIELDS; i < fields.length; i += 2) {
			rest.put(required(fields, i), required(fields, i + 1));
		}
		return builder.rest(rest).build();
	}

	private static void ifPresent(@Nullable String text, Consumer<String> use) {
		if (text != null) {
			use.accept(text);
		}
	}

	private static String required(@Nullable String[] fields, int index) {
		String field = fields[index];
		if (field == null) {
			throw new IllegalArgumentException("Field " + index + " of a cookie is missing.");
		}
		return field;
	}

}
