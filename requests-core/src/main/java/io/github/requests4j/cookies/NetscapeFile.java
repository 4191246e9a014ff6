package io.github.requests4j.cookies;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.text.Digits;
import io.github.requests4j.internal.url.IpAddress;

/**
 * Reads and writes Netscape cookie files ({@code cookies.txt}), which curl, wget and
 * browser exports use. The fields of a line are separated by tabs: domain, whether
 * subdomains are included, path, secure, expiry in seconds (0 for a session cookie), name
 * and value.
 */
final class NetscapeFile {

	private static final String HEADER = "# Netscape HTTP Cookie File\n\n";

	private static final String HTTP_ONLY_PREFIX = "#HttpOnly_";

	private static final int FIELDS = 7;

	private NetscapeFile() {
	}

	static int write(Path file, List<Cookie> cookies) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.writeBytes(HEADER.getBytes(StandardCharsets.US_ASCII));
		int written = 0;
		for (Cookie cookie : cookies) {
			String line = line(cookie);
			if (line != null) {
				// The same bytes that a server would receive, so that readers of the file
				// send the same.
				content.writeBytes(line.getBytes(CookieText.charsetOf(line)));
				written++;
			}
		}
		try {
			replace(file, content.toByteArray());
		}
		catch (IOException ex) {
			throw new IllegalStateException("The cookies could not be written to " + file + ": " + ex
					+ ". Its directory must exist and be writable.", ex);
		}
		return written;
	}

	/**
	 * Returns the line of a cookie, or {@code null} if it has no host, which the format
	 * does not support.
	 */
	private static @Nullable String line(Cookie cookie) {
		String host = cookie.domain().isEmpty() ? cookie.boundHost() : cookie.domain();
		if (host == null) {
			return null;
		}
		boolean hostOnly = cookie.hostOnly() || cookie.domain().isEmpty() || IpAddress.endsInNumber(host);
		long expires = (cookie.expires() != null) ? Math.max(1, cookie.expires().getEpochSecond()) : 0;
		// A name without a value is written in the value field, as http.cookiejar does.
		// curl reads both forms as the same cookie.
		String name = (cookie.value() != null) ? cookie.name() : "";
		String value = (cookie.value() != null) ? cookie.value() : cookie.name();
		return (cookie.httpOnly() ? HTTP_ONLY_PREFIX : "") + (hostOnly ? "" : ".") + host + "\t" + flag(!hostOnly)
				+ "\t" + cookie.path() + "\t" + flag(cookie.secure()) + "\t" + expires + "\t" + name + "\t" + value
				+ "\n";
	}

	private static String flag(boolean value) {
		return value ? "TRUE" : "FALSE";
	}

	/**
	 * Replaces the file atomically. Only the owner can read temporary files, which is
	 * appropriate for secrets.
	 */
	private static void replace(Path file, byte[] content) throws IOException {
		Path target = Files.isSymbolicLink(file) ? file.toRealPath() : file.toAbsolutePath();
		Path temporary = Files.createTempFile(target.getParent(), ".cookies", ".tmp");
		try {
			Files.write(temporary, content);
			move(temporary, target);
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static void move(Path temporary, Path target) throws IOException {
		try {
			Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
		}
	}

	static List<Cookie> read(Path file, Instant now) {
		List<Cookie> cookies = new ArrayList<>();
		int number = 0;
		for (String line : lines(file)) {
			number++;
			try {
				Cookie cookie = cookie(line);
				if (cookie != null && !cookie.isExpired(now)) {
					cookies.add(cookie);
				}
			}
			catch (IllegalArgumentException ex) {
				throw new IllegalArgumentException("Line " + number + " of " + file
						+ " is not a valid line of a Netscape cookie file: " + ex.getMessage(), ex);
			}
		}
		return cookies;
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The cookie file " + file + " could not be read: " + ex, ex);
		}
	}

	/** Parses a line. Returns {@code null} for a comment. */
	private static @Nullable Cookie cookie(String line) {
		boolean httpOnly = line.startsWith(HTTP_ONLY_PREFIX);
		String text = httpOnly ? line.substring(HTTP_ONLY_PREFIX.length()) : line;
		if (text.isBlank() || text.startsWith("#")) {
			return null;
		}
		List<String> fields = fields(text);
		// Some writers omit the tab before an empty value.
		if (fields.size() == FIELDS - 1) {
			fields.add("");
		}
		if (fields.size() != FIELDS) {
			throw new IllegalArgumentException("it has " + fields.size() + " fields instead of " + FIELDS + ".");
		}
		if (fields.get(0).isEmpty()) {
			throw new IllegalArgumentException("it has no domain, so every host would receive the cookie.");
		}
		boolean bare = fields.get(5).isEmpty();
		return Cookie.builder(fields.get(bare ? 6 : 5), bare ? null : fields.get(6))
			.domain(fields.get(0))
			.hostOnly(!fields.get(1).equalsIgnoreCase("TRUE"))
			.path(fields.get(2))
			.secure(fields.get(3).equalsIgnoreCase("TRUE"))
			.httpOnly(httpOnly)
			.expires(expires(fields.get(4)))
			.build();
	}

	/**
	 * Splits a line. The last field is the rest of the line, because a value may contain
	 * tabs.
	 */
	private static List<String> fields(String text) {
		List<String> fields = new ArrayList<>(FIELDS);
		int start = 0;
		for (int tab = text.indexOf('\t'); tab >= 0 && fields.size() < FIELDS - 1; tab = text.indexOf('\t', start)) {
			fields.add(text.substring(start, tab));
			start = tab + 1;
		}
		fields.add(text.substring(start));
		return fields;
	}

	private static @Nullable Instant expires(String text) {
		if (text.isEmpty() || text.equals("0")) {
			return null;
		}
		int fraction = text.indexOf('.');
		String seconds = (fraction > 0) ? text.substring(0, fraction) : text;
		boolean past = seconds.startsWith("-");
		String digits = past ? seconds.substring(1) : seconds;
		if (!Digits.areDigits(digits)) {
			throw new IllegalArgumentException("the expiry '" + text + "' is not a number of seconds.");
		}
		if (past) {
			return Instant.EPOCH;
		}
		long number = Digits.parse(digits);
		long latest = SetCookie.LATEST.getEpochSecond();
		return Instant.ofEpochSecond((number < 0) ? latest : Math.min(number, latest));
	}

}
