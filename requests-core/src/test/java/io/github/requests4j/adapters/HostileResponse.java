package io.github.requests4j.adapters;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A case of the corpus {@code responses.txt}. The head of that file explains its format.
 *
 * @param name what is special about it
 * @param method the method of the request
 * @param outcome rejected, or accepted together with the fate of the connection
 * @param expected the exception, or the status
 * @param body the body, if it is accepted
 * @param wire what the server sends
 */
record HostileResponse(String name, String method, String outcome, String expected, String body, byte[] wire) {

	static List<HostileResponse> readAll() throws IOException {
		List<HostileResponse> cases = new ArrayList<>();
		try (InputStream in = Objects
			.requireNonNull(HostileResponse.class.getResourceAsStream("/responses/responses.txt"))) {
			String name = "";
			String method = "GET";
			String expect = "";
			for (String line : new String(in.readAllBytes(), StandardCharsets.US_ASCII).split("\n")) {
				if (line.startsWith("== ")) {
					name = line.substring(3);
					method = "GET";
				}
				else if (line.startsWith("request ")) {
					method = line.substring(8);
				}
				else if (line.startsWith("expect ")) {
					expect = line.substring(7);
				}
				else if (line.startsWith("> ")) {
					cases.add(read(name, method, expect, line.substring(2)));
				}
				else if (!line.isEmpty() && !line.startsWith("#")) {
					throw new IllegalArgumentException("This line of the corpus means nothing: " + line);
				}
			}
		}
		return cases;
	}

	private static HostileResponse read(String name, String method, String expect, String wire) {
		String[] words = expect.split(" ", 4);
		byte[] bytes = unescape(wire);
		return switch (words[0]) {
			case "refused" -> new HostileResponse(name, method, words[0], words[1], "", bytes);
			case "accepted" -> new HostileResponse(name, method, words[2], words[1],
					new String(unescape(words[3].substring(1, words[3].length() - 1)), StandardCharsets.ISO_8859_1),
					bytes);
			default -> throw new IllegalArgumentException("Nothing known is expected of " + name);
		};
	}

	private static byte[] unescape(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		int i = 0;
		while (i < text.length()) {
			char c = text.charAt(i++);
			if (c != '\\') {
				bytes.write(c);
				continue;
			}
			char kind = text.charAt(i++);
			if (kind == '{') {
				int space = text.indexOf(' ', i);
				int end = closing(text, space + 1);
				byte[] part = unescape(text.substring(space + 1, end));
				for (int times = Integer.parseInt(text.substring(i, space)); times > 0; times--) {
					bytes.writeBytes(part);
				}
				i = end + 1;
			}
			else if (kind == 'x') {
				bytes.write(Integer.parseInt(text.substring(i, i + 2), 16));
				i += 2;
			}
			else {
				bytes.write(single(kind));
			}
		}
		return bytes.toByteArray();
	}

	private static int closing(String text, int from) {
		int depth = 1;
		int i = from;
		while (depth > 0) {
			char c = text.charAt(i++);
			depth += (c == '{') ? 1 : (c == '}') ? -1 : 0;
		}
		return i - 1;
	}

	private static char single(char kind) {
		return switch (kind) {
			case 'r' -> '\r';
			case 'n' -> '\n';
			case 't' -> '\t';
			case '0' -> '\0';
			case '"', '\\' -> kind;
			default -> throw new IllegalArgumentException("No escape: " + kind);
		};
	}

	boolean isRefused() {
		return this.outcome.equals("refused");
	}

	boolean isReused() {
		return this.outcome.equals("reused");
	}

	/** Whether the server closes the connection after it. */
	boolean endsConnection() {
		return isRefused() || this.outcome.equals("ended");
	}

	/** Whether the head was good, so that there was a response. */
	boolean hasHead() {
		return !this.expected.equals("ConnectionException");
	}

	@Override
	public String toString() {
		return this.name;
	}

}
