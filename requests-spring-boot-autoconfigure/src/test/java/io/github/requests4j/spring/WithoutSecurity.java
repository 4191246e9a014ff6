package io.github.requests4j.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;

/**
 * Spring Security is present for its tokens; the web servers of tests require no login.
 */
public final class WithoutSecurity {

	private WithoutSecurity() {
	}

	/** A property that leaves out what would ask for a login. */
	public static String property() {
		StringBuilder names = new StringBuilder("spring.autoconfigure.exclude=");
		for (String name : ImportCandidates.load(AutoConfiguration.class, null)) {
			if (name.startsWith("org.springframework.boot.security.")) {
				names.append(name).append(',');
			}
		}
		return names.toString();
	}

}
