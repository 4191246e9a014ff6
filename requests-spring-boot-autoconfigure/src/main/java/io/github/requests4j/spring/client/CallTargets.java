package io.github.requests4j.spring.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.internal.url.UriTemplate;

/**
 * Determines the URLs of calls. The core's templates encode every character of a
 * variable, so that none can escape its path segment (CWE-22). Query parameters are
 * passed to the session, which merges its own with them. Thread-safe.
 */
final class CallTargets {

	private static final String PARAM = "{queryParam-";

	private final @Nullable ApiVersionInserter versions;

	private final Map<String, UriTemplate> templates = new ConcurrentHashMap<>();

	CallTargets(@Nullable ApiVersionInserter versions) {
		this.versions = versions;
	}

	Target find(HttpRequestValues values) {
		Target target = expand(values);
		Object version = values.getApiVersion();
		if (version == null) {
			return target;
		}
		if (this.versions == null) {
			throw new IllegalStateException("The method has the API version '" + version
					+ "', but no ApiVersionInserter is configured to add it to the request. Declare a bean of that type.");
		}
		String url = this.versions.insertVersion(version, URI.create(target.url())).toString();
		return new Target(url, target.template(), target.params());
	}

	private Target expand(HttpRequestValues values) {
		URI uri = values.getUri();
		if (uri != null) {
			return new Target(uri.toString(), null, Map.of());
		}
		String template = (values.getUriTemplate() != null) ? values.getUriTemplate() : "";
		Map<String, String> variables = values.getUriVariables();
		int params = paramsStart(template);
		String own = (params >= 0) ? template.substring(0, params) : template;
		UriBuilderFactory factory = values.getUriBuilderFactory();
		if (factory != null) {
			return new Target(factory.expand(template, variables).toString(), UriTemplate.withoutQuery(own), Map.of());
		}
		String url = this.templates.computeIfAbsent(own, UriTemplate::parse).expand(variables);
		return new Target(url, UriTemplate.withoutQuery(own),
				(params >= 0) ? params(template, params + 1, variables) : Map.of());
	}

	/**
	 * Returns the index of the question mark or ampersand before the parameters that
	 * spring-web appended as variables, or -1.
	 */
	private static int paramsStart(String template) {
		int found = template.indexOf('?' + PARAM);
		return (found >= 0) ? found : template.indexOf('&' + PARAM);
	}

	/**
	 * Returns the parameters of a template such as
	 * {@code {queryParam-q}={queryParam-q[0]}&...}. Only the text preserves their order.
	 */
	private static Map<String, Object> params(String text, int start, Map<String, String> variables) {
		Map<String, Object> params = new LinkedHashMap<>();
		int from = start;
		while (text.startsWith(PARAM, from)) {
			String variable = text.substring(from + 1, text.indexOf("}={", from));
			List<String> values = new ArrayList<>(1);
			String pair = pair(variable, 0);
			while (text.startsWith(pair, from)) {
				values.add(variables.getOrDefault(variable + "[" + values.size() + "]", ""));
				from += pair.length() + 1;
				pair = pair(variable, values.size());
			}
			params.put(variables.getOrDefault(variable, ""), (values.size() == 1) ? values.get(0) : values);
		}
		return params;
	}

	private static String pair(String variable, int index) {
		return "{" + variable + "}={" + variable + "[" + index + "]}";
	}

	/**
	 * The target of a call.
	 *
	 * @param url the URL with its variables filled in
	 * @param template the template without its query, for metrics; {@code null} if there
	 * is none
	 * @param params the query parameters, which the session merges with its own
	 */
	record Target(String url, @Nullable String template, Map<String, Object> params) {
	}

}
