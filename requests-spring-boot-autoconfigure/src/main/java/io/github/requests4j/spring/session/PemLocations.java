package io.github.requests4j.spring.session;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceLoader;

/**
 * Finds the PEM files in properties by path, {@code file:} or {@code classpath:}. A file
 * inside a jar is copied to a temporary file that only the current user can read, and
 * that is deleted when the JVM exits.
 */
final class PemLocations {

	private final ResourceLoader resources;

	private final Map<String, Path> copies = new ConcurrentHashMap<>();

	PemLocations(ResourceLoader resources) {
		this.resources = resources;
	}

	Path resolve(String key, String location, SettingChecks checks) {
		try {
			Path path = find(location);
			if (Files.isReadable(path)) {
				return path;
			}
			throw missing(key, location, checks, Files.exists(path) ? "cannot be read" : "does not exist");
		}
		catch (IOException | InvalidPathException ex) {
			throw missing(key, location, checks, "cannot be read");
		}
	}

	private Path find(String location) throws IOException {
		if (location.startsWith("file:")) {
			Resource resource = this.resources.getResource(location);
			return resource.isFile() ? resource.getFile().toPath() : Path.of(URI.create(location));
		}
		if (!location.startsWith(ResourceLoader.CLASSPATH_URL_PREFIX)) {
			return Path.of(location);
		}
		Resource resource = this.resources.getResource(location);
		return resource.isFile() ? resource.getFile().toPath() : copy(location, resource);
	}

	private Path copy(String location, Resource resource) throws IOException {
		Path known = this.copies.get(location);
		if (known != null) {
			return known;
		}
		try (InputStream in = resource.getInputStream()) {
			Path copy = Files.createTempFile("requests4j", ".pem");
			copy.toFile().deleteOnExit();
			Files.write(copy, in.readAllBytes());
			this.copies.put(location, copy);
			return copy;
		}
	}

	private static RuntimeException missing(String key, String location, SettingChecks checks, String problem) {
		return checks.mistake(key, "'" + location + "' " + problem + ".",
				"Use a path relative to the working directory " + Path.of("").toAbsolutePath()
						+ ", an absolute path, or a location that starts with 'file:' or 'classpath:'.");
	}

}
