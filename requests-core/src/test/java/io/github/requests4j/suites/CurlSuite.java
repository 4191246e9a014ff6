package io.github.requests4j.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.testserver.RawConversation;
import io.github.requests4j.testserver.RawRequest;
import io.github.requests4j.testserver.RawServer;

/**
 * curl's numbered tests against plain HTTP servers: the command becomes a call, the
 * server replies as the test says, and the requests on the wire are compared. Headers by
 * which a client names itself are left out of the comparison, as are the order of headers
 * and the boundary of multipart bodies.
 */
final class CurlSuite {

	private static final Set<String> OWN = Set.of("user-agent", "accept", "accept-encoding", "connection",
			"proxy-connection", "expect");

	/** Replies of curl's test server that this one does not support. */
	private static final Pattern COMMANDS = Pattern.compile("<servercmd>[^<]*(idle|stream|upgrade|method|delay|skip)");

	private static final Pattern REQUEST = Pattern
		.compile("(?m)(?:^[A-Z]+|(?:GET|POST|PUT|HEAD)) [^ \n]+ HTTP/1\\.[01]$");

	private static final Pattern PART = Pattern.compile("/(\\d{5,})");

	private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=\"?([^\\s\"\\],;]+)");

	private static final Pattern SUBSTITUTION = Pattern.compile("s/((?:[^/\\\\]|\\\\.)*)/((?:[^/\\\\]|\\\\.)*)/g?;?");

	private CurlSuite() {
	}

	static Tally run(Path folder) throws IOException {
		Tally tally = new Tally("curl");
		Path files = Files.createTempDirectory("curl-suite");
		try (Stream<Path> tests = Files.list(folder.resolve("curl-http"))) {
			for (Path file : tests.filter((path) -> path.getFileName().toString().startsWith("test"))
				.sorted()
				.toList()) {
				run(tally, file, files);
			}
		}
		finally {
			delete(files);
		}
		return tally;
	}

	private static void delete(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static void run(Tally tally, Path file, Path folder) throws IOException {
		Replies replies = new Replies();
		try (RawServer server = RawServer.start(replies::serve)) {
			CurlTest test = CurlTest.read(file, folder, server.port());
			replies.test = test;
			String text = test.part("command");
			String protocol = test.part("protocol");
			boolean plain = test.part("server", "").strip().equals("http") && !test.text().contains("<tool>")
					&& !test.text().contains("%HTTPSPORT") && !COMMANDS.matcher(test.text()).find();
			CurlCommand command = (plain && text != null && protocol != null) ? CurlCommand.of(test, text.strip())
					: null;
			if (command == null) {
				tally.notRunnable();
				return;
			}
			test.writeFiles();
			String failure = command.run();
			List<String> sent = server.requests().stream().map((request) -> text(test, request)).toList();
			List<String> expected = expected(test, String.valueOf(protocol));
			String reason = CurlReasons.of(Integer.parseInt(test.number()));
			if (reason != null && !expected.equals(sent)) {
				tally.explained(reason);
			}
			else {
				tally.compare(test.number() + " " + String.valueOf(text).strip()
						+ ((failure != null) ? " (" + failure + ")" : ""), expected, sent);
			}
		}
	}

	/** Answers as the test server of curl does: the path, or the host, has the number. */
	private static final class Replies {

		private volatile @Nullable CurlTest test;

		private int previous = -1;

		private boolean bounce;

		private void serve(RawConversation conversation) throws IOException {
			RawRequest request = conversation.readRequest();
			while (request != null) {
				String reply = reply(request);
				conversation.send(reply);
				String lower = reply.toLowerCase(Locale.ROOT);
				boolean endless = !lower.contains("content-length:") && !lower.contains("chunked");
				boolean tunnel = request.method().equals("CONNECT") && lower.startsWith("http/1.1 200");
				boolean bare = request.method().equals("HEAD") || lower.matches("(?s)http/1.[01] (204|304).*");
				if (reply.contains("swsclose") || lower.contains("connection: close")
						|| (endless && !tunnel && !bare)) {
					conversation.close();
					return;
				}
				request = conversation.readRequest();
			}
		}

		private synchronized String reply(RawRequest request) {
			CurlTest current = this.test;
			if (current == null) {
				throw new IllegalStateException("The test is not known yet");
			}
			boolean connect = request.method().equals("CONNECT");
			int number = partNumber(request);
			String authorization = request.header(connect ? "Proxy-Authorization" : "Authorization");
			if (authorization != null && authorization.startsWith("Digest")) {
				number += 1000;
			}
			else if (authorization != null && authorization.startsWith("Basic") && number >= 1000) {
				number++;
			}
			if (this.bounce) {
				number = this.previous + 1;
			}
			this.previous = number;
			String name = connect ? "connect" : "data";
			String numbered = (number > 0) ? current.part(name + number) : null;
			String reply = (numbered != null) ? numbered : current.part(name, connect ? "HTTP/1.1 200 OK\r\n\r\n" : "");
			this.bounce = reply.contains("swsbounce");
			return reply;
		}

		private static int partNumber(RawRequest request) {
			Matcher matcher = PART.matcher(request.target());
			int number = 0;
			while (matcher.find()) {
				String digits = matcher.group(1);
				number = Integer.parseInt(digits.substring(digits.length() - 4));
			}
			return number;
		}

	}

	private static List<String> expected(CurlTest test, String protocol) {
		List<String> requests = new ArrayList<>();
		String rest = protocol.replace("\r\n", "\n").replace("[DISCONNECT]\n", "").stripLeading();
		while (!rest.isBlank()) {
			int end = rest.indexOf("\n\n");
			String head = (end < 0) ? rest : rest.substring(0, end);
			String after = (end < 0) ? "" : rest.substring(end + 2);
			Matcher start = REQUEST.matcher(after);
			int next = start.find() ? start.start() : after.length();
			requests.add(text(test, head.lines().toList(), after.substring(0, next)));
			rest = after.substring(next);
		}
		return requests;
	}

	private static String text(CurlTest test, RawRequest request) {
		List<String> lines = new ArrayList<>();
		lines.add(request.requestLine());
		lines.addAll(request.headerLines());
		return text(test, lines, request.wireBodyText().replace("\r\n", "\n"));
	}

	private static String text(CurlTest test, List<String> lines, String body) {
		String head = String.join("\n", lines);
		Matcher boundary = BOUNDARY.matcher(head);
		boolean multipart = boundary.find();
		String shown = multipart ? body.replace(boundary.group(1), "BOUNDARY") : body;
		Set<String> headers = new TreeSet<>();
		for (String line : stripped(test, lines.subList(1, lines.size()))) {
			String name = (line.contains(":") ? line.substring(0, line.indexOf(':')) : line).toLowerCase(Locale.ROOT);
			boolean own = OWN.contains(name) || (multipart && name.equals("content-length"));
			if (!own) {
				headers.add(multipart ? line.strip().replace(boundary.group(1), "BOUNDARY") : digest(line.strip()));
			}
		}
		String content = String.join("\n", stripped(test, shown.lines().toList()));
		return lines.get(0) + " " + headers + " " + content.strip();
	}

	/** What the test itself leaves out. */
	private static List<String> stripped(CurlTest test, List<String> lines) {
		List<String> kept = new ArrayList<>();
		List<Pattern> left = test.part("strip", "").lines().map(CurlSuite::pattern).toList();
		List<String> changes = test.part("strippart", "").lines().toList();
		for (String line : lines) {
			if (left.stream().noneMatch((pattern) -> pattern.matcher(line).find())) {
				kept.add(changed(line, changes));
			}
		}
		return kept;
	}

	private static Pattern pattern(String line) {
		// Headers that are stripped are known by their names; dashes would be all of
		// them.
		return Pattern.compile(line.strip().isEmpty() ? "(?!)" : line.strip());
	}

	private static String changed(String line, List<String> changes) {
		String text = line;
		for (String change : changes) {
			Matcher matcher = SUBSTITUTION.matcher(change.strip());
			if (matcher.matches()) {
				text = text.replaceAll(matcher.group(1), matcher.group(2));
			}
		}
		return text;
	}

	/**
	 * The parameters of a digest in one order; what depends on a random cnonce is left
	 * out.
	 */
	private static String digest(String line) {
		int start = line.indexOf(": Digest ");
		if (start < 0) {
			return line;
		}
		String[] parameters = line.substring(start + 9).split(",\\s*(?=[a-z]+=)");
		boolean random = line.contains("cnonce=");
		return line.substring(0, start + 9) + Arrays.stream(parameters)
			.map((parameter) -> parameter.replaceFirst("^(qop|algorithm|nc)=\"?([^\"]*)\"?$", "$1=$2"))
			.map((parameter) -> (random && parameter.matches("(response|cnonce)=.*"))
					? parameter.substring(0, parameter.indexOf('=')) : parameter)
			.sorted()
			.collect(Collectors.joining(", "));
	}

}
