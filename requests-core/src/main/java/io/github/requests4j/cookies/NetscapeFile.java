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
 * Reads and writes the {@code cookies.txt} of Netscape, which curl, wget and browsers'
 * exports share: domain, whether hosts below it count, path, secure, expiry in seconds (0
 * for a cookie of the session), name and value, each line with tabs between.
 */
final class NetscapeFile {

	private static final String HEAD = "# Netscape HTTP Cookie File\n\n";

	private static final String HTTP_ONLY_PREFIX = "#HttpOnly_";

	private static final int FIELDS = 7;

	private NetscapeFile() {
	}

	static int write(Path file, List<Cookie> cookies) {
		ByteArrayOutputStream content = new ByteArrayOutputStream();
		content.writeBytes(HEAD.getBytes(StandardCharsets.US_ASCII));
		int written = 0;
		for (Cookie cookie : cookies) {
			String line = line(cookie);
			if (line != null) {
				// The octets that a server would get, so that whoever reads the file
				// sends the same.
				content.writeBytes(line.getBytes(CookieText.charsetOf(line)));
				written++;
			}
		}
		try {
			replace(file, content.toByteArray());
		}
		catch (IOException ex) {
			throw new IllegalStateException(
					"The cookies cannot be written to " + file + ": " + ex + "; its folder must exist and be writable",
					ex);
		}
		return written;
	}

	/** {@code null} for a cookie that has no host and so no place in the file. */
	private static @Nullable String line(Cookie cookie) {
		String host = cookie.domain().isEmpty() ? cookie.boundHost() : cookie.domain();
		if (host == null) {
			return null;
		}
		boolean hostOnly = cookie.hostOnly() || cookie.domain().isEmpty() || IpAddress.endsInNumber(host);
		long expires = (cookie.expires() != null) ? Math.max(1, cookie.expires().getEpochSecond()) : 0;
		// A bare name stands in the place of the value: curl reads the line with either
		// as the
		// same cookie, and http.cookiejar does it like this.
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
	 * A new file takes the place of the old one, so that nobody reads half a jar.
	 * Temporary files are the owner's alone, as befits secrets.
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
				throw new IllegalArgumentException(
						"Line " + number + " of " + file + " is no line of a Netscape cookie file: " + ex.getMessage(),
						ex);
			}
		}
		return cookies;
	}

	private static List<String> lines(Path file) {
		try {
			return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new IllegalArgumentException("The cookie file " + file + " cannot be read: " + ex, ex);
		}
	}

	/** {@code null} for a comment. */
	private static @Nullable Cookie cookie(String line) {
		boolean httpOnly = line.startsWith(HTTP_ONLY_PREFIX);
		String text = httpOnly ? line.substring(HTTP_ONLY_PREFIX.length()) : line;
		if (text.isBlank() || text.startsWith("#")) {
			return null;
		}
		List<String> fields = fields(text);
		// Some writers leave out the tab before an empty value.
		if (fields.size() == FIELDS - 1) {
			fields.add("");
		}
		if (fields.size() != FIELDS) {
			throw new IllegalArgumentException("it has " + fields.size() + " fields, not " + FIELDS);
		}
		if (fields.get(0).isEmpty()) {
			throw new IllegalArgumentException("it has no domain, so that every host would get the cookie");
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

	/** The last field takes the rest: a value may have a tab in it. */
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
			throw new IllegalArgumentException("the expiry '" + text + "' is no number of seconds");
		}
		if (past) {
			return Instant.EPOCH;
		}
		long number = Digits.parse(digits);
		long latest = SetCookie.LATEST.getEpochSecond();
		return Instant.ofEpochSecond((number < 0) ? latest : Math.min(number, latest));
	}

}
