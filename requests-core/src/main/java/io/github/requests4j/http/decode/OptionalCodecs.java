package io.github.requests4j.http.decode;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.github.luben.zstd.util.Native;

/**
 * Tells which of the optional decoders can be used: a class path may lack their classes,
 * a platform their native code. Each is asked once, when it is first needed.
 */
final class OptionalCodecs {

	private OptionalCodecs() {
	}

	static boolean brotli() {
		return Brotli.AVAILABLE;
	}

	static boolean zstd() {
		return Zstd.AVAILABLE;
	}

	private static final class Brotli {

		static final boolean AVAILABLE = probe();

		private Brotli() {
		}

		private static boolean probe() {
			try {
				return Brotli4jLoader.isAvailable();
			}
			catch (LinkageError | RuntimeException ex) {
				return false;
			}
		}

	}

	private static final class Zstd {

		static final boolean AVAILABLE = probe();

		private Zstd() {
		}

		private static boolean probe() {
			try {
				Native.load();
				return Native.isLoaded();
			}
			catch (LinkageError | RuntimeException ex) {
				return false;
			}
		}

	}

}
