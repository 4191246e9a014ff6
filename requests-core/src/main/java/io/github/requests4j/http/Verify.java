package io.github.requests4j.http;

import java.nio.file.Path;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Whether and against what the certificate of a TLS server is checked. Immutable, with
 * value equality: it is part of the key of the connection pool, so connections are never
 * shared between different settings. <pre>{@code
 * Session session = Session.builder().verify(Verify.authorities(Path.of("ca.pem"))).build();
 * }</pre>
 */
public final class Verify {

	private static final Verify ENABLED = new Verify(true, null);

	private static final Verify DISABLED = new Verify(false, null);

	private final boolean checking;

	private final @Nullable Path authorities;

	private Verify(boolean checking, @Nullable Path authorities) {
		this.checking = checking;
		this.authorities = authorities;
	}

	/**
	 * Checks against the trust store of the JVM; the default.
	 * @return the setting
	 */
	public static Verify enabled() {
		return ENABLED;
	}

	/**
	 * Checks nothing at all, host name included: anyone in between can read and change
	 * the traffic. For tests only.
	 * @return the setting
	 */
	public static Verify disabled() {
		return DISABLED;
	}

	/**
	 * Switches checking on or off.
	 * @param checking whether to check
	 * @return {@link #enabled()} or {@link #disabled()}
	 */
	public static Verify of(boolean checking) {
		return checking ? ENABLED : DISABLED;
	}

	/**
	 * Checks against the authorities in a PEM file, or in a folder of PEM files, and no
	 * others.
	 * @param authorities the file or folder, read when a connection needs it; an empty
	 * path is {@link #enabled()}
	 * @return the setting
	 */
	public static Verify authorities(Path authorities) {
		return authorities.toString().isEmpty() ? ENABLED : new Verify(true, authorities);
	}

	/**
	 * Whether certificates and host names are checked.
	 * @return {@code false} only for {@link #disabled()}
	 */
	public boolean isEnabled() {
		return this.checking;
	}

	/**
	 * The file or folder of trusted authorities.
	 * @return the path, or {@code null} for the trust store of the JVM
	 */
	public @Nullable Path authorities() {
		return this.authorities;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Verify that && this.checking == that.checking
				&& Objects.equals(this.authorities, that.authorities);
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.checking, this.authorities);
	}

	@Override
	public String toString() {
		return (this.authorities != null) ? this.authorities.toString() : String.valueOf(this.checking);
	}

}
