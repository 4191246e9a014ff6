package io.github.requests4j.testserver;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Checks digest answers by the book (RFC 7616), with a fixed nonce:
 * {@code /digest-auth/auth/user/password/SHA-256}.
 */
final class HttpbinDigest {

	private static final String NONCE = "6bf5d6e4da1ce66918800195d6b9130d";

	private static final Pattern PARAMETER = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|([^,\\s]*))");

	private HttpbinDigest() {
	}

	static Reply answer(RawRequest request, String[] path) {
		String algorithm = (path.length > 4) ? path[4] : "MD5";
		if (isRight(request, path[2], path[3], algorithm)) {
			return Reply.of(200, "{\"authenticated\": true}", "Content-Type: application/json",
					"Set-Cookie: fake=fake_value; Path=/");
		}
		return Reply.of(401, "who are you?", "Set-Cookie: fake=fake_value; Path=/",
				"WWW-Authenticate: Digest realm=\"me@example.com\", nonce=\"" + NONCE + "\", qop=\"" + path[1]
						+ "\", opaque=\"372825293d1c\", algorithm=" + algorithm + ", stale=FALSE");
	}

	private static boolean isRight(RawRequest request, String user, String password, String algorithm) {
		String header = request.header("Authorization");
		if (header == null || !header.startsWith("Digest ")) {
			return false;
		}
		Map<String, String> sent = parameters(header);
		String secret = hash(algorithm, user + ":" + sent.get("realm") + ":" + password);
		String target = hash(algorithm, request.method() + ":" + request.target());
		String expected = hash(algorithm,
				String.join(":", secret, NONCE, sent.get("nc"), sent.get("cnonce"), sent.get("qop"), target));
		return user.equals(sent.get("username")) && NONCE.equals(sent.get("nonce"))
				&& request.target().equals(sent.get("uri")) && expected.equals(sent.get("response"));
	}

	private static Map<String, String> parameters(String header) {
		Map<String, String> parameters = new HashMap<>();
		Matcher matcher = PARAMETER.matcher(header);
		while (matcher.find()) {
			@Nullable String quoted = matcher.group(2);
			parameters.put(matcher.group(1), (quoted != null) ? quoted : matcher.group(3));
		}
		return parameters;
	}

	private static String hash(String algorithm, String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance(algorithm);
			return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalArgumentException("No algorithm " + algorithm, ex);
		}
	}

}
