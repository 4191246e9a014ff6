package io.github.requests4j.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The server's side of HTTP Digest with MD5 and qop auth. It issues nonces, checks
 * answers with its own calculation, and rejects every count of a nonce that it has
 * already seen.
 */
public final class DigestServer {

	private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,\\s]*))");

	private final String username;

	private final String password;

	private final int usesOfNonce;

	private final AtomicInteger nonces = new AtomicInteger();

	private final Map<String, Set<String>> counts = new ConcurrentHashMap<>();

	private final Map<String, AtomicInteger> uses = new ConcurrentHashMap<>();

	private final List<String> replays = new CopyOnWriteArrayList<>();

	private final AtomicInteger challenges = new AtomicInteger();

	public DigestServer(String username, String password) {
		this(username, password, Integer.MAX_VALUE);
	}

	/** A server that accepts each nonce this many times, and then rejects it as stale. */
	public DigestServer(String username, String password, int usesOfNonce) {
		this.username = utf8(username);
		this.password = utf8(password);
		this.usesOfNonce = usesOfNonce;
	}

	/**
	 * Checks a request.
	 * @return the challenge to send with a 401, or null if the request is accepted
	 */
	public @Nullable String check(String method, String target, @Nullable String authorization) {
		if (authorization == null || !authorization.startsWith("Digest ")) {
			return challenge("");
		}
		Map<String, String> parameters = new ConcurrentHashMap<>();
		Matcher matcher = PARAMETER.matcher(authorization);
		while (matcher.find()) {
			String quoted = matcher.group(2);
			parameters.put(matcher.group(1), (quoted != null) ? quoted.replaceAll("\\\\(.)", "$1") : matcher.group(3));
		}
		String nonce = parameters.getOrDefault("nonce", "");
		Set<String> used = this.counts.get(nonce);
		if (used == null) {
			return challenge(", stale=true");
		}
		if (!isRight(parameters, method, target)) {
			return challenge("");
		}
		if (!used.add(parameters.get("nc"))) {
			this.replays.add(authorization);
			return challenge("");
		}
		boolean stale = this.uses.computeIfAbsent(nonce, (key) -> new AtomicInteger())
			.incrementAndGet() > this.usesOfNonce;
		return stale ? challenge(", stale=true") : null;
	}

	private boolean isRight(Map<String, String> parameters, String method, String target) {
		String secret = md5(this.username + ":" + parameters.get("realm") + ":" + this.password);
		String expected = md5(String.join(":", secret, parameters.get("nonce"), parameters.get("nc"),
				parameters.get("cnonce"), "auth", md5(method + ":" + target)));
		return target.equals(parameters.get("uri")) && expected.equals(parameters.get("response"))
				&& this.username.equals(parameters.get("username"));
	}

	private String challenge(String more) {
		this.challenges.incrementAndGet();
		String nonce = "nonce" + this.nonces.incrementAndGet();
		this.counts.put(nonce, ConcurrentHashMap.newKeySet());
		return "Digest realm=\"r\", nonce=\"" + nonce + "\", qop=\"auth\"" + more;
	}

	/** Answers that reused a count. */
	public List<String> replays() {
		return this.replays;
	}

	public int challenges() {
		return this.challenges.get();
	}

	private static String utf8(String text) {
		return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	/** Hashes text that has a character for each byte, as it comes over the wire. */
	private static String md5(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1));
			return HexFormat.of().formatHex(hash);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
