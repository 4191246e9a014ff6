package io.github.requests4j.spring.cookies;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.spring.internal.redis.Digests;
import io.github.requests4j.spring.internal.redis.RedisAccess;
import io.github.requests4j.spring.internal.redis.RedisUnavailableException;
import io.github.requests4j.spring.internal.redis.RedisUse;

/**
 * The shared cookies of a session. They are a hash in Redis with a field for each cookie
 * and a version that every change increments. Thread-safe.
 */
final class CookieHash {

	/**
	 * Stores and removes fields, and returns the versions before and after the change.
	 * The whole hash follows if the version before is not the known one. Nothing is
	 * changed if a version is known but there is no hash. A new hash starts with a
	 * version that no earlier one had. A replaced cookie keeps its place in the order.
	 */
	private static final byte[] EXCHANGE = bytes("""
			local before = redis.call('HGET', KEYS[1], 'version') or ''
			local version = before
			if before == '' and ARGV[1] ~= '' then
			  return {before, version}
			end
			if #ARGV > 2 then
			  if before == '' then
			    local time = redis.call('TIME')
			    version = string.format('%.0f', time[1] * 1000000 + time[2])
			    redis.call('HSET', KEYS[1], 'version', version)
			  else
			    redis.call('HINCRBY', KEYS[1], 'version', 1)
			    version = redis.call('HGET', KEYS[1], 'version')
			  end
			  for i = 3, #ARGV, 2 do
			    if ARGV[i + 1] == '' then
			      redis.call('HDEL', KEYS[1], ARGV[i])
			    else
			      local old = redis.call('HGET', KEYS[1], ARGV[i])
			      local place = old and string.match(old, '^%d+%.%d+:') or (version .. '.' .. i .. ':')
			      redis.call('HSET', KEYS[1], ARGV[i], place .. ARGV[i + 1])
			    end
			  end
			  redis.call('PEXPIRE', KEYS[1], ARGV[2])
			end
			local result = {before, version}
			if before ~= ARGV[1] then
			  for _, part in ipairs(redis.call('HGETALL', KEYS[1])) do
			    table.insert(result, part)
			  end
			end
			return result""");

	private static final String COOKIE = "c:";

	private static final byte[] EXPIRY = bytes(Long.toString(Duration.ofDays(30).toMillis()));

	private static final byte[] NOTHING = {};

	private final RedisAccess redis;

	private final String session;

	private final byte[] key;

	CookieHash(RedisAccess redis, String session) {
		this.redis = redis;
		this.session = session;
		this.key = redis.key(RedisUse.COOKIES, "{" + session + "}");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** Returns the field of a cookie, which only depends on its identity. */
	static String field(Cookie cookie) {
		String identity = cookie.domain() + "\n" + cookie.hostOnly() + "\n" + cookie.path() + "\n" + cookie.name();
		return COOKIE + HexFormat.of().formatHex(Digests.sha256(bytes(identity)), 0, 16);
	}

	/**
	 * Writes changes and reads those of other replicas.
	 * @param known the version that the caller knows, or an empty string
	 * @param changes the cookies to store, or null to remove, by field
	 */
	Reply exchange(String known, Map<String, @Nullable Cookie> changes) throws RedisUnavailableException {
		List<byte[]> arguments = new ArrayList<>(List.of(this.key, bytes(known), EXPIRY));
		changes.forEach((field, cookie) -> {
			byte[] value = (cookie != null) ? CookieBytes.write(cookie) : null;
			arguments.add(bytes(field));
			arguments.add((value != null) ? this.redis.seal().seal(value, place(field)) : NOTHING);
		});
		Reply reply = this.redis.call(RedisUse.COOKIES, (connection) -> run(connection, arguments));
		if (reply == null) {
			throw new IllegalStateException("The script returned nothing");
		}
		return reply;
	}

	private String place(String field) {
		return "cookies:" + this.session + ":" + field;
	}

	private Reply run(RedisConnection connection, List<byte[]> arguments) {
		List<Object> parts = connection.scriptingCommands()
			.eval(EXCHANGE, ReturnType.MULTI, 1, arguments.toArray(byte[][]::new));
		if (parts == null || parts.size() < 2 || !(parts.get(0) instanceof byte[] before)
				|| !(parts.get(1) instanceof byte[] version)) {
			throw new IllegalStateException("The script returned an unexpected result");
		}
		Map<String, byte[]> fields = new LinkedHashMap<>();
		for (int i = 2; i + 1 < parts.size(); i += 2) {
			if (parts.get(i) instanceof byte[] field && parts.get(i + 1) instanceof byte[] value) {
				fields.put(text(field), value);
			}
		}
		return new Reply(text(before), text(version), (parts.size() > 2) ? cookies(fields) : null);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	/**
	 * Returns the cookies of the hash in their order, without fields that are not valid.
	 */
	private List<Cookie> cookies(Map<String, byte[]> fields) {
		List<Placed> placed = new ArrayList<>();
		fields.forEach((field, value) -> {
			Placed next = field.startsWith(COOKIE) ? placed(field, value) : null;
			if (next != null) {
				placed.add(next);
			}
		});
		placed.sort(Comparator.comparingLong(Placed::version).thenComparingInt(Placed::index));
		return placed.stream().map(Placed::cookie).toList();
	}

	private @Nullable Placed placed(String field, byte[] value) {
		int dot = indexOf(value, '.', 0);
		int colon = (dot > 0) ? indexOf(value, ':', dot) : -1;
		if (colon < 0) {
			return null;
		}
		byte[] sealed = new byte[value.length - colon - 1];
		System.arraycopy(value, colon + 1, sealed, 0, sealed.length);
		byte[] opened = this.redis.seal().open(sealed, place(field));
		Cookie cookie = (opened != null) ? CookieBytes.read(opened) : null;
		try {
			return (cookie != null && field(cookie).equals(field))
					? new Placed(Long.parseLong(text(value).substring(0, dot)),
							Integer.parseInt(text(value).substring(dot + 1, colon)), cookie)
					: null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static int indexOf(byte[] bytes, char wanted, int from) {
		for (int i = from; i < bytes.length; i++) {
			if (bytes[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	/** A cookie and its place in the order of creation. */
	private record Placed(long version, int index, Cookie cookie) {
	}

	/**
	 * The result of an exchange.
	 *
	 * @param before the version before the changes; empty if there was no hash
	 * @param version the version after the changes
	 * @param cookies all cookies in the order of their creation; {@code null} if the
	 * version before was the known one
	 */
	record Reply(String before, String version, @Nullable List<Cookie> cookies) {
	}

}
