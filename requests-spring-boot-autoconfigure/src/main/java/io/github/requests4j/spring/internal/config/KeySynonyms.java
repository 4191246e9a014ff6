package io.github.requests4j.spring.internal.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names that other libraries use for session keys, and other likely names. Only used for
 * unknown keys.
 */
final class KeySynonyms {

	/** Each line contains the key and then its synonyms without dashes. */
	private static final String[] LINES = { "base-url url uri rooturi rooturl host hostname endpoint address server",
			"connect-timeout timeout connecttimeoutmillis connectiontimeout connectionrequesttimeout conntimeout connect",
			"read-timeout timeout sockettimeout sotimeout responsetimeout requesttimeout read writetimeout",
			"deadline timeout calltimeout totaltimeout maxduration",
			"headers header defaultheaders requestheaders useragent", "headers apikey",
			"params param query queryparams parameters defaultparams queryparameters",
			"proxies proxy proxyurl proxyhost httpproxy httpsproxy",
			"no-proxy noproxyhosts nonproxyhosts proxyexclusions",
			"auth basicauth authentication authorization credentials", "auth.username user login",
			"auth.password pass passwd pwd secret", "auth.token accesstoken bearer bearertoken",
			"auth.registration-id registration clientregistration clientregistrationid oauth2 oauth",
			"verify truststore trustcertificate trustedcertificates cacert cafile cabundle insecure sslverify verifyssl "
					+ "verifytls trustall skipverify hostnameverification",
			"cert clientcert clientcertificate certfile keystore", "cert.private-key key keyfile",
			"ssl.bundle sslbundle tls", "allow-redirects followredirects redirects followredirect",
			"trusted-origins trustedhosts allowedorigins trusted", "stream streaming",
			"cookies cookie cookiejar cookiepolicy",
			"compress.coding compression gzip compressrequest requestcompression",
			"idempotency-key idempotency idempotencykeys idempotent", "trust-env env environment usesystemproperties",
			"adapter.max-retries retries retry maxretry maxattempts retrycount attempts numretries",
			"max-retries retries retry maxretry maxattempts retrycount attempts numretries",
			"adapter.max-retries.backoff-factor backoff backoffperiod retryinterval retrydelay waitduration delay",
			"adapter.max-retries.status-forcelist statuscodes retrystatuses retryonstatus retrystatus retryon",
			"adapter.max-retries.allowed-methods methods retrymethods", "retry-budget budget retryratio retrylimit",
			"adapter.pool-maxsize poolsize maxconnections maxconnectionsperroute maxperroute maxtotal maxpoolsize pool",
			"adapter.pool-idle-timeout idletimeout maxidletime keepalive keepalivetime evictidle",
			"adapter.pool-time-to-live ttl timetolive connectiontimetolive maxlifetime",
			"adapter.pool-timeout connectionacquiretimeout acquiretimeout pendingacquiretimeout",
			"limits.max-body maxbodysize maxresponsesize maxinmemorysize maxcontentlength",
			"limits.max-header-bytes maxheadersize maxheaderlength",
			"egress.deny-private ssrf blockprivate denyprivateips", "logging.level loglevel loggerlevel log",
			"resilience.circuit-breaker breaker circuit" };

	private static final Map<String, List<String>> KEYS = new HashMap<>();

	static {
		for (String line : LINES) {
			String[] words = line.split(" ");
			for (int i = 1; i < words.length; i++) {
				KEYS.computeIfAbsent(words[i], (word) -> new ArrayList<>()).add(words[0]);
			}
		}
	}

	private KeySynonyms() {
	}

	/**
	 * Returns the session keys that a word may stand for.
	 * @param word the word in lower case and without dashes
	 */
	static List<String> of(String word) {
		return KEYS.getOrDefault(word, List.of());
	}

}
