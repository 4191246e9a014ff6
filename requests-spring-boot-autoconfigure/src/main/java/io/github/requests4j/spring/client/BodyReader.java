package io.github.requests4j.spring.client;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConversionException;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.SmartHttpMessageConverter;

import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Reads the body of a response as a Java type with spring-web's message converters.
 * Thread-safe.
 */
final class BodyReader {

	private final List<HttpMessageConverter<?>> converters;

	BodyReader(List<HttpMessageConverter<?>> converters) {
		this.converters = converters;
	}

	/** Returns the body, or null if it is empty. */
	@Nullable Object read(Response response, ResolvableType type) {
		if (response.content().length == 0) {
			return null;
		}
		ResponseInput input = ResponseInput.of(response);
		try {
			return convert(type, ResponseInput.contentType(response), input, response);
		}
		catch (HttpMessageConversionException ex) {
			throw new InvalidJsonException(describe(response) + ": the body could not be read as "
					+ type.getType().getTypeName() + ": " + reason(ex), ex)
				.attach(response.request(), response);
		}
		catch (IOException ex) {
			throw new RequestException(describe(response) + ": the body could not be read: " + ex.getMessage(), ex)
				.attach(null, response);
		}
	}

	/**
	 * Returns why a body does not fit its type. Jackson's own message is not used,
	 * because it ends with the location in its buffer.
	 */
	private static String reason(HttpMessageConversionException ex) {
		if (ex.getCause() instanceof JacksonException json) {
			String path = json.getPathReference();
			return json.getOriginalMessage() + ((path != null && !path.isEmpty()) ? " (at " + path + ")" : "")
					+ ". Compare the type with the document.";
		}
		return String.valueOf(ex.getMostSpecificCause().getMessage());
	}

	/** Returns the call and the status of a response for the start of a message. */
	static String describe(Response response) {
		return response.label() + " (status " + response.statusCode() + ")";
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private Object convert(ResolvableType type, MediaType contentType, ResponseInput input, Response response)
			throws IOException {
		Class<?> raw = type.resolve(Object.class);
		for (HttpMessageConverter converter : this.converters) {
			if (converter instanceof SmartHttpMessageConverter smart) {
				if (smart.canRead(type, contentType)) {
					return smart.read(type, input, null);
				}
			}
			else if (converter instanceof GenericHttpMessageConverter generic) {
				if (generic.canRead(type.getType(), null, contentType)) {
					return generic.read(type.getType(), null, input);
				}
			}
			else if (converter.canRead(raw, contentType)) {
				return converter.read(raw, input);
			}
		}
		throw new RequestException(describe(response) + ": no message converter can read " + contentType + " as " + type
				+ (MediaType.TEXT_HTML.isCompatibleWith(contentType)
						? ". Check the URL, because this may be an error page or a login page." : ".")
				+ " Return Response, String or byte[], or add a converter.")
			.attach(null, response);
	}

}
