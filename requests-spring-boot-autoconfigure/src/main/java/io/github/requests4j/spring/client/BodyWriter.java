package io.github.requests4j.spring.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.SmartHttpMessageConverter;
import org.springframework.util.MultiValueMap;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.spring.internal.http.CallbackSource;

/**
 * Turns the body argument of a client method into the body of a request. The core sends
 * multipart messages and bodies that can be streamed. All other values are written by
 * spring-web's message converters. Thread-safe.
 */
final class BodyWriter {

	private final List<HttpMessageConverter<?>> converters;

	BodyWriter(List<HttpMessageConverter<?>> converters) {
		this.converters = converters;
	}

	/** Sets the body of the options, and the headers that describe it. */
	void write(Object value, @Nullable ResolvableType declared, HttpHeaders headers, RequestOptions options) {
		MediaType contentType = headers.getContentType();
		if (value instanceof MultiValueMap<?, ?> parts && isMultipart(parts, declared, contentType)) {
			headers.remove(HttpHeaders.CONTENT_TYPE);
			new MultipartParts(this).addTo(options, parts, contentType);
		}
		else {
			ResolvableType type = (declared != null) ? declared : ResolvableType.forInstance(value);
			options.data(body(value, type, headers));
		}
	}

	/** Returns the body for one value, and sets its Content-Type in the headers. */
	Body body(Object value, ResolvableType type, HttpHeaders headers) {
		try {
			Body streamed = streamed(value, headers);
			return (streamed != null) ? streamed : converted(value, type, headers);
		}
		catch (IOException ex) {
			throw new RequestException("The body of type " + type + " could not be written: " + ex.getMessage(), ex);
		}
	}

	/** Returns a body that streams the value, or null if it must be converted. */
	private static @Nullable Body streamed(Object value, HttpHeaders headers) throws IOException {
		if (value instanceof Body body) {
			return body;
		}
		if (value instanceof StreamingHttpOutputMessage.Body callback) {
			return CallbackSource.body(callback, headers.getContentLength());
		}
		if (value instanceof Resource resource) {
			setTypeIfAbsent(headers,
					MediaTypeFactory.getMediaType(resource).orElse(MediaType.APPLICATION_OCTET_STREAM));
			return resource(resource);
		}
		if (value instanceof Path file) {
			setTypeIfAbsent(headers, MediaType.APPLICATION_OCTET_STREAM);
			return Body.of(file);
		}
		if (value instanceof InputStream stream) {
			setTypeIfAbsent(headers, MediaType.APPLICATION_OCTET_STREAM);
			return Body.of(stream);
		}
		return null;
	}

	/**
	 * Returns a body that streams a resource. It can be sent again if the resource can be
	 * reopened.
	 */
	private static Body resource(Resource resource) throws IOException {
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

	private static void setTypeIfAbsent(HttpHeaders headers, MediaType type) {
		if (headers.getContentType() == null) {
			headers.setContentType(type);
		}
	}

	private Body converted(Object value, ResolvableType type, HttpHeaders headers) throws IOException {
		Output output = new Output(headers, new ByteArrayOutputStream());
		convert(value, type, headers.getContentType(), output);
		headers.remove(HttpHeaders.CONTENT_LENGTH);
		return Body.of(output.getBody().toByteArray());
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private void convert(Object value, ResolvableType type, @Nullable MediaType contentType, Output output)
			throws IOException {
		for (HttpMessageConverter converter : this.converters) {
			if (converter instanceof SmartHttpMessageConverter smart) {
				if (smart.canWrite(type, value.getClass(), contentType)) {
					smart.write(value, type, contentType, output, null);
					return;
				}
			}
			else if (converter instanceof GenericHttpMessageConverter generic) {
				if (generic.canWrite(type.getType(), value.getClass(), contentType)) {
					generic.write(value, type.getType(), contentType, output);
					return;
				}
			}
			else if (converter.canWrite(value.getClass(), contentType)) {
				converter.write(value, contentType, output);
				return;
			}
		}
		throw new RequestException("No message converter can write a body of type " + type
				+ ((contentType != null) ? " as " + contentType : "")
				+ ". Add a converter for it, or set another content type.");
	}

	/**
	 * Returns whether the parts are a multipart message. Without a content type, a map
	 * that is itself the body argument is a form if it only contains strings, as in
	 * Spring's own clients. A map that was built from parts is always multipart.
	 */
	private static boolean isMultipart(MultiValueMap<?, ?> parts, @Nullable ResolvableType declared,
			@Nullable MediaType contentType) {
		if (contentType != null) {
			return contentType.getType().equals("multipart");
		}
		return declared == null || parts.values()
			.stream()
			.flatMap(List::stream)
			.anyMatch((value) -> value != null && !(value instanceof String));
	}

	/**
	 * The output of a message converter. It is buffered, so that its length is known and
	 * the body can be sent again.
	 *
	 * @param getHeaders the headers of the request or part
	 * @param getBody the bytes
	 */
	private record Output(HttpHeaders getHeaders, ByteArrayOutputStream getBody) implements HttpOutputMessage {
	}

}
