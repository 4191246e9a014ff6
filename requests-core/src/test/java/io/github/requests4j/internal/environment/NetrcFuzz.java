package io.github.requests4j.internal.environment;

import java.nio.charset.StandardCharsets;

/**
 * netrc files: a file is read or refused with the documented exception, and only a host
 * that is in it has an entry of its own. In this package because the parser is no part of
 * the interface.
 */
public final class NetrcFuzz {

	private NetrcFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		NetrcFile file;
		try {
			file = NetrcFile.parse(text);
		}
		catch (IllegalArgumentException ex) {
			if (ex.getClass() != IllegalArgumentException.class || ex.getMessage() == null) {
				throw ex;
			}
			return;
		}
		if (!text.contains("not") && file.find("not.example", false) != null) {
			throw new AssertionError("an entry for a host that is not there");
		}
		file.find("example.org", true);
	}

}
