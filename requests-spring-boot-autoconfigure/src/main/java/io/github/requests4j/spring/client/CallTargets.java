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
 * Finds out where calls go. Variables are encoded whole by the core's templates, so that
 * none can climb out of its place (CWE-22); query parameters go to the session, which
 * merges its own with them. Safe for many threads.
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
					+ "' but nothing says where it goes. Declare a bean of type ApiVersionInserter.");
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
	 * Where the parameters begin that spring-web appended as variables, at their question
	 * mark or ampersand.
	 */
	private static int paramsStart(String template) {
		int found = template.indexOf('?' + PARAM);
		return (found >= 0) ? found : template.indexOf('&' + PARAM);
	}

	/**
	 * Reads {@code {queryParam-q}={queryParam-q[0]}&...}, since only the text still has
	 * the order of the parameters.
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
	 * Where a call goes.
	 *
	 * @param url the URL with its variables filled in
	 * @param template the template without its query, for metrics; {@code null} when
	 * there was none
	 * @param params query parameters, for the session to merge its own with
	 */
	record Target(String url, @Nullable String template, Map<String, Object> params) {
	}

}
