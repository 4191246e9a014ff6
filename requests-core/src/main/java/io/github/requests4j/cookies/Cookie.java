package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A cookie: a name, a value, and attributes that determine where it is sent and when it
 * expires. Immutable and thread-safe.
 * <p>
 * A cookie that is created with {@link #create(String, String)} has no domain and is sent
 * to every host. {@link #bindTo(String)} restricts it to one host. A cookie that a server
 * sets always has a domain. <pre>{@code
 * Cookie theme = Cookie.builder("theme", "dark").domain("example.com").path("/shop").secure(true).build();
 * session.cookies().setCookie(theme);
 * }</pre>
 *
 * @see CookieJar
 */
public final class Cookie {

	private final String name;

	private final @Nullable String value;

	private final String domain;

	private final boolean hostOnly;

	private final @Nullable String boundHost;

	private final String path;

	private final boolean secure;

	private final boolean httpOnly;

	private final @Nullable String sameSite;

	private final @Nullable Instant expires;

	private final Map<String, String> rest;

	private Cookie(Builder builder) {
		this.name = builder.name;
		this.value = builder.value;
		this.domain = builder.domain;
		this.hostOnly = builder.hostOnly && !builder.domain.isEmpty();
		this.boundHost = builder.domain.isEmpty() ? builder.boundHost : null;
		this.path = builder.path;
		this.secure = builder.secure;
		this.httpOnly = builder.httpOnly;
		this.sameSite = builder.sameSite;
		this.expires = builder.expires;
		this.rest = builder.rest.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(builder.rest));
	}

	/**
	 * Creates a cookie with the defaults of requests' {@code create_cookie}: domain
	 * {@code ""}, path {@code "/"}, not secure, HTTP only, expires at the end of the
	 * session.
	 * @param name the name, not empty
	 * @param value the value; {@code null} sends the name alone
	 * @return the cookie
	 * @throws IllegalArgumentException if name or value contains a control character
	 */
	public static Cookie create(String name, @Nullable String value) {
		return builder(name, value).build();
	}

	/**
	 * Returns a builder with the defaults of {@link #create(String, String)}.
	 * @param name the name, not empty
	 * @param value the value, or {@code null} for a name alone
	 * @return a builder
	 * @throws IllegalArgumentException if name or value contains a control character
	 */
	public static Builder builder(String name, @Nullable String value) {
		return new Builder(name, value);
	}

	/**
	 * Returns the name.
	 * @return the name, never empty
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Returns the value, including quotes that the server may have sent.
	 * @return the value, or {@code null} if the cookie is a name alone
	 */
	public @Nullable String value() {
		return this.value;
	}

	/**
	 * Returns the domain in lower case, without a leading dot.
	 * @return the domain, or {@code ""} if the cookie has no domain
	 */
	public String domain() {
		return this.domain;
	}

	/**
	 * Returns whether the cookie is only sent to the host {@link #domain()} and not to
	 * its subdomains (RFC 6265bis, section 5.7).
	 * @return {@code true} if the server sent no Domain attribute
	 */
	public boolean hostOnly() {
		return this.hostOnly;
	}

	/**
	 * Returns the only host to which a cookie without a domain is sent.
	 * @return the host, or {@code null} if a cookie without a domain is sent to every
	 * host
	 * @see #bindTo(String)
	 */
	public @Nullable String boundHost() {
		return this.boundHost;
	}

	/**
	 * Returns the path.
	 * @return the path, which starts with a slash
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Returns whether the cookie is only sent over encrypted connections.
	 * @return {@code true} if the Secure attribute is set
	 */
	public boolean secure() {
		return this.secure;
	}

	/**
	 * Returns whether the HttpOnly attribute is set. It is stored, but has no effect.
	 * @return {@code true} if it is set
	 */
	public boolean httpOnly() {
		return this.httpOnly;
	}

	/**
	 * Returns the SameSite attribute. It is stored, but has no effect, because a client
	 * has no site.
	 * @return {@code Strict}, {@code Lax} or {@code None}, or {@code null} if it is not
	 * set
	 */
	public @Nullable String sameSite() {
		return this.sameSite;
	}

	/**
	 * Returns the time from which the cookie is no longer sent.
	 * @return the time, or {@code null} for a session cookie
	 */
	public @Nullable Instant expires() {
		return this.expires;
	}

	/**
	 * Returns whether the cookie is kept after the end of the session.
	 * @return {@code true} if the cookie has an expiry time
	 */
	public boolean persistent() {
		return this.expires != null;
	}

	/**
	 * Returns whether this is a session cookie, which is the opposite of
	 * {@link #persistent()}.
	 * @return {@code true} if the cookie has no expiry time
	 */
	public boolean discard() {
		return this.expires == null;
	}

	/**
	 * Returns the attributes that have no method here, in the order of the header.
	 * @return the attributes with their original names, with {@code ""} for an attribute
	 * without a value; unmodifiable
	 */
	public Map<String, String> rest() {
		return this.rest;
	}

	/**
	 * Returns whether the cookie has expired.
	 * @param now the current time
	 * @return {@code true} if there is an expiry time and it is not after {@code now}
	 */
	public boolean isExpired(Instant now) {
		return this.expires != null && !this.expires.isAfter(now);
	}

	/**
	 * Returns this cookie with another value.
	 * @param value the new value, or {@code null} for a name alone
	 * @return a cookie with that value
	 * @throws IllegalArgumentException if the value contains a control character
	 */
	public Cookie withValue(@Nullable String value) {
		return toBuilder().value(value).build();
	}

	/**
	 * Returns this cookie restricted to one host, if it has no domain. The domain remains
	 * {@code ""}, so the cookie neither replaces nor is replaced by one that the host has
	 * set. It is not sent to another host after a redirect.
	 * @param host the host, a name or an address without a port
	 * @return the bound cookie, or this one if it has a domain or is bound already
	 * @throws IllegalArgumentException if the host is not a valid host name
	 */
	public Cookie bindTo(String host) {
		if (!this.domain.isEmpty() || this.boundHost != null) {
			return this;
		}
		return toBuilder().boundHost(host).build();
	}

	/**
	 * Returns a builder with the values of this cookie.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Returns this cookie without escaped quotes in a quoted value, which are not stored.
	 */
	Cookie withoutEscapedQuotes() {
		String text = this.value;
		return (text != null && text.startsWith("\"") && text.endsWith("\"") && text.contains("\\\""))
				? withValue(text.replace("\\\"", "")) : this;
	}

	boolean hasIdentityOf(Cookie other) {
		return this.hostOnly == other.hostOnly && this.name.equals(other.name) && this.domain.equals(other.domain)
				&& this.path.equals(other.path);
	}

	/** Returns whether the cookie may be sent to a target, ignoring its expiry time. */
	boolean isSentTo(CookieTarget target) {
		return (!this.secure || target.secure()) && matchesHost(target.host())
				&& CookieTarget.pathMatches(target.path(), this.path);
	}

	private boolean matchesHost(String host) {
		if (this.domain.isEmpty()) {
			return this.boundHost == null || this.boundHost.equals(host);
		}
		return this.hostOnly ? this.domain.equals(host) : Domains.matches(host, this.domain);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other
				|| (other instanceof Cookie that && hasIdentityOf(that) && Objects.equals(this.value, that.value)
						&& Objects.equals(this.boundHost, that.boundHost) && this.secure == that.secure
						&& this.httpOnly == that.httpOnly && Objects.equals(this.sameSite, that.sameSite)
						&& Objects.equals(this.expires, that.expires) && this.rest.equals(that.rest));
	}

	@Override
	public int hashCode() {
		return Objects.hash(this.name, this.value, this.domain, this.path);
	}

	/**
	 * Returns name, domain and path. The value is masked, because it is often a secret.
	 */
	@Override
	public String toString() {
		String where = (this.boundHost != null) ? this.boundHost : this.domain;
		return "<Cookie " + this.name + ((this.value != null) ? "=***" : "") + " for " + where + this.path + ">";
	}

	/**
	 * Builds a {@link Cookie}. Not thread-safe.
	 */
	public static final class Builder {

		private String name = "";

		private @Nullable String value;

		private String domain = "";

		private boolean hostOnly;

		private @Nullable String boundHost;

		private String path = "/";

		private boolean secure;

		private boolean httpOnly = true;

		private @Nullable String sameSite;

		private @Nullable Instant expires;

		private Map<String, String> rest = Map.of();

		private Builder(String name, @Nullable String value) {
			name(name);
			value(value);
		}

		private Builder(Cookie cookie) {
			this.name = cookie.name;
			this.value = cookie.value;
			this.domain = cookie.domain;
			this.hostOnly = cookie.hostOnly;
			this.boundHost = cookie.boundHost;
			this.path = cookie.path;
			this.secure = cookie.secure;
			this.httpOnly = cookie.httpOnly;
			this.sameSite = cookie.sameSite;
			this.expires = cookie.expires;
			this.rest = cookie.rest;
		}

		/**
		 * Sets the name.
		 * @param name the name, not empty and without control characters
		 * @return this builder
		 * @throws IllegalArgumentException if the name is empty or contains a control
		 * character
		 */
		public Builder name(String name) {
			if (name.isEmpty()) {
				throw new IllegalArgumentException("The name of a cookie must not be empty.");
			}
			this.name = CookieText.requireNoControl("name of a cookie", name);
			return this;
		}

		/**
		 * Sets the value.
		 * @param value the value, without control characters except tabs; {@code null}
		 * sends the name alone
		 * @return this builder
		 * @throws IllegalArgumentException if the value contains a control character
		 */
		public Builder value(@Nullable String value) {
			if (value != null) {
				CookieText.requireNoControlButTab("value of cookie '" + this.name + "'", value);
			}
			this.value = value;
			return this;
		}

		/**
		 * Sets the domain. The cookie is sent to that host and, unless
		 * {@link #hostOnly(boolean)} is set, to its subdomains. The domain is converted
		 * to lower case, and a leading dot, a trailing dot and the brackets of an address
		 * are removed. The default is {@code ""}, which means every host.
		 * @param domain a host name or address, or {@code ""}
		 * @return this builder
		 * @throws IllegalArgumentException if it is not a valid host name
		 */
		public Builder domain(String domain) {
			this.domain = domain.isEmpty() ? "" : Domains.require(domain);
			return this;
		}

		/**
		 * Sets whether the cookie is only sent to the host of the domain. The default is
		 * {@code false}. Has no effect without a domain.
		 * @param hostOnly whether subdomains are excluded
		 * @return this builder
		 */
		public Builder hostOnly(boolean hostOnly) {
			this.hostOnly = hostOnly;
			return this;
		}

		Builder boundHost(@Nullable String host) {
			this.boundHost = (host != null) ? Domains.require(host) : null;
			return this;
		}

		/**
		 * Sets the path. The default is {@code "/"}, which {@code ""} means too.
		 * @param path the path, which starts with a slash and has no control characters
		 * @return this builder
		 * @throws IllegalArgumentException if the path does not start with a slash or
		 * contains a control character
		 */
		public Builder path(String path) {
			if (!path.isEmpty() && path.charAt(0) != '/') {
				throw new IllegalArgumentException(
						"The path '" + path + "' of cookie '" + this.name + "' must start with a slash.");
			}
			this.path = path.isEmpty() ? "/" : CookieText.requireNoControl("path of cookie '" + this.name + "'", path);
			return this;
		}

		/**
		 * Sets whether the cookie is only sent over encrypted connections. The default is
		 * {@code false}.
		 * @param secure whether encryption is required
		 * @return this builder
		 */
		public Builder secure(boolean secure) {
			this.secure = secure;
			return this;
		}

		/**
		 * Sets the HttpOnly attribute. The default is {@code true}.
		 * @param httpOnly the attribute
		 * @return this builder
		 */
		public Builder httpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
			return this;
		}

		/**
		 * Sets the SameSite attribute. By default there is none.
		 * @param sameSite {@code Strict}, {@code Lax} or {@code None}, ignoring case;
		 * other values are ignored (RFC 6265bis, section 5.6.7)
		 * @return this builder
		 */
		public Builder sameSite(@Nullable String sameSite) {
			this.sameSite = (sameSite != null) ? switch (sameSite.toLowerCase(Locale.ROOT)) {
				case "strict" -> "Strict";
				case "lax" -> "Lax";
				case "none" -> "None";
				default -> null;
			} : null;
			return this;
		}

		/**
		 * Sets the expiry time. By default there is none, and the cookie expires with the
		 * session.
		 * @param expires the time from which the cookie is no longer sent
		 * @return this builder
		 */
		public Builder expires(@Nullable Instant expires) {
			this.expires = expires;
			return this;
		}

		/**
		 * Sets the attributes that have no method here. By default there are none.
		 * @param rest names and values, which are copied
		 * @return this builder
		 */
		public Builder rest(Map<String, String> rest) {
			this.rest = new LinkedHashMap<>(rest);
			return this;
		}

		/**
		 * Builds the cookie.
		 * @return the cookie
		 */
		public Cookie build() {
			return new Cookie(this);
		}

	}

}
