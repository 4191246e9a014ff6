package io.github.requests4j.http;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.requests4j.internal.body.MultipartPart;
import io.github.requests4j.internal.body.MultipartSource;

/**
 * Writes a multipart message as options of curl, which reads the files itself.
 */
final class CurlForm {

	private CurlForm() {
	}

	static void append(StringBuilder command, MultipartSource message) {
		for (MultipartPart part : message.parts()) {
			command.append(" -F ").append(ShellText.quote(option(part)));
		}
	}

	private static String option(MultipartPart part) {
		StringBuilder option = new StringBuilder(64).append(part.name()).append('=').append(content(part));
		if (part.filename() != null) {
			option.append(";filename=").append(quoted(part.filename()));
		}
		if (part.contentType() != null) {
			option.append(";type=").append(part.contentType());
		}
		part.headers().forEach((name, value) -> option.append(";headers=").append(quoted(name + ": " + value)));
		return option.toString();
	}

	private static String content(MultipartPart part) {
		byte[] bytes = part.content().bytes();
		if (bytes != null) {
			return quoted(new String(bytes, StandardCharsets.UTF_8));
		}
		Path file = part.content().file();
		return (file != null) ? "@" + quoted(file.toString()) : "@-";
	}

	private static String quoted(String text) {
		return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
