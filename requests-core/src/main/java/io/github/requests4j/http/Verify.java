package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Determines whether and how server certificates are verified. Immutable, with value
 * equality. It is part of the key of the connection pool, so different settings never
 * share connections. <pre>{@code
 * Session session = Session.builder().verify(Verify.authorities(Path.of("ca.pem"))).build();
 * }</pre>
 */
public final class Verify {

	private static final Verify ENABLED = new Verify(true, null);

	private static final Verify DISABLED = new Verify(false, null);

	private final boolean enabled;

	private final @Nullable Path authorities;

	private Verify(boolean enabled, @Nullable Path authorities) {
		this.enabled = enabled;
		this.authorities = authorities;
	}

	/**
	 * Verifies certificates with the trust store of the JVM. This is the default.
	 * @return the setting
	 */
	public static Verify enabled() {
		return ENABLED;
	}

	/**
	 * Disables all verification, including that of the host name. Anyone in between can
	 * then read and change the traffic. For tests only.
	 * @return the setting
	 */
	public static Verify disabled() {
		return DISABLED;
	}

	/**
	 * Enables or disables verification.
	 * @param enabled whether to verify certificates
	 * @return {@link #enabled()} or {@link #disabled()}
	 */
	public static Verify of(boolean enabled) {
		return enabled ? ENABLED : DISABLED;
	}

	/**
	 * Verifies certificates with the authorities in a PEM file, or in a directory of PEM
	 * files, and no others.
	 * @param authorities the file or directory, which is read when a connection needs it;
	 * an empty path means {@link #enabled()}
	 * @return the setting
	 */
	public static Verify authorities(Path authorities) {
		return authorities.toString().isEmpty() ? ENABLED : new Verify(true, authorities);
	}

	/**
	 * Returns whether certificates and host names are verified.
	 * @return {@code false} only for {@link #disabled()}
	 */
	public boolean isEnabled() {
		return this.enabled;
	}

	/**
	 * Returns the file or directory of trusted authorities.
	 * @return the path, or {@code null} for the trust store of the JVM
	 */
	public @Nullable Path authorities() {
		return this.authorities;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Verify that && this.enabled == that.enabled
				&& Objects.equals(this.authorities, that.authorities);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.enabled, this.authorities);
	}

	@Override
	public String toString() {
		return (this.authorities != null) ? this.authorities.toString() : String.valueOf(this.enabled);
	}

}
