package io.github.requests4j.spring.client;

import java.util.Collections;
import java.util.Iterator;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;

import io.github.requests4j.http.InvalidJsonException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * Reads the elements of pages. Only the current page is kept.
 */
final class PagedElements implements ElementIterator.Source {

	private final Stream<Response> pages;

	private final Iterator<Response> iterator;

	private final PagedMethod method;

	private final ElementReader reader;

	private int count;

	private Iterator<JsonNode> elements = Collections.emptyIterator();

	private @Nullable Response page;

	PagedElements(Stream<Response> pages, PagedMethod method, ElementReader reader) {
		this.pages = pages;
		this.iterator = pages.iterator();
		this.method = method;
		this.reader = reader;
	}

	@Override
	public @Nullable Object next() {
		while (!this.elements.hasNext()) {
			this.page = null;
			if (this.count == this.method.maxPages() || !this.iterator.hasNext()) {
				return END;
			}
			Response next = this.iterator.next();
			this.count++;
			this.page = next;
			this.elements = elements(next, this.method.items());
		}
		JsonNode element = this.elements.next();
		Response current = this.page;
		return (current != null) ? this.reader.read(element, current) : END;
	}

	private static Iterator<JsonNode> elements(Response page, JsonPointer pointer) {
		if (page.content().length == 0) {
			return Collections.emptyIterator();
		}
		JsonNode items = page.json().at(pointer);
		if (!items.isArray() && !items.isNull()) {
			String place = pointer.matches() ? "the page" : "the value at '" + pointer + "' of the page";
			throw new RequestException(BodyReader.describe(page) + ": " + place + " is "
					+ (items.isMissingNode() ? "missing" : "not an array")
					+ ". Set items of @Paged to the JSON pointer of the array of elements.")
				.attach(null, page);
		}
		return items.iterator();
	}

	@Override
	public void close() {
		this.pages.close();
	}

	/**
	 * Converts elements.
	 *
	 * @param json the reader for the type of the elements
	 * @param type the name of the type for messages
	 */
	record ElementReader(ObjectReader json, String type) {

		@Nullable Object read(JsonNode element, Response page) {
			try {
				return this.json.readValue(element);
			}
			catch (JacksonException ex) {
				throw new InvalidJsonException(BodyReader.describe(page) + ": an element of the page could not be read"
						+ " as " + this.type + ": " + ex.getOriginalMessage(), ex)
					.attach(null, page);
			}
		}

	}

}
