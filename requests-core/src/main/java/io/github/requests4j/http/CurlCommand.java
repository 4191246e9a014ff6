package io.github.requests4j.http;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.body.MultipartSource;
import io.github.requests4j.url.Url;

/**
 * Writes a request as a command for curl, to be run in bash. It sends what the request
 * would send: headers that curl would add of its own are switched off.
 */
final class CurlCommand {

	private static final String FORM_TYPE = "application/x-www-form-urlencoded";

	private final PreparedRequest request;

	private final boolean masked;

	private final StringBuilder command = new StringBuilder(256);

	private CurlCommand(PreparedRequest request, boolean masked) {
		this.request = request;
		this.masked = masked;
	}

	static String masked(PreparedRequest request) {
		return new CurlCommand(request, true).write();
	}

	static String complete(PreparedRequest request) {
		return new CurlCommand(request, false).write();
	}

	private String write() {
		Body body = this.request.body();
		this.command.append("curl");
		appendMethod(body);
		appendOptionsOfUrl();
		appendHeaders(body);
		if (body != null && isStreamedForm(body)) {
			CurlForm.append(this.command, (MultipartSource) body.source());
		}
		else if (body != null) {
			appendBody(body);
		}
		this.command.append(' ').append(ShellText.quote(url()));
		return this.command.toString();
	}

	private void appendMethod(@Nullable Body body) {
		String method = this.request.method();
		if ("HEAD".equals(method)) {
			this.command.append(" --head");
		}
		else if (method != null && !("GET".equals(method) && body == null)) {
			this.command.append(" -X ").append(ShellText.quote(method));
		}
	}

	/** So that curl changes neither brackets, which are patterns to it, nor dots. */
	private void appendOptionsOfUrl() {
		String url = (this.request.url() != null) ? this.request.url() : "";
		if (url.indexOf('[') >= 0 || url.indexOf('{') >= 0) {
			this.command.append(" --globoff");
		}
		if (url.contains("/.")) {
			this.command.append(" --path-as-is");
		}
	}

	private void appendHeaders(@Nullable Body body) {
		CaseInsensitiveHeaders headers = this.request.headers();
		if (headers.containsKey("Accept-Encoding")) {
			this.command.append(" --compressed");
		}
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			if (body == null || !isMadeByCurl(name, body)) {
				appendHeader(name, headers.valueAt(i));
			}
		}
		switchOff("User-Agent");
		switchOff("Accept");
		if (body != null) {
			switchOff(PreparedRequest.CONTENT_TYPE);
			// It would wait for a 100 before a large body
			switchOff("Expect");
		}
	}

	/**
	 * A message that cannot be shown whole is put together by curl, with a boundary of
	 * its own.
	 */
	private static boolean isStreamedForm(Body body) {
		return body.source() instanceof MultipartSource && body.bytes() == null;
	}

	private static boolean isMadeByCurl(String header, Body body) {
		return header.equalsIgnoreCase(RequestFraming.CONTENT_LENGTH)
				|| (isStreamedForm(body) && (header.equalsIgnoreCase(PreparedRequest.CONTENT_TYPE)
						|| header.equalsIgnoreCase(RequestFraming.TRANSFER_ENCODING)));
	}

	private void appendHeader(String name, @Nullable String value) {
		String shown = (this.masked && Secrets.isSecretHeader(name)) ? Secrets.MASK : value;
		// For curl, "Name:" would remove a header, and "Name;" sends an empty one
		String line = (shown == null || shown.isEmpty()) ? name + ";" : name + ": " + shown;
		this.command.append(" -H ").append(ShellText.quote(line));
	}

	private void switchOff(String name) {
		if (!this.request.headers().containsKey(name)) {
			this.command.append(" -H ").append(ShellText.quote(name + ":"));
		}
	}

	private void appendBody(Body body) {
		byte[] bytes = body.bytes();
		if (bytes == null) {
			Path file = body.source().file();
			this.command.append(" --data-binary ").append(ShellText.quote((file != null) ? "@" + file : "@-"));
			return;
		}
		String word = ShellText.wordOf(bytes);
		if (word == null || word.startsWith("@")) {
			// From the standard input: a word can hold no NUL, and "@" would name a file
			this.command.insert(0, "printf " + ShellText.printfFormat(bytes) + " | ");
			this.command.append(" --data-binary @-");
			return;
		}
		this.command.append(" --data-binary ").append(ShellText.quote(isForm() ? maskedPairs(word) : word));
	}

	private boolean isForm() {
		String type = this.request.headers().get(PreparedRequest.CONTENT_TYPE);
		return type != null && type.startsWith(FORM_TYPE);
	}

	private String maskedPairs(String pairs) {
		return this.masked ? Secrets.maskPairs(pairs) : pairs;
	}

	private String url() {
		Url url = this.request.parsedUrl();
		if (!this.masked) {
			return url.text();
		}
		// Hides the password of the user information, and what the query calls a secret
		return Secrets.maskQuery(url.toString());
	}

}
