package io.github.requests4j.spring.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;

/**
 * Scripts that Redis runs atomically. The keys of a call are on the same node of a
 * cluster.
 */
final class Scripts {

	/**
	 * Makes an entry visible. The first key is the hash of the heads, and the others are
	 * the chunks, which must all exist. The arguments are the field, the head, the time
	 * to live of the heads and of the chunks, whether the field must exist, and the
	 * fields to remove.
	 */
	private static final byte[] PUBLISH = script("""
			if ARGV[5] == '1' and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
			for i = 2, #KEYS do
			  if redis.call('PEXPIRE', KEYS[i], ARGV[4]) == 0 then return 0 end
			end
			redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
			for i = 6, #ARGV do redis.call('HDEL', KEYS[1], ARGV[i]) end
			if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
			return 1
			""");

	/** Gives all keys at least some time to live, unless one is missing. */
	private static final byte[] EXTEND = script("""
			for i = 1, #KEYS do
			  local left = redis.call('PTTL', KEYS[i])
			  if left == -2 then return 0 end
			  if left >= 0 and left < tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
			end
			return 1
			""");

	/** Gives all keys at most some time to live. */
	private static final byte[] FADE = script("""
			for i = 1, #KEYS do
			  local left = redis.call('PTTL', KEYS[i])
			  if left == -1 or left > tonumber(ARGV[1]) then redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
			end
			return 1
			""");

	private Scripts() {
	}

	private static byte[] script(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static boolean publish(RedisConnection connection, List<byte[]> keys, List<byte[]> arguments) {
		return run(connection, PUBLISH, keys, arguments);
	}

	static boolean extend(RedisConnection connection, List<byte[]> keys, long millis) {
		return run(connection, EXTEND, keys, List.of(number(millis)));
	}

	static void fade(RedisConnection connection, List<byte[]> keys, long millis) {
		if (!keys.isEmpty()) {
			run(connection, FADE, keys, List.of(number(millis)));
		}
	}

	static byte[] number(long value) {
		return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
	}

	private static boolean run(RedisConnection connection, byte[] script, List<byte[]> keys, List<byte[]> arguments) {
		byte[][] all = new byte[keys.size() + arguments.size()][];
		for (int i = 0; i < keys.size(); i++) {
			all[i] = keys.get(i);
		}
		for (int i = 0; i < arguments.size(); i++) {
			all[keys.size() + i] = arguments.get(i);
		}
		Long result = connection.scriptingCommands().eval(script, ReturnType.INTEGER, keys.size(), all);
		return result != null && result == 1;
	}

}
