package io.github.requests4j.spring.loadbalancer;

import java.net.URI;
import java.util.Map;

import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

import io.github.requests4j.http.PreparedRequest;

/**
 * Describes requests to Spring Cloud, whose filters read hints, API versions and sticky
 * cookies.
 */
final class RequestDescription {

	private RequestDescription() {
	}

	static RequestData of(PreparedRequest request) {
		HttpHeaders headers = new HttpHeaders();
		request.headers().forEach(headers::add);
		return new RequestData(HttpMethod.valueOf(String.valueOf(request.method())), url(request), headers,
				cookies(request), Map.of());
	}

	private static URI url(PreparedRequest request) {
		try {
			return URI.create(String.valueOf(request.url()));
		}
		catch (IllegalArgumentException ex) {
			// java.net.URI is stricter than servers
			return URI.create(request.parsedUrl().origin());
		}
	}

	private static MultiValueMap<String, String> cookies(PreparedRequest request) {
		MultiValueMap<String, String> cookies = new LinkedMultiValueMap<>();
		String header = request.headers().get("Cookie");
		for (String pair : (header != null) ? header.split("; ") : new String[0]) {
			int end = pair.indexOf('=');
			if (end > 0) {
				cookies.add(pair.substring(0, end), pair.substring(end + 1));
			}
		}
		return cookies;
	}

}
