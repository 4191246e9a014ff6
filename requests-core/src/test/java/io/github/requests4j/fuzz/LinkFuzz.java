package io.github.requests4j.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.requests4j.http.LinkHeader;

/**
 * Link headers: no text is invented or found twice.
 */
public final class LinkFuzz {

	private LinkFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		String value = new String(data, StandardCharsets.ISO_8859_1);
		List<LinkHeader> links = LinkHeader.parse(value);
		int length = 0;
		for (LinkHeader link : links) {
			length += link.url().length();
			Fuzz.check(value.contains(link.url()), "a target that is not there", link);
			for (var param : link.params().entrySet()) {
				length += param.getKey().length() + param.getValue().length();
			}
			Fuzz.check(link.key().isEmpty() || value.contains(link.key()), "a key that is not there", link);
		}
		Fuzz.check(length <= value.length(), "text found twice", links);
	}

}
