package io.github.requests4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this library, as recorded by the build.
 */
final class Version {

	private static final String VERSION = read();

	private Version() {
	}

	static String number() {
		return VERSION;
	}

	/**
	 * Returns the default User-Agent.
	 */
	static String userAgent() {
		return userAgent("requests4j");
	}

	static String userAgent(String name) {
		return name + "/" + VERSION;
	}

	private static String read() {
		try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
			Properties properties = new Properties();
			properties.load(in);
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The version.properties of requests-core could not be read", ex);
		}
	}

}
