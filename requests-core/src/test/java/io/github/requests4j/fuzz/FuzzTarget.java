package io.github.requests4j.fuzz;

import java.util.function.Consumer;

import io.github.requests4j.cache.CacheFuzz;
import io.github.requests4j.internal.environment.NetrcFuzz;

/**
 * What is fuzzed. As a target itself, it passes an input on to the target that the first
 * byte selects, so that one JVM fuzzes all of them.
 */
public enum FuzzTarget {

	URL(UrlFuzz.class, UrlFuzz::fuzzerTestOneInput), REDIRECT(RedirectFuzz.class, RedirectFuzz::fuzzerTestOneInput),
	HEAD(HeadFuzz.class, HeadFuzz::fuzzerTestOneInput), CHUNKS(ChunksFuzz.class, ChunksFuzz::fuzzerTestOneInput),
	SET_COOKIE(SetCookieFuzz.class, SetCookieFuzz::fuzzerTestOneInput),
	WWW_AUTHENTICATE(WwwAuthenticateFuzz.class, WwwAuthenticateFuzz::fuzzerTestOneInput),
	LINK(LinkFuzz.class, LinkFuzz::fuzzerTestOneInput), NETRC(NetrcFuzz.class, NetrcFuzz::fuzzerTestOneInput),
	NO_PROXY(NoProxyFuzz.class, NoProxyFuzz::fuzzerTestOneInput), CACHE(CacheFuzz.class, CacheFuzz::fuzzerTestOneInput);

	private static final FuzzTarget[] ALL = values();

	private final Class<?> type;

	private final Consumer<byte[]> entry;

	FuzzTarget(Class<?> type, Consumer<byte[]> entry) {
		this.type = type;
		this.entry = entry;
	}

	Class<?> type() {
		return this.type;
	}

	void run(byte[] input) {
		this.entry.accept(input);
	}

	/** Returns an input with which one JVM for all targets runs this one. */
	byte[] selecting(byte[] input) {
		byte[] selecting = new byte[input.length + 1];
		selecting[0] = (byte) ordinal();
		System.arraycopy(input, 0, selecting, 1, input.length);
		return selecting;
	}

	public static void fuzzerTestOneInput(byte[] data) {
		if (data.length > 0) {
			byte[] rest = new byte[data.length - 1];
			System.arraycopy(data, 1, rest, 0, rest.length);
			ALL[(data[0] & 0xff) % ALL.length].run(rest);
		}
	}

}
