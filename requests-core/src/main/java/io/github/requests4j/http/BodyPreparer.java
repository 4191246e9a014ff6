package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.internal.body.MultipartPart;
import io.github.requests4j.internal.body.MultipartSource;

/**
 * Decides what the body is (behaviours 66-101): files make a multipart message, else data
 * is sent, else JSON.
 */
final class BodyPreparer {

	static final String CONTENT_TYPE = "Content-Type";

	private BodyPreparer() {
	}

	static @Nullable Body prepare(@Nullable Body data, List<FilePart> files, @Nullable Object json,
			@Nullable JsonMapper mapper) {
		Body given = (data == null || data.isAbsent()) ? null : data;
		Body body = files.isEmpty() ? single(given, json, mapper) : multipart(given, files);
		if (body != null) {
			body.prepare();
		}
		return body;
	}

	private static @Nullable Body single(@Nullable Body data, @Nullable Object json, @Nullable JsonMapper mapper) {
		if (data != null || json == null) {
			return data;
		}
		return Body.of(JsonBody.write(json, mapper)).withContentType(JsonBody.CONTENT_TYPE);
	}

	/** Fields come first, whatever the order of the arguments (behaviour 92). */
	private static Body multipart(@Nullable Body data, List<FilePart> files) {
		List<MultipartPart> parts = new ArrayList<>();
		if (data != null) {
			for (KeyValues.Field field : fieldsOf(data).fields()) {
				parts.add(MultipartPart.field(field.name(), field.bytes()));
			}
		}
		for (FilePart file : files) {
			parts.add(file.toPart());
		}
		return Body.multipart(new MultipartSource(parts));
	}

	private static KeyValues fieldsOf(Body data) {
		KeyValues fields = data.fields();
		if (fields != null && !fields.hasText()) {
			return fields;
		}
		if (data.kind() == BodyKind.STREAM || data.kind() == BodyKind.MULTIPART) {
			throw new IllegalArgumentException("Streamed bodies and files are mutually exclusive.");
		}
		throw new IllegalArgumentException("Data must not be a string.");
	}

	/** After the length, as in requests (behaviour 56). */
	static void setContentType(CaseInsensitiveHeaders headers, @Nullable Body body) {
		String type = (body != null) ? body.contentType() : null;
		if (type != null && !headers.containsKey(CONTENT_TYPE)) {
			HeaderPreparer.check(CONTENT_TYPE, type);
			headers.put(CONTENT_TYPE, type);
		}
	}

}
