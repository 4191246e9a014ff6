package io.github.requests4j.suites;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * One of curl's numbered test files with its variables filled in.
 *
 * @param number the number of the test
 * @param text the file
 * @param folder where the files of the client are
 */
record CurlTest(String number, String text, Path folder) {

	private static final Pattern FILE = Pattern.compile("<file\\d* name=([\"'])([^>]*?)\\1([^>]*)>(.*?)</file\\d*>",
			Pattern.DOTALL);

	private static final Pattern CONDITION = Pattern
		.compile("(?m)^\\s*%if ([^\\n]*)\\n(.*?)(?:^\\s*%else\\n(.*?))?^\\s*%endif\\n", Pattern.DOTALL);

	private static final Pattern REPEAT = Pattern.compile("%repeat\\[(\\d+) x (.*?)]%", Pattern.DOTALL);

	private static final Pattern BASE64 = Pattern.compile("%b64\\[(.*?)]b64%");

	private static final Pattern HEX = Pattern.compile("%hex\\[(.*?)]hex%", Pattern.DOTALL);

	private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

	static CurlTest read(Path file, Path folder, int port) throws IOException {
		String number = file.getFileName().toString().substring("test".length());
		String raw = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
		// No feature of curl's builds counts, so the branches without it apply.
		String filled = CONDITION.matcher(raw)
			.replaceAll((match) -> Matcher.quoteReplacement(
					match.group(1).startsWith("!") ? match.group(2) : (match.group(3) != null) ? match.group(3) : ""))
			.replace("%HOSTIP", "127.0.0.1")
			.replace("%HTTPPORT", String.valueOf(port))
			.replace("%TESTNUMBER", number)
			.replace("%LOGDIR", folder.toString())
			.replace("%SP", " ")
			.replace("%CR", "\r")
			.replace("%TAB", "\t")
			.replace("%AMP", "&")
			.replace("%NOLISTENPORT", "1");
		filled = BASE64.matcher(filled)
			.replaceAll((match) -> Matcher.quoteReplacement(Base64.getEncoder()
				.encodeToString(unescape(match.group(1)).getBytes(StandardCharsets.ISO_8859_1))));
		filled = HEX.matcher(filled).replaceAll((match) -> Matcher.quoteReplacement(unescape(match.group(1))));
		filled = REPEAT.matcher(filled)
			.replaceAll((match) -> Matcher
				.quoteReplacement(unescape(match.group(2)).repeat(Integer.parseInt(match.group(1)))));
		return new CurlTest(number, filled, folder);
	}

	private static String unescape(String text) {
		return ESCAPE.matcher(text)
			.replaceAll(
					(match) -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
	}

	/** Writes the files that the command reads. */
	void writeFiles() throws IOException {
		Matcher files = FILE.matcher(this.text);
		while (files.find()) {
			Path file = Path.of(files.group(2));
			Files.createDirectories(file.getParent());
			Files.writeString(file, content(files.group(4), files.group(3)), StandardCharsets.ISO_8859_1);
		}
	}

	/** The variables of the environment. */
	Map<String, String> environment() {
		Map<String, String> variables = new LinkedHashMap<>();
		part("setenv", "").lines().filter((line) -> line.contains("=")).forEach((line) -> {
			int equals = line.indexOf('=');
			variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
		});
		return variables;
	}

	/** A section with this name, or null. */
	@Nullable String part(String name) {
		Matcher matcher = Pattern.compile("<" + name + "(?: ([^>]*))?>(.*?)</" + name + ">", Pattern.DOTALL)
			.matcher(this.text);
		if (!matcher.find()) {
			return null;
		}
		return content(matcher.group(2), (matcher.group(1) != null) ? matcher.group(1) : "");
	}

	String part(String name, String otherwise) {
		String part = part(name);
		return (part != null) ? part : otherwise;
	}

	private static String content(String section, String attributes) {
		String content = section.startsWith("\n") ? section.substring(1) : section;
		if (attributes.contains("crlf=")) {
			content = attributes.contains("headers") ? headersWithCrlf(content) : content.replace("\n", "\r\n");
		}
		return (attributes.contains("nonewline") && content.endsWith("\n")) ? content.substring(0, content.length() - 1)
				: content;
	}

	private static String headersWithCrlf(String content) {
		StringBuilder text = new StringBuilder();
		boolean head = true;
		for (String line : content.split("(?<=\n)")) {
			head = (head && !line.equals("\n")) || line.startsWith("HTTP/");
			boolean header = head || line.equals("\n") && text.indexOf("\n\r\n") < 0;
			text.append((header && !line.endsWith("\r\n")) ? line.replace("\n", "\r\n") : line);
		}
		return text.toString();
	}

}
