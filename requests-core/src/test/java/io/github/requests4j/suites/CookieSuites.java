package io.github.requests4j.suites;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookiePolicy;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.testserver.RawServer;

/**
 * Cookies as the IETF's suite and the public suffix list expect them, over a socket:
 * every host name leads to one server on the loopback address.
 */
final class CookieSuites {

	private static final String COOKIE_PREFIX = "Cookie: ";

	/** A time between the dates that the suite means as past and as future. */
	private static final Instant WRITTEN = Instant.parse("2015-01-01T00:00:00Z");

	private CookieSuites() {
	}

	/** What is sent back after a server has set some cookies. */
	static Tally stored(Path folder) throws IOException {
		Tally tally = new Tally("cookies");
		for (Path file : files(folder.resolve("http-state/tests/data/parser"), "-test")) {
			String name = file.getFileName().toString().replace("-test", "");
			Path expected = file.resolveSibling(name + "-expected");
			List<String> lines = Files.readString(file, StandardCharsets.ISO_8859_1).lines().toList();
			String wanted = Files.readString(expected, StandardCharsets.ISO_8859_1).strip();
			wanted = wanted.startsWith(COOKIE_PREFIX) ? wanted.substring(COOKIE_PREFIX.length()) : wanted;
			String sent = roundTrip(name, lines);
			String reason = reason(lines);
			if (sent == null) {
				tally.stricter("a response with a bare CR or a NUL in its head is rejected");
			}
			else if (!sent.equals(wanted) && reason != null) {
				tally.explained(reason);
			}
			else {
				tally.compare(name, wanted, sent);
			}
		}
		return tally;
	}

	/** The data follow RFC 6265; what browsers do since then is in RFC 6265bis. */
	private static @Nullable String reason(List<String> lines) {
		if (lines.stream().anyMatch((line) -> line.matches("Set-Cookie:\\s*(=[^;]*|[^;=]*)(;.*)?"))) {
			return "a pair without '=' is a value without a name, as in RFC 6265bis";
		}
		return lines.stream().anyMatch((line) -> line.endsWith("; domain="))
				? "an empty Domain that comes last counts, as in RFC 6265bis" : null;
	}

	private static @Nullable String roundTrip(String name, List<String> headers) throws IOException {
		List<String> set = headers.stream().filter((line) -> !line.startsWith("Location:")).toList();
		String location = headers.stream()
			.filter((line) -> line.startsWith("Location:"))
			.map((line) -> line.substring("Location:".length()).strip())
			.findFirst()
			.orElse("http://home.example.org:8888/cookie-parser-result?" + name);
		if (location.startsWith("/")) {
			location = "http://home.example.org" + location;
		}
		try (RawServer server = answering(set); Session session = everywhere()) {
			String port = ":" + server.port();
			session.get("http://home.example.org" + port + "/cookie-parser?" + name);
			session.get(location.replaceFirst("^(http://[^/:]+)(:\\d+)?", "$1" + port));
			String sent = server.lastRequest().header("Cookie");
			return (sent != null) ? sent : "";
		}
		catch (ConnectionException ex) {
			return null;
		}
	}

	/** When a cookie expires, by its Expires attribute. */
	static Tally dates(Path folder) throws IOException {
		Tally tally = new Tally("cookie-dates");
		Path dates = folder.resolve("http-state/tests/data/dates");
		for (String file : List.of("examples.json", "bsd-examples.json")) {
			for (JsonNode example : Json.read(dates.resolve(file))) {
				String text = example.get("test").asString();
				JsonNode expected = example.get("expected");
				tally.compare(text, expected.isNull() ? null : Json.date(expected.asString()), expiry(text));
			}
		}
		return tally;
	}

	private static @Nullable Instant expiry(String date) throws IOException {
		CookieJar jar = new CookieJar(CookiePolicy.defaults(), InstantSource.fixed(Instant.EPOCH.minusSeconds(1)));
		try (RawServer server = answering(List.of("Set-Cookie: a=b; Expires=" + date));
				Session session = Session.builder().trustEnv(false).cookies(jar).build()) {
			session.get(server.url("/"));
			return jar.cookies().isEmpty() ? null : jar.cookies().get(0).expires();
		}
	}

	/**
	 * Whether a host may set a cookie for a domain: for its registrable domain it may,
	 * for the public suffix above it may not.
	 */
	static Tally publicSuffixes(Path folder) throws IOException {
		Tally tally = new Tally("public-suffixes");
		for (String line : Files.readAllLines(folder.resolve("psl/tests.txt"))) {
			String[] words = line.strip().split("\\s+");
			if (line.startsWith("//") || words.length != 2 || words[0].equals("null") || words[0].startsWith(".")) {
				continue;
			}
			if (words[1].equals("null")) {
				tally.compare(line, false, accepts("a." + words[0], words[0]));
			}
			else {
				boolean own = accepts(words[0], words[1]);
				String above = words[1].substring(words[1].indexOf('.') + 1);
				tally.compare(line, "true, false", own + ", " + accepts(words[0], above));
			}
		}
		return tally;
	}

	private static boolean accepts(String host, String domain) throws IOException {
		try (RawServer server = answering(List.of("Set-Cookie: a=b; Domain=" + IDN.toASCII(domain)));
				Session session = everywhere()) {
			return !session.get("http://" + host + ":" + server.port() + "/").cookies().isEmpty();
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	private static Session everywhere() throws IOException {
		InetAddress loopback = InetAddress.getByName("127.0.0.1");
		HttpAdapter adapter = HttpAdapter.builder().hostResolver((host) -> List.of(loopback)).build();
		CookieJar jar = new CookieJar(CookiePolicy.defaults(), InstantSource.fixed(WRITTEN));
		return Session.builder().trustEnv(false).cookies(jar).mount("http://", adapter).build();
	}

	private static RawServer answering(List<String> headers) throws IOException {
		StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n");
		headers.forEach((line) -> head.append(line).append("\r\n"));
		String first = head.append("\r\n").toString();
		return RawServer.answering(first, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
	}

	private static List<Path> files(Path folder, String suffix) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).sorted().toList();
		}
	}

}
