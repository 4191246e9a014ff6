package io.github.requests4j.spring.session;

import java.util.Locale;
import java.util.Set;

import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.UrlSyntaxException;

/**
 * Checks the proxies of the configuration. Messages never show the URL, which may contain
 * a password.
 */
final class ProxyRules {

	private static final Set<String> SCHEMES = Set.of("http", "https", "socks4", "socks4a", "socks5", "socks5h");

	private ProxyRules() {
	}

	static void check(String key, String url, SettingChecks checks) {
		String property = "proxies[" + key + "]";
		if (!key.matches("(https?|all)(://[^/]+)?")) {
			throw checks.mistake(property, "'" + key + "' is not a key for a proxy.",
					"Use 'http', 'https', 'all', or one of them with a host, as in \"[https://api.example.com]\".");
		}
		if (!url.isEmpty()) {
			checkUrl(property, url, checks);
		}
	}

	private static void checkUrl(String property, String url, SettingChecks checks) {
		String fix = "Write it as 'http://proxy.example.com:3128'. The schemes are http, https, socks4, socks4a,"
				+ " socks5 and socks5h.";
		int end = url.indexOf("://");
		if (end < 0 || !SCHEMES.contains(url.substring(0, end).toLowerCase(Locale.ROOT))) {
			throw checks.mistake(property, "The URL of the proxy does not have a known scheme.", fix);
		}
		try {
			if (ParsedUrl.parse(url).host() == null) {
				throw checks.mistake(property, "The URL of the proxy has no host.", fix);
			}
		}
		catch (UrlSyntaxException ex) {
			throw checks.mistake(property, "The URL of the proxy is not valid.", fix);
		}
	}

}
