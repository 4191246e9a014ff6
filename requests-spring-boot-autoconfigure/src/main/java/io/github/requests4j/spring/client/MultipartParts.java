package io.github.requests4j.spring.client;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.StringUtils;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.RequestOptions;

/**
 * Converts the parts of a multipart method to parts of the core, so that they are
 * streamed, have a length if it is known, and have names that cannot inject another part.
 */
final class MultipartParts {

	private static final String FORM = MediaType.MULTIPART_FORM_DATA_VALUE;

	private static final String TEXT = "text/plain;charset=UTF-8";

	private final BodyWriter bodies;

	MultipartParts(BodyWriter bodies) {
		this.bodies = bodies;
	}

	/** Sets the parts as a form with files, unless there is another content type. */
	void addTo(RequestOptions options, Map<?, ?> values, @Nullable MediaType contentType) {
		List<FilePart> parts = new ArrayList<>();
		values.forEach((name, all) -> {
			for (Object value : (List<?>) all) {
				if (value != null) {
					parts.add(part(String.valueOf(name), value));
				}
			}
		});
		String type = (contentType != null) ? withoutBoundary(contentType) : FORM;
		if (type.equals(FORM)) {
			options.files(parts.toArray(FilePart[]::new));
		}
		else {
			options.data(Body.multipart(type, parts));
		}
	}

	private static String withoutBoundary(MediaType contentType) {
		Map<String, String> parameters = new LinkedHashMap<>(contentType.getParameters());
		parameters.remove("boundary");
		return new MediaType(contentType, parameters).toString();
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
		ContentDisposition disposition = headers.getContentDisposition();
		String field = (disposition.getName() != null) ? disposition.getName() : name;
		String filename = filename(content, disposition);
		if (content instanceof CharSequence text && headers.getContentType() == null) {
			return new FilePart(field, filename, Body.of(text.toString()), TEXT, others(headers));
		}
		Body body = this.bodies.body(content, ResolvableType.forInstance(content), headers);
		return new FilePart(field, filename, body, headers.getFirst(HttpHeaders.CONTENT_TYPE), others(headers));
	}

	/** Returns the file name, or null. An upload without a file has an empty name. */
	private static @Nullable String filename(Object content, ContentDisposition disposition) {
		String filename = disposition.getFilename();
		if (filename == null && content instanceof Resource resource) {
			filename = resource.getFilename();
		}
		return StringUtils.hasLength(filename) ? filename : null;
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
