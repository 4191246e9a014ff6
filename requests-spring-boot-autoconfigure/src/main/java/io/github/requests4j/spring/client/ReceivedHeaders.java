package io.github.requests4j.spring.client;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.util.MultiValueMap;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;

/**
 * The headers of a response as message converters look at them: not copied, since most
 * converters ask for one or two, and not to be changed. Where the body came encoded,
 * Content-Length tells the bytes that converters can read.
 */
final class ReceivedHeaders extends AbstractMap<String, List<String>> implements MultiValueMap<String, String> {

	private final CaseInsensitiveHeaders received;

	private ReceivedHeaders(CaseInsensitiveHeaders received) {
		this.received = received;
	}

	static HttpHeaders of(Response response) {
		CaseInsensitiveHeaders received = response.headers();
		if (received.containsKey(HttpHeaders.CONTENT_ENCODING)) {
			received = received.copy();
			received.put(HttpHeaders.CONTENT_LENGTH, String.valueOf(response.content().length));
		}
		return new HttpHeaders(new ReceivedHeaders(received));
	}

	@Override
	public @Nullable String getFirst(String name) {
		List<String> values = get(name);
		return (values != null) ? values.get(0) : null;
	}

	@Override
	public @Nullable List<String> get(@Nullable Object name) {
		List<String> values = (name instanceof String text) ? this.received.getAll(text) : List.of();
		return values.isEmpty() ? null : values;
	}

	@Override
	public boolean containsKey(@Nullable Object name) {
		return get(name) != null;
	}

	@Override
	public Set<Map.Entry<String, List<String>>> entrySet() {
		Map<String, List<String>> all = new LinkedHashMap<>();
		for (int i = 0; i < this.received.size(); i++) {
			String name = this.received.nameAt(i);
			List<String> values = get(name);
			if (values != null) {
				all.put(name, values);
			}
		}
		return Collections.unmodifiableMap(all).entrySet();
	}

	@Override
	public Map<String, String> toSingleValueMap() {
		Map<String, String> single = new LinkedHashMap<>();
		forEach((name, values) -> single.put(name, values.get(0)));
		return single;
	}

	@Override
	public void add(String name, @Nullable String value) {
		throw readOnly();
	}

	@Override
	public void addAll(String name, List<? extends String> values) {
		throw readOnly();
	}

	@Override
	public void addAll(MultiValueMap<String, String> values) {
		throw readOnly();
	}

	@Override
	public void set(String name, @Nullable String value) {
		throw readOnly();
	}

	@Override
	public void setAll(Map<String, String> values) {
		throw readOnly();
	}

	private static UnsupportedOperationException readOnly() {
		return new UnsupportedOperationException("The headers of a response cannot be changed. Copy them first.");
	}

}
