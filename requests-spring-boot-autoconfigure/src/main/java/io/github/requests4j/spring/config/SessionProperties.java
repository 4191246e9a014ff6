package io.github.requests4j.spring.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesSource;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of one session. Never shows headers, parameters or proxies, which may hold
 * secrets.
 *
 * @param baseUrl URL that relative URLs are joined to. Auth, headers and params of the
 * session then go to its origin only.
 * @param primary Whether this session is injected where no name is given.
 * @param auth How requests prove who they come from.
 * @param trustedOrigins Origins that get the session's auth, headers and params beside
 * that of the base URL.
 * @param deadline How long a whole call may take: redirects, retries, pauses and body
 * included.
 * @param connectTimeout How long to wait for a connection, TLS and proxy included.
 * @param readTimeout How long to wait for each piece of data.
 * @param headers Headers of every request. An empty value removes an inherited one.
 * @param params Query parameters of every request. An empty value removes an inherited
 * one, a list repeats the name.
 * @param proxies Proxies by scheme, "[scheme://host]" or "all". An empty value means no
 * proxy.
 * @param noProxy Hosts, domains, addresses and networks that are reached without the
 * proxies.
 * @param verify How certificates of servers are checked: true (the default), false, or a
 * PEM file or folder of authorities (a path, "file:" or "classpath:").
 * @param cert Certificate of this client: a PEM file, or certificate and key.
 * @param ssl TLS material of an SSL bundle, instead of verify by file and cert.
 * @param maxRedirects How many redirects are followed.
 * @param allowRedirects Whether redirects are followed. Left out, HEAD does not follow
 * them and all others do.
 * @param redirect What happens to secrets on redirects.
 * @param stream Whether bodies are left unread for the caller.
 * @param trustEnv Whether proxies, CA bundles and netrc of the environment count.
 * @param cookies Who shares the cookies that servers set.
 * @param adapter Transport for http and https.
 * @param adapters Transports for further prefixes, such as
 * "[https://files.example.com/]".
 * @param limits How much of a response is accepted.
 * @param egress Where requests may go.
 * @param resilience Resilience4j instances that calls pass through.
 * @param logging What is logged of each exchange.
 */
@ConfigurationPropertiesSource
public record SessionProperties(@Nullable String baseUrl, @DefaultValue("false") boolean primary,
		@NestedConfigurationProperty @Nullable AuthProperties auth, @DefaultValue List<String> trustedOrigins,
		@Nullable Duration deadline, @DefaultValue("5s") Duration connectTimeout,
		@DefaultValue("10s") Duration readTimeout, @DefaultValue Map<String, String> headers,
		@DefaultValue Map<String, Object> params, @DefaultValue Map<String, String> proxies,
		@DefaultValue List<String> noProxy, @Nullable String verify,
		@NestedConfigurationProperty @Nullable CertProperties cert,
		@NestedConfigurationProperty @Nullable SslProperties ssl, @DefaultValue("30") int maxRedirects,
		@Nullable Boolean allowRedirects, @NestedConfigurationProperty @DefaultValue RedirectProperties redirect,
		@DefaultValue("false") boolean stream, @DefaultValue("false") boolean trustEnv,
		@DefaultValue("session") CookieSharing cookies,
		@NestedConfigurationProperty @DefaultValue AdapterProperties adapter,
		@DefaultValue Map<String, AdapterProperties> adapters,
		@NestedConfigurationProperty @DefaultValue LimitsProperties limits,
		@NestedConfigurationProperty @DefaultValue EgressProperties egress,
		@NestedConfigurationProperty @DefaultValue ResilienceProperties resilience,
		@NestedConfigurationProperty @DefaultValue LoggingProperties logging) {

	@Override
	public String toString() {
		return "SessionProperties[auth=" + this.auth + ", verify=" + this.verify + ", cookies=" + this.cookies + "]";
	}

}
