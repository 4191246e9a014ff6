package io.github.requests4j.suites;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

/**
 * curl's numbered tests against plain HTTP servers: the command becomes a call, the
 * server replies as the test says, and the requests on the wire are compared. Headers by
 * which a client names itself are left out of the comparison.
 */
final class CurlSuite {

	private static final Set<String> OWN = Set.of("user-agent", "accept", "accept-encoding", "connection",
			"proxy-connection");

	private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

	private CurlSuite() {
	}

	static Tally run(Path folder) throws IOException {
		Tally tally = new Tally("curl");
		try (Stream<Path> files = Files.list(folder.resolve("curl-http"))) {
			for (Path file : files.filter((path) -> path.getFileName().toString().startsWith("test"))
				.sorted()
				.toList()) {
				run(tally, file);
			}
		}
		return tally;
	}

	private static void run(Tally tally, Path file) throws IOException {
		String number = file.getFileName().toString().substring("test".length());
		String text = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
		AtomicInteger count = new AtomicInteger();
		try (RawServer server = RawServer.start((conversation) -> serve(conversation, text, number, count))) {
			String filled = fill(text, number, server.port());
			String command = part(filled, "command");
			Call call = (part(filled, "server", "").strip().equals("http") && command != null
					&& !filled.contains("%if ") && !filled.contains("%repeat") && !filled.contains("<file name")
					&& !filled.contains("<tool>")) ? Call.of(command.strip()) : null;
			String protocol = part(filled, "protocol");
			if (call == null || protocol == null) {
				tally.notRunnable();
				return;
			}
			String failure = call.make();
			List<String> sent = server.requests().stream().map(CurlSuite::text).toList();
			tally.compare(number + " " + command.strip() + ((failure != null) ? " (" + failure + ")" : ""),
					expected(protocol), sent);
		}
	}

	private static void serve(RawConversation conversation, String text, String number, AtomicInteger count)
			throws IOException {
		RawRequest request = conversation.readRequest();
		while (request != null) {
			count.incrementAndGet();
			String filled = fill(text, number, conversation.socket().getLocalPort());
			Matcher suffix = Pattern.compile("/" + number + "(\\d{4})").matcher(request.target());
			String name = suffix.find() ? "data" + Integer.parseInt(suffix.group(1)) : "data";
			String authorization = request.header("Authorization");
			if (authorization != null && authorization.startsWith("Digest")) {
				name = "data1001";
			}
			String reply = part(filled, name, part(filled, "data", ""));
			conversation.send(reply.getBytes(StandardCharsets.ISO_8859_1));
			if (reply.contains("swsclose") || reply.contains("Connection: close")
					|| !reply.toLowerCase(java.util.Locale.ROOT).contains("content-length")) {
				conversation.close();
				return;
			}
			request = conversation.readRequest();
		}
	}

	private static List<String> expected(String protocol) {
		List<String> requests = new ArrayList<>();
		String rest = protocol.startsWith("\n") ? protocol.substring(1) : protocol;
		while (!rest.isBlank()) {
			int end = rest.indexOf("\n\n");
			String head = (end < 0) ? rest : rest.substring(0, end);
			String after = (end < 0) ? "" : rest.substring(end + 2);
			int next = nextRequest(after);
			requests.add(text(head.lines().toList(), after.substring(0, next).strip()));
			rest = after.substring(next);
		}
		return requests;
	}

	private static int nextRequest(String text) {
		Matcher start = Pattern.compile("(?m)^[A-Z]+ \\S+ HTTP/1\\.[01]$").matcher(text);
		return start.find() ? start.start() : text.length();
	}

	private static String text(RawRequest request) {
		List<String> lines = new ArrayList<>();
		lines.add(request.requestLine());
		lines.addAll(request.headerLines());
		return text(lines, request.bodyText().strip());
	}

	private static String text(List<String> lines, String body) {
		Set<String> headers = new TreeSet<>();
		for (String line : lines.subList(1, lines.size())) {
			String name = line.contains(":") ? line.substring(0, line.indexOf(':')) : line;
			if (!OWN.contains(name.toLowerCase(java.util.Locale.ROOT))) {
				headers.add(line.strip());
			}
		}
		return lines.get(0) + " " + headers + " " + body;
	}

	private static @Nullable String part(String text, String name) {
		Matcher matcher = Pattern.compile("<" + name + "(?: ([^>]*))?>(.*?)</" + name + ">", Pattern.DOTALL)
			.matcher(text);
		if (!matcher.find()) {
			return null;
		}
		String content = matcher.group(2).startsWith("\n") ? matcher.group(2).substring(1) : matcher.group(2);
		String attributes = (matcher.group(1) != null) ? matcher.group(1) : "";
		if (attributes.contains("nonewline") && content.endsWith("\n")) {
			content = content.substring(0, content.length() - 1);
		}
		return content;
	}

	private static String part(String text, String name, String otherwise) {
		String part = part(text, name);
		return (part != null) ? part : otherwise;
	}

	private static String fill(String text, String number, int port) {
		String filled = text.replace("%HOSTIP", "127.0.0.1")
			.replace("%HTTPPORT", String.valueOf(port))
			.replace("%TESTNUMBER", number)
			.replace("%SP", " ")
			.replace("%CR", "\r")
			.replace("%TAB", "\t");
		return Pattern.compile("%b64\\[(.*?)]b64%")
			.matcher(filled)
			.replaceAll((match) -> Matcher.quoteReplacement(
					Base64.getEncoder().encodeToString(match.group(1).getBytes(StandardCharsets.ISO_8859_1))));
	}

	/** A command line of curl, as far as it has a counterpart here. */
	private record Call(String method, List<String> urls, List<String> headers, @Nullable String data,
			@Nullable String user, boolean digest, boolean follow, @Nullable String proxy, @Nullable String cookie) {

		static @Nullable Call of(String command) {
			String method = "GET";
			List<String> urls = new ArrayList<>();
			List<String> headers = new ArrayList<>();
			String data = null;
			String user = null;
			boolean digest = false;
			boolean follow = false;
			String proxy = null;
			String cookie = null;
			Iterator<String> words = words(command).iterator();
			while (words.hasNext()) {
				String word = words.next();
				switch (word) {
					case "-X", "--request" -> method = words.next();
					case "-I", "--head" -> method = "HEAD";
					case "-H", "--header" -> headers.add(words.next());
					case "-d", "--data" -> {
						data = words.next();
						method = "GET".equals(method) ? "POST" : method;
					}
					case "-u", "--user" -> user = words.next();
					case "-e", "--referer" -> headers.add("Referer: " + words.next());
					case "-A", "--user-agent" -> headers.add("User-Agent: " + words.next());
					case "-b", "--cookie" -> cookie = words.next();
					case "-x", "--proxy" -> proxy = words.next();
					case "-L", "--location" -> follow = true;
					case "--digest" -> digest = true;
					case "-i", "--include", "-s", "-S", "-v" -> {
					}
					default -> {
						if (word.startsWith("-")) {
							return null;
						}
						urls.add(word);
					}
				}
			}
			boolean plain = (data == null || !data.startsWith("@"))
					&& headers.stream().allMatch((h) -> h.contains(": ")) && (cookie == null || cookie.contains("="))
					&& !urls.isEmpty() && urls.stream().noneMatch((url) -> url.contains("{") || url.contains("[1"));
			return plain ? new Call(method, urls, headers, data, user, digest, follow, proxy, cookie) : null;
		}

		private static List<String> words(String command) {
			List<String> words = new ArrayList<>();
			Matcher matcher = WORD.matcher(command);
			while (matcher.find()) {
				words.add(Stream.of(matcher.group(1), matcher.group(2), matcher.group(3))
					.filter((group) -> group != null)
					.findFirst()
					.orElse(""));
			}
			return words;
		}

		@Nullable String make() {
			try (Session session = Session.builder().trustEnv(false).timeout(Duration.ofSeconds(3)).build()) {
				for (String url : this.urls) {
					session.request(this.method, url.contains("://") ? url : "http://" + url, this::fill);
				}
				return null;
			}
			catch (RequestException | IllegalArgumentException ex) {
				return ex.getClass().getSimpleName() + ": " + ex.getMessage();
			}
		}

		private void fill(RequestOptions request) {
			request.allowRedirects(this.follow);
			for (String header : this.headers) {
				int colon = header.indexOf(": ");
				request.header(header.substring(0, colon), header.substring(colon + 2));
			}
			if (this.data != null) {
				request.header("Content-Type", "application/x-www-form-urlencoded").data(this.data);
			}
			if (this.user != null) {
				String[] parts = this.user.split(":", 2);
				String password = (parts.length > 1) ? parts[1] : "";
				if (this.digest) {
					request.auth(new HttpDigestAuth(parts[0], password));
				}
				else {
					request.auth(parts[0], password);
				}
			}
			if (this.cookie != null) {
				request.header("Cookie", this.cookie);
			}
			if (this.proxy != null) {
				request.proxy("http", this.proxy.contains("://") ? this.proxy : "http://" + this.proxy);
			}
		}

	}

}
