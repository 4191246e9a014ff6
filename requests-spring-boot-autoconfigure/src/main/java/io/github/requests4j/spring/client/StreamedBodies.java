package io.github.requests4j.spring.client;

import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.util.ClassUtils;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Reads responses element by element. The Content-Type determines whether they are
 * server-sent events, JSON lines, a JSON array or lines of text. Thread-safe.
 */
final class StreamedBodies {

	private static final Set<String> JSON_LINES = Set.of("x-ndjson", "ndjson", "jsonl", "x-jsonl", "jsonlines",
			"x-jsonlines", "stream+json", "json-lines");

	/** The data of the last event from servers of language models. It is not JSON. */
	private static final String DONE = "[DONE]";

	private static final boolean JACKSON = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			StreamedBodies.class.getClassLoader());

	private final @Nullable JsonMapper mapper;

	StreamedBodies(Iterable<? extends HttpMessageConverter<?>> converters) {
		this.mapper = JACKSON ? mapper(converters) : null;
	}

	private static @Nullable JsonMapper mapper(Iterable<? extends HttpMessageConverter<?>> converters) {
		for (HttpMessageConverter<?> converter : converters) {
			if (converter instanceof JacksonJsonHttpMessageConverter json) {
				return json.getMapper();
			}
		}
		return null;
	}

	/** Returns whether the elements are whole events, not only their data. */
	static boolean isEvent(Type element) {
		return ResolvableType.forType(element).resolve(Object.class) == ServerSentEvent.class;
	}

	/**
	 * Returns an iterator over the elements of a response. The reopener reconnects if the
	 * method has {@link Reconnect}.
	 */
	ElementIterator open(Response response, Type element, ClientMethod method, EventElements.Reopener reopener) {
		MediaType type = ResponseInput.contentType(response);
		ElementIterator.Source source;
		if (type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM)) {
			source = events(response, element, method, (last) -> requireEvents(reopener.open(last)));
		}
		else if (isEvent(element) || method.events()) {
			source = events(requireEvents(response), element, method, reopener);
		}
		else {
			source = plain(response, element, type);
		}
		return new ElementIterator(new JsonElements.Translated(source, response, element));
	}

	/** Returns an iterator over the elements of pages, which are JSON. */
	ElementIterator open(Stream<Response> pages, Type element, PagedMethod method) {
		if (this.mapper == null) {
			throw new RequestException("Pages require Jackson, but no message converter has a JsonMapper. Add one.");
		}
		return new ElementIterator(new PagedElements(pages, method,
				new PagedElements.ElementReader(reader(this.mapper, element), element.getTypeName())));
	}

	private ElementIterator.Source plain(Response response, Type element, MediaType type) {
		if (JSON_LINES.contains(type.getSubtype().toLowerCase(Locale.ROOT))) {
			response.encoding("utf-8");
			return (element == String.class) ? new LineElements(response, (line) -> line, false)
					: lines(response, reader(element, response));
		}
		if (element == String.class && type.getType().equals("text")) {
			return new LineElements(response, (line) -> line, true);
		}
		return new JsonElements(response, reader(element, response));
	}

	private static ElementIterator.Source lines(Response response, ObjectReader reader) {
		return new LineElements(response, reader::readValue, false);
	}

	private ElementIterator.Source events(Response response, Type element, ClientMethod method,
			EventElements.Reopener reopener) {
		boolean whole = isEvent(element);
		Type data = whole ? ResolvableType.forType(element).getGeneric(0).getType() : element;
		ObjectReader json = (data == String.class) ? null : reader(data, response);
		return new EventElements(response, new EventReader(method.eventTypes(), whole, json), method.reconnect(),
				reopener);
	}

	/** Rejects a response that is not an event stream. Reconnecting would not help. */
	private static Response requireEvents(Response response) {
		MediaType type = ResponseInput.contentType(response);
		if (response.statusCode() == EventElements.NO_CONTENT || type.isCompatibleWith(MediaType.TEXT_EVENT_STREAM)) {
			return response;
		}
		response.close();
		throw new RequestException(
				BodyReader.describe(response) + ": server-sent events were expected, but the Content-Type is " + type
						+ ". Check the URL and the Accept header.")
			.attach(null, response);
	}

	private ObjectReader reader(Type type, Response response) {
		if (this.mapper == null) {
			throw new RequestException(BodyReader.describe(response) + ": elements of type " + type.getTypeName()
					+ " require Jackson, but no message converter has a JsonMapper. Add one, or return"
					+ " Stream<String>.")
				.attach(null, response);
		}
		return reader(this.mapper, type);
	}

	private static ObjectReader reader(JsonMapper mapper, Type type) {
		return mapper.readerFor(mapper.constructType(type));
	}

	/**
	 * Converts events to elements. Without JSON, the data is the text itself.
	 *
	 * @param types the types of events that are read; empty for all
	 * @param whole whether the element is the event and not its data
	 * @param json reads the data, or {@code null}
	 */
	private record EventReader(Set<String> types, boolean whole,
			@Nullable ObjectReader json) implements Function<EventParser.Event, @Nullable Object> {

		@Override
		public @Nullable Object apply(EventParser.Event event) {
			String data = event.data();
			if (this.json != null && data.strip().equals(DONE)) {
				return ElementIterator.Source.END;
			}
			boolean hasValue = this.json == null || !data.isBlank();
			if ((!this.types.isEmpty() && !this.types.contains(event.type())) || (!this.whole && !hasValue)) {
				return EventElements.SKIPPED;
			}
			Object value = (this.json == null) ? data : hasValue ? this.json.readValue(data) : null;
			return this.whole ? event(event, value) : value;
		}

		private static ServerSentEvent<?> event(EventParser.Event event, @Nullable Object data) {
			ServerSentEvent.Builder<Object> builder = ServerSentEvent.builder();
			if (data != null) {
				builder.data(data);
			}
			if (!event.id().isEmpty()) {
				builder.id(event.id());
			}
			if (event.retry() != null) {
				builder.retry(event.retry());
			}
			if (event.comment() != null) {
				builder.comment(event.comment());
			}
			return builder.event(event.type()).build();
		}

	}

	/**
	 * Reads one element from each line that is not blank.
	 */
	private static final class LineElements implements ElementIterator.Source {

		private final Response response;

		private final Iterator<String> lines;

		private final Function<String, @Nullable Object> reader;

		private final boolean keepBlankLines;

		LineElements(Response response, Function<String, @Nullable Object> reader, boolean keepBlankLines) {
			this.response = response;
			this.lines = response.lines().iterator();
			this.reader = reader;
			this.keepBlankLines = keepBlankLines;
		}

		@Override
		public @Nullable Object next() {
			while (this.lines.hasNext()) {
				String line = this.lines.next();
				if (this.keepBlankLines || !line.isBlank()) {
					return this.reader.apply(line);
				}
			}
			return END;
		}

		@Override
		public void close() {
			this.response.close();
		}

	}

}
