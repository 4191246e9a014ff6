package io.github.requests4j.cookies;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One cookie: a name, a value, and the rules that say where it is sent and how long it
 * lives. Immutable and safe for many threads.
 * <p>
 * A cookie made with {@link #create(String, String)} belongs to no domain yet and is sent
 * to every host; {@link #bindTo(String)} restricts it to one. A cookie that a server has
 * set always has a domain. <pre>{@code
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
	 * Makes a cookie with the defaults of requests' {@code create_cookie}: domain
	 * {@code ""}, path {@code "/"}, not secure, HTTP only, kept until the session ends.
	 * @param name the name; not empty
	 * @param value the value; with {@code null} the bare name is sent
	 * @return the cookie
	 * @throws IllegalArgumentException if name or value has a control character
	 */
	public static Cookie create(String name, @Nullable String value) {
		return builder(name, value).build();
	}

	/**
	 * Starts a cookie with the defaults of {@link #create(String, String)}.
	 * @param name the name; not empty
	 * @param value the value, or {@code null} for a bare name
	 * @return a builder, for one thread
	 * @throws IllegalArgumentException if name or value has a control character
	 */
	public static Builder builder(String name, @Nullable String value) {
		return new Builder(name, value);
	}

	/**
	 * The name.
	 * @return the name; never empty
	 */
	public String name() {
		return this.name;
	}

	/**
	 * The value, with the quotes that the server may have put around it.
	 * @return the value, or {@code null} for a cookie that is only a name
	 */
	public @Nullable String value() {
		return this.value;
	}

	/**
	 * The domain in lower case, without a leading dot.
	 * @return the domain, or {@code ""} when the cookie belongs to no domain
	 */
	public String domain() {
		return this.domain;
	}

	/**
	 * Whether the cookie is for the host named by {@link #domain()} alone and not for the
	 * hosts below it (RFC 6265bis, section 5.7).
	 * @return {@code true} when no Domain attribute was given
	 */
	public boolean hostOnly() {
		return this.hostOnly;
	}

	/**
	 * The only host that a cookie without domain is sent to.
	 * @return the host, or {@code null} when a cookie without domain goes to every host
	 * @see #bindTo(String)
	 */
	public @Nullable String boundHost() {
		return this.boundHost;
	}

	/**
	 * The path.
	 * @return the path; starts with a slash
	 */
	public String path() {
		return this.path;
	}

	/**
	 * Whether the cookie is sent over encrypted connections only.
	 * @return {@code true} when the Secure attribute is set
	 */
	public boolean secure() {
		return this.secure;
	}

	/**
	 * Whether the HttpOnly attribute is set. It is only stored.
	 * @return {@code true} when set
	 */
	public boolean httpOnly() {
		return this.httpOnly;
	}

	/**
	 * The SameSite attribute. It is only stored: a client has no site.
	 * @return {@code Strict}, {@code Lax} or {@code None}, or {@code null} when not given
	 */
	public @Nullable String sameSite() {
		return this.sameSite;
	}

	/**
	 * The moment from which the cookie is no longer sent.
	 * @return the moment, or {@code null} for a cookie of the session
	 */
	public @Nullable Instant expires() {
		return this.expires;
	}

	/**
	 * Whether the cookie outlives the session.
	 * @return {@code true} when the cookie has an expiry
	 */
	public boolean persistent() {
		return this.expires != null;
	}

	/**
	 * Whether the cookie ends with the session: the opposite of {@link #persistent()}.
	 * @return {@code true} when the cookie has no expiry
	 */
	public boolean discard() {
		return this.expires == null;
	}

	/**
	 * The attributes that have no method of their own, in the order of the header.
	 * @return names as the server wrote them, with {@code ""} for an attribute without
	 * value; unmodifiable
	 */
	public Map<String, String> rest() {
		return this.rest;
	}

	/**
	 * Whether the cookie has expired.
	 * @param now the present
	 * @return {@code true} when there is an expiry and it is not after {@code now}
	 */
	public boolean isExpired(Instant now) {
		return this.expires != null && !this.expires.isAfter(now);
	}

	/**
	 * The same cookie with another value.
	 * @param value the new value, or {@code null} for a bare name
	 * @return a cookie with that value
	 * @throws IllegalArgumentException if the value has a control character
	 */
	public Cookie withValue(@Nullable String value) {
		return toBuilder().value(value).build();
	}

	/**
	 * The same cookie for one host only, if it belongs to no domain. Such a cookie keeps
	 * its domain {@code ""}, so that it neither replaces nor is replaced by what the host
	 * itself has set, and a redirect to another host does not carry it along.
	 * @param host the host: a name or an address, without port
	 * @return the bound cookie, or this one if it has a domain or is bound already
	 * @throws IllegalArgumentException if the host is empty or is no host name
	 */
	public Cookie bindTo(String host) {
		if (!this.domain.isEmpty() || this.boundHost != null) {
			return this;
		}
		return toBuilder().boundHost(host).build();
	}

	/**
	 * A builder that starts with everything this cookie has.
	 * @return a builder, for one thread
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** What is stored of a quoted value. */
	Cookie withoutEscapedQuotes() {
		String text = this.value;
		return (text != null && text.startsWith("\"") && text.endsWith("\"") && text.contains("\\\""))
				? withValue(text.replace("\\\"", "")) : this;
	}

	boolean hasIdentityOf(Cookie other) {
		return this.hostOnly == other.hostOnly && this.name.equals(other.name) && this.domain.equals(other.domain)
				&& this.path.equals(other.path);
	}

	/** Whether the cookie may be sent there, apart from its age. */
	boolean goesTo(CookieTarget target) {
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
	 * Name, domain and path. The value is masked: it is a secret more often than not.
	 */
	@Override
	public String toString() {
		String where = (this.boundHost != null) ? this.boundHost : this.domain;
		return "<Cookie " + this.name + ((this.value != null) ? "=***" : "") + " for " + where + this.path + ">";
	}

	/**
	 * Collects what makes a {@link Cookie}. For one thread at a time.
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
		 * @param name not empty; without control characters
		 * @return this builder
		 * @throws IllegalArgumentException if empty or with a control character
		 */
		public Builder name(String name) {
			if (name.isEmpty()) {
				throw new IllegalArgumentException("A cookie needs a name, and the one given is empty");
			}
			this.name = CookieText.requireNoControl("name of a cookie", name);
			return this;
		}

		/**
		 * Sets the value.
		 * @param value without control characters, except tab; {@code null} sends the
		 * bare name
		 * @return this builder
		 * @throws IllegalArgumentException if the value has a control character
		 */
		public Builder value(@Nullable String value) {
			if (value != null) {
				CookieText.requireNoControlButTab("value of cookie '" + this.name + "'", value);
			}
			this.value = value;
			return this;
		}

		/**
		 * Sets the domain: that host and, unless {@link #hostOnly(boolean)} is set, all
		 * hosts below it. Upper case, a leading dot, a trailing dot and the brackets of
		 * an address are removed. Default is {@code ""}: every host.
		 * @param domain a host name or address, or {@code ""}
		 * @return this builder
		 * @throws IllegalArgumentException if this is no host name
		 */
		public Builder domain(String domain) {
			this.domain = domain.isEmpty() ? "" : Domains.require(domain);
			return this;
		}

		/**
		 * Restricts the cookie to the host that the domain names. Default is
		 * {@code false}; of no effect without a domain.
		 * @param hostOnly whether hosts below the domain are left out
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
		 * Sets the path. Default is {@code "/"}, which {@code ""} means too.
		 * @param path starts with a slash; without control characters
		 * @return this builder
		 * @throws IllegalArgumentException if it does not start with a slash or has a
		 * control character
		 */
		public Builder path(String path) {
			if (!path.isEmpty() && path.charAt(0) != '/') {
				throw new IllegalArgumentException(
						"Path '" + path + "' of cookie '" + this.name + "' matches no URL: a path starts with a slash");
			}
			this.path = path.isEmpty() ? "/" : CookieText.requireNoControl("path of cookie '" + this.name + "'", path);
			return this;
		}

		/**
		 * Restricts the cookie to encrypted connections. Default is {@code false}.
		 * @param secure whether to send it over encrypted connections only
		 * @return this builder
		 */
		public Builder secure(boolean secure) {
			this.secure = secure;
			return this;
		}

		/**
		 * Sets the HttpOnly mark. Default is {@code true}.
		 * @param httpOnly whether the mark is set
		 * @return this builder
		 */
		public Builder httpOnly(boolean httpOnly) {
			this.httpOnly = httpOnly;
			return this;
		}

		/**
		 * Sets the SameSite mark. Default is none.
		 * @param sameSite {@code Strict}, {@code Lax} or {@code None} in any case;
		 * another word counts as none given (RFC 6265bis, section 5.6.7)
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
		 * Sets the expiry. Default is none: the cookie ends with the session.
		 * @param expires the moment from which the cookie is no longer sent
		 * @return this builder
		 */
		public Builder expires(@Nullable Instant expires) {
			this.expires = expires;
			return this;
		}

		/**
		 * Sets the attributes that have no method of their own. Default is none.
		 * @param rest names and values; copied
		 * @return this builder
		 */
		public Builder rest(Map<String, String> rest) {
			this.rest = new LinkedHashMap<>(rest);
			return this;
		}

		/**
		 * Makes the cookie.
		 * @return a cookie with what was set so far
		 */
		public Cookie build() {
			return new Cookie(this);
		}

	}

}
