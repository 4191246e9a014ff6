package io.github.requests4j.suites;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.ibm.icu.text.IDNA;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.internal.url.PercentCodec;
import io.github.requests4j.internal.url.UriTemplate;

/**
 * URLs, host names and URI templates. WHATWG's data describes what browsers send after
 * they have repaired an address; requests rejects more and repairs less, so that only the
 * verdict and the host are compared.
 */
final class UrlSuites {

	private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})|\\\\x\\{([0-9A-Fa-f]+)}");

	private static final IDNA STRICT = IDNA.getUTS46Instance(IDNA.USE_STD3_RULES | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ
			| IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE);

	private UrlSuites() {
	}

	static Tally urls(Path folder) throws IOException {
		Tally tally = new Tally("urls");
		for (JsonNode test : Json.read(folder.resolve("url-wpt/urltestdata.json"))) {
			String input = test.path("input").asString("");
			if (!test.isObject() || !input.regionMatches(true, 0, "http", 0, 4) || !input.contains("://")) {
				continue;
			}
			String host = host(input);
			if (test.path("failure").asBoolean(false)) {
				tally.compare(input, null, host);
			}
			else if (host == null) {
				tally.stricter("an address that browsers repair is rejected");
			}
			else {
				tally.compare(input, test.path("hostname").asString(), host);
			}
		}
		return tally;
	}

	static Tally hosts(Path folder) throws IOException {
		Tally tally = new Tally("hosts");
		for (JsonNode test : Json.read(folder.resolve("url-wpt/toascii.json"))) {
			if (test.isObject()) {
				judge(tally, test.get("input").asString(),
						test.get("output").isNull() ? null : test.get("output").asString());
			}
		}
		return tally;
	}

	static Tally idna(Path folder) throws IOException {
		Tally tally = new Tally("idna");
		for (String line : Files.readAllLines(folder.resolve("idna/IdnaTestV2.txt"))) {
			String[] columns = line.replaceFirst("#.*", "").split(";", -1);
			if (columns.length < 5) {
				continue;
			}
			String source = unescape(columns[0].strip());
			String unicode = columns[1].isBlank() ? source : unescape(columns[1].strip());
			String ascii = columns[3].isBlank() ? unicode : unescape(columns[3].strip());
			String status = columns[4].isBlank() ? columns[2].strip() : columns[4].strip();
			boolean valid = status.isEmpty() || status.equals("[]");
			judge(tally, source, valid ? ascii : null);
		}
		return tally;
	}

	/**
	 * Rejecting is always safe. Accepting what others reject, or another host, is only
	 * right for labels in US-ASCII, which only the resolver interprets.
	 */
	private static void judge(Tally tally, String source, @Nullable String expected) {
		if (source.isEmpty() || source.chars().anyMatch((c) -> "/?#@:[]\\".indexOf(c) >= 0)) {
			tally.notRunnable();
			return;
		}
		String host = host("http://" + source + "/");
		if (host == null && expected != null) {
			tally.stricter("IDNA 2008 without mapping rejects it");
		}
		else if (host != null && !host.equals(expected) && isAscii(source)
				&& host.equals(source.toLowerCase(Locale.ROOT))) {
			tally.explained("labels in US-ASCII, xn--... among them, pass unchanged, as in requests");
		}
		else if (host != null && expected == null && onlyAsciiLabelsAreInvalid(source)) {
			tally.explained("the labels beyond US-ASCII are valid, the others pass unchanged, as in requests");
		}
		else if (host != null && !host.equals(expected) && source.contains("\u03a3")) {
			tally.explained("a capital sigma at the end of a label becomes a final one, as in requests");
		}
		else {
			tally.compare(source, expected, host);
		}
	}

	private static boolean isAscii(String text) {
		return text.chars().allMatch((c) -> c < 0x80);
	}

	/** ICU judges each label by itself. */
	private static boolean onlyAsciiLabelsAreInvalid(String source) {
		for (String label : source.split("\\.", -1)) {
			IDNA.Info info = new IDNA.Info();
			if (!isAscii(label)) {
				STRICT.labelToASCII(label, new StringBuilder(), info);
			}
			if (info.hasErrors()) {
				return false;
			}
		}
		return true;
	}

	private static @Nullable String host(String url) {
		PreparedRequest request = new PreparedRequest();
		try {
			request.prepareUrl(url, null);
			String prepared = String.valueOf(request.url());
			Matcher authority = Pattern.compile("^[a-z]+://(?:[^/?#]*@)?(\\[[^]]*]|[^/?#:]*)").matcher(prepared);
			return authority.find() ? authority.group(1) : URI.create(prepared).getHost();
		}
		catch (RequestException ex) {
			return null;
		}
	}

	static Tally templates(Path folder) throws IOException {
		Tally tally = new Tally("uri-templates");
		for (String file : List.of("spec-examples.json", "spec-examples-by-section.json", "extended-tests.json",
				"negative-tests.json")) {
			for (JsonNode group : Json.read(folder.resolve("uritemplate-test").resolve(file))) {
				Map<String, Object> variables = variables(group.get("variables"));
				for (JsonNode test : group.get("testcases")) {
					template(tally, test.get(0).asString(), variables, test.get(1));
				}
			}
		}
		return tally;
	}

	private static void template(Tally tally, String template, Map<String, Object> variables, JsonNode expected) {
		boolean valid = !expected.isBoolean();
		UriTemplate parsed;
		try {
			parsed = UriTemplate.parse(template);
		}
		catch (IllegalArgumentException ex) {
			if (valid) {
				tally.stricter(
						"operators, prefixes, explode modifiers and lists of variables (levels 2 to 4) are rejected"
								+ " when the template is parsed");
			}
			else {
				tally.compare(template, false, false);
			}
			return;
		}
		if (valid && !variables.keySet().containsAll(parsed.variables())) {
			tally.stricter("each variable needs a value");
			return;
		}
		if (!valid && parsed.variables().stream().anyMatch((name) -> name.contains("-"))) {
			tally.explained("names may have hyphens, as Spring's");
			return;
		}
		if (valid && parsed.variables().stream().anyMatch((name) -> "".equals(variables.get(name)))) {
			tally.stricter("an empty value in the path is rejected, unless the template allows it by {name?}");
			return;
		}
		List<String> allowed = new ArrayList<>();
		(expected.isArray() ? expected : List.of(expected)).forEach((one) -> allowed.add(one.asString()));
		// What is beyond US-ASCII in literals is encoded when the URL is prepared.
		String expanded = PercentCodec.requoteUri(parsed.expand(variables));
		tally.compare(template, true, allowed.contains(expanded) ? true : expanded);
	}

	private static Map<String, Object> variables(JsonNode node) {
		Map<String, Object> variables = new LinkedHashMap<>();
		node.properties().forEach((entry) -> {
			JsonNode value = entry.getValue();
			// An empty list or map counts as no value.
			if (!value.isNull() && (value.isValueNode() || !value.isEmpty())) {
				variables.put(entry.getKey(),
						value.isValueNode() ? value.asString() : JsonMapper.shared().treeToValue(value, Object.class));
			}
		});
		return variables;
	}

	private static String unescape(String text) {
		String bare = text.equals("\"\"") ? "" : text;
		return ESCAPE.matcher(bare).replaceAll((match) -> {
			String digits = (match.group(1) != null) ? match.group(1) : match.group(2);
			return Matcher.quoteReplacement(new String(Character.toChars(Integer.parseInt(digits, 16))));
		});
	}

}
