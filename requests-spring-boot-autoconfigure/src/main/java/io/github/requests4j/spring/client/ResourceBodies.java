package io.github.requests4j.spring.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import org.springframework.core.io.Resource;

import io.github.requests4j.http.Body;

/**
 * Bodies from Spring's resources: streamed, with a length where it is known, and sent
 * again where they can be opened again.
 */
final class ResourceBodies {

	private ResourceBodies() {
	}

	static Body of(Resource resource) throws IOException {
		if (resource.isFile()) {
			return Body.of(resource.getFile().toPath());
		}
		if (resource.isOpen()) {
			return Body.of(resource.getInputStream());
		}
		return Body.supplied(() -> open(resource), resource.contentLength());
	}

	private static InputStream open(Resource resource) {
		try {
			return resource.getInputStream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
