package io.github.requests4j.sample.upstream;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Verifies responses to a digest challenge (RFC 7616). It uses SHA-256 and a single
 * nonce. A real server would count the uses of a nonce.
 */
final class DigestAnswers {

	private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^\\s,]+))");

	private final String realm;

	private final String secret;

	private final String nonce = UUID.randomUUID().toString();

	DigestAnswers(String realm, String username, String password) {
		this.realm = realm;
		this.secret = hash(username + ":" + realm + ":" + password);
	}

	String challenge() {
		return "Digest realm=\"" + this.realm + "\", qop=\"auth\", algorithm=SHA-256, nonce=\"" + this.nonce + "\"";
	}

	boolean admits(HttpServletRequest request, String authorization) {
		if (!authorization.startsWith("Digest ")) {
			return false;
		}
		Map<String, String> answer = new LinkedHashMap<>();
		Matcher parameters = PARAMETER.matcher(authorization);
		while (parameters.find()) {
			answer.put(parameters.group(1), (parameters.group(2) != null) ? parameters.group(2) : parameters.group(3));
		}
		String target = request.getRequestURI()
				+ ((request.getQueryString() != null) ? "?" + request.getQueryString() : "");
		String expected = hash(String.join(":", this.secret, this.nonce, answer.getOrDefault("nc", ""),
				answer.getOrDefault("cnonce", ""), "auth", hash(request.getMethod() + ":" + target)));
		return target.equals(answer.get("uri")) && MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII),
				answer.getOrDefault("response", "").getBytes(StandardCharsets.US_ASCII));
	}

	private static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
