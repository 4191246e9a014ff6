package io.github.requests4j.cache;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.internal.text.HeaderRules;

/**
 * The head of a stored response, with everything that determines whether it can be
 * reused. The {@link CacheStore} stores its body separately. Immutable and thread-safe.
 */
public final class StoredResponse {

	/** The version of the format of {@link #toBytes()}. */
	private static final byte VERSION = 1;

	private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");

	private static final Pattern DIGEST = Pattern.compile("([0-9a-f]{32})?");

	/** The first millisecond of the year 10000, which is later than any HTTP date. */
	private static final long MAX_TIME = 253_402_300_800_000L;

	private static final long DAY = TimeUnit.DAYS.toSeconds(1);

	private static final long MAX_LIFETIME_SECONDS = TimeUnit.DAYS.toSeconds(365);

	private final String id;

	private final int status;

	private final @Nullable String reason;

	private final CaseInsensitiveHeaders headers;

	private final Map<String, String> vary;

	private final Identity identity;

	private final long requestedAt;

	private final long receivedAt;

	private final CacheDirectives directives;

	private final long date;

	StoredResponse(int status, @Nullable String reason, CaseInsensitiveHeaders headers, Map<String, String> vary,
			Identity identity, long requestedAt, long receivedAt) {
		this(UUID.randomUUID().toString(), status, reason, headers, vary, identity, requestedAt, receivedAt);
	}

	private StoredResponse(String id, int status, @Nullable String reason, CaseInsensitiveHeaders headers,
			Map<String, String> vary, Identity identity, long requestedAt, long receivedAt) {
		this.id = id;
		this.status = status;
		this.reason = reason;
		this.headers = headers;
		this.vary = vary;
		this.identity = identity;
		this.requestedAt = requestedAt;
		this.receivedAt = receivedAt;
		this.directives = CacheDirectives.of(headers);
		this.date = Freshness.date(headers, receivedAt);
	}

	/** Returns the same response with the headers and times of its validation. */
	StoredResponse validated(CaseInsensitiveHeaders merged, long requestedAt, long receivedAt) {
		return new StoredResponse(this.id, this.status, this.reason, merged, this.vary, this.identity, requestedAt,
				receivedAt);
	}

	/**
	 * Returns the unique identifier of this response. A validation that updates the
	 * headers does not change it.
	 * @return the identifier
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Returns when the response arrived.
	 * @return the time in epoch milliseconds
	 */
	public long receivedAt() {
		return this.receivedAt;
	}

	/**
	 * Returns how long a store should keep the response after its arrival: while it is
	 * fresh or may be used stale. A response that the server can validate is kept twice
	 * as long, and at least for a day.
	 * @param stale how long stale responses may be used if they do not specify it
	 * themselves
	 * @return the time, at most a year
	 */
	public Duration usefulFor(Duration stale) {
		long explicit = Freshness.explicitLifetime(this.directives, this.headers, this.receivedAt);
		long fresh = (explicit >= 0) ? explicit
				: Math.max(0, Freshness.heuristicLifetime(this.status, this.directives, this.headers, this.receivedAt));
		long window = Math.max(stale.toSeconds(),
				Math.max(this.directives.seconds("stale-if-error"), this.directives.seconds("stale-while-revalidate")));
		boolean validator = this.headers.containsKey("ETag") || this.headers.containsKey("Last-Modified");
		long seconds = fresh + Math.max(window, validator ? Math.max(fresh, DAY) : 0);
		return Duration.ofSeconds(Math.min(seconds, MAX_LIFETIME_SECONDS));
	}

	/**
	 * Returns whether this response replaces another one of the same key, because both
	 * answer the same requests.
	 * @param other a stored response of the same key
	 * @return {@code true} if the other one must be removed
	 */
	public boolean replaces(StoredResponse other) {
		if (this.id.equals(other.id)) {
			return true;
		}
		ByteRange range = range();
		ByteRange otherRange = other.range();
		boolean covers = range == null || (otherRange != null && range.contains(otherRange));
		return covers && this.vary.equals(other.vary) && this.identity.equals(other.identity);
	}

	/** Returns the range of a partial response, or null if this is a whole response. */
	@Nullable ByteRange range() {
		return (this.status == 206) ? ByteRange.contained(this.headers.get("Content-Range")) : null;
	}

	int status() {
		return this.status;
	}

	@Nullable String reason() {
		return this.reason;
	}

	/** Returns the headers, which must not be changed. */
	CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * Returns the Date of the response in epoch milliseconds, or its arrival if it has no
	 * Date.
	 */
	long date() {
		return this.date;
	}

	CacheDirectives directives() {
		return this.directives;
	}

	Map<String, String> vary() {
		return this.vary;
	}

	Identity identity() {
		return this.identity;
	}

	long requestedAt() {
		return this.requestedAt;
	}

	/**
	 * Serializes this response, for stores outside this process.
	 * @return the bytes, for {@link #fromBytes}
	 */
	public byte[] toBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeByte(VERSION);
			write(out, this.id);
			out.writeInt(this.status);
			write(out, Objects.requireNonNullElse(this.reason, ""));
			out.writeLong(this.requestedAt);
			out.writeLong(this.receivedAt);
			write(out, this.identity.authorization());
			write(out, this.identity.cookie());
			out.writeInt(this.vary.size());
			for (Map.Entry<String, String> field : this.vary.entrySet()) {
				write(out, field.getKey());
				write(out, field.getValue());
			}
			out.writeInt(this.headers.size());
			for (String name : this.headers.keySet()) {
				write(out, name);
				out.writeInt(this.headers.getAll(name).size());
				for (String value : this.headers.getAll(name)) {
					write(out, value);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static void write(DataOutputStream out, String text) throws IOException {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		out.writeInt(bytes.length);
		out.write(bytes);
	}

	/**
	 * Reads the bytes of {@link #toBytes()}. The bytes may come from an untrusted source,
	 * so everything is checked.
	 * @param bytes the bytes
	 * @return the response, or {@code null} if the bytes are damaged or of another
	 * version
	 */
	public static @Nullable StoredResponse fromBytes(byte[] bytes) {
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			check(in.readByte() == VERSION);
			String id = read(in);
			int status = in.readInt();
			String reason = read(in);
			check(ID.matcher(id).matches() && status >= 200 && status <= 599 && HeaderRules.indexOfControl(reason) < 0);
			long requestedAt = readTime(in);
			long receivedAt = readTime(in);
			Identity identity = new Identity(readDigest(in), readDigest(in));
			Map<String, String> vary = new TreeMap<>();
			for (int i = count(in); i > 0; i--) {
				vary.put(read(in), read(in));
			}
			CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();
			for (int i = count(in); i > 0; i--) {
				String name = read(in);
				check(HeaderRules.isName(name));
				for (int j = count(in); j > 0; j--) {
					String value = read(in);
					check(HeaderRules.indexOfControl(value) < 0);
					headers.add(name, value);
				}
			}
			check(in.read() < 0);
			return new StoredResponse(id, status, reason, headers, vary, identity, requestedAt, receivedAt);
		}
		catch (IOException ex) {
			return null;
		}
	}

	private static void check(boolean valid) throws IOException {
		if (!valid) {
			throw new IOException("The entry is damaged");
		}
	}

	private static long readTime(DataInputStream in) throws IOException {
		long time = in.readLong();
		check(time >= 0 && time < MAX_TIME);
		return time;
	}

	private static String readDigest(DataInputStream in) throws IOException {
		String digest = read(in);
		check(DIGEST.matcher(digest).matches());
		return digest;
	}

	private static int count(DataInputStream in) throws IOException {
		int count = in.readInt();
		check(count >= 0 && count <= in.available());
		return count;
	}

	private static String read(DataInputStream in) throws IOException {
		byte[] bytes = new byte[count(in)];
		in.readFully(bytes);
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return "StoredResponse[" + this.status + ", " + this.id + "]";
	}

}
