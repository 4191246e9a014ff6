package io.github.requests4j.spring.client;

import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

import io.github.requests4j.http.Response;

/**
 * What responses say they are.
 */
final class MediaTypes {

	private MediaTypes() {
	}

	/** The Content-Type; bytes of any kind when there is none or it makes no sense. */
	static MediaType of(Response response) {
		String text = response.headers().get(HttpHeaders.CONTENT_TYPE);
		try {
			return StringUtils.hasText(text) ? MediaType.parseMediaType(text) : MediaType.APPLICATION_OCTET_STREAM;
		}
		catch (InvalidMediaTypeException ex) {
			return MediaType.APPLICATION_OCTET_STREAM;
		}
	}

}
