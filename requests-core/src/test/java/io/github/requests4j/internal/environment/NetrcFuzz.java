package io.github.requests4j.internal.environment;

import java.nio.charset.StandardCharsets;

/**
 * A netrc file is parsed or rejected with the documented exception, and only a host in it
 * has its own entry. In this package because the parser is not public.
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
