package io.github.requests4j.spring.client;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.RequestOptions;

/**
 * Turns the parts of a multipart method into parts of the core, so that they are
 * streamed, have a length where it is known, and names that cannot smuggle in another
 * part.
 */
final class MultipartParts {

	private final BodyWriter bodies;

	MultipartParts(BodyWriter bodies) {
		this.bodies = bodies;
	}

	void addTo(RequestOptions options, Map<?, ?> parts) {
		parts.forEach((name, values) -> {
			for (Object value : (List<?>) values) {
				if (value != null) {
					options.files(part(String.valueOf(name), value));
				}
			}
		});
	}

	private FilePart part(String name, Object value) {
		if (value instanceof FilePart part) {
			return part.name().equals(name) ? part
					: new FilePart(name, part.filename(), part.content(), part.contentType(), part.headers());
		}
		if (value instanceof Path file) {
			FilePart part = FilePart.of(name, file);
			String type = MediaTypeFactory.getMediaType(part.filename())
				.orElse(MediaType.APPLICATION_OCTET_STREAM)
				.toString();
			return new FilePart(name, part.filename(), part.content(), type, Map.of());
		}
		HttpHeaders headers = new HttpHeaders();
		Object content = value;
		if (value instanceof HttpEntity<?> entity) {
			headers.putAll(entity.getHeaders());
			content = (entity.getBody() != null) ? entity.getBody() : "";
		}
		String filename = filename(content, headers);
		if (content instanceof CharSequence text && headers.getContentType() == null) {
			return new FilePart(name, filename, Body.of(text.toString()), null, others(headers));
		}
		Body body = this.bodies.body(content, ResolvableType.forInstance(content), headers);
		return new FilePart(name, filename, body, headers.getFirst(HttpHeaders.CONTENT_TYPE), others(headers));
	}

	private static @Nullable String filename(Object content, HttpHeaders headers) {
		String given = headers.getContentDisposition().getFilename();
		if (given != null) {
			return given;
		}
		return (content instanceof Resource resource) ? resource.getFilename() : null;
	}

	private static Map<String, String> others(HttpHeaders headers) {
		Map<String, String> others = new LinkedHashMap<>();
		headers.forEach((name, values) -> {
			if (!name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE) && !name.equalsIgnoreCase(HttpHeaders.CONTENT_LENGTH)
					&& !name.equalsIgnoreCase(HttpHeaders.CONTENT_DISPOSITION)) {
				others.put(name, String.join(", ", values));
			}
		});
		return others;
	}

}
