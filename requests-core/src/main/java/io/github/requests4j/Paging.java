package io.github.requests4j;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

import io.github.requests4j.http.HttpException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;

/**
 * How a page of a list leads to the next one, for {@link Session#pages(String, Paging)}.
 * By default, this is the Link header. JSON pointers (RFC 6901) name the place in pages
 * that are JSON. Immutable and thread-safe. <pre>{@code
 * Paging cursor = Paging.cursor("/meta/next_cursor", "cursor");
 * try (Stream<Response> pages = session.pages("items", cursor)) {
 *     pages.map(Response::json).forEach(System.out::println);
 * }
 * }</pre>
 */
public final class Paging {

	private static final Paging LINK_HEADER = of((page) -> page.links().next());

	private final Function<Response, @Nullable String> next;

	private final Consumer<Response> check;

	private Paging(Function<Response, @Nullable String> next, Consumer<Response> check) {
		this.next = next;
		this.check = check;
	}

	/**
	 * Returns the default: the URL in the Link header with the relation {@code next} (RFC
	 * 8288). Without such a link, a page is the last one.
	 * @return the paging
	 */
	public static Paging linkHeader() {
		return LINK_HEADER;
	}

	/**
	 * Returns a paging by URLs in the pages. A page is the last one if the URL is
	 * missing, null or empty.
	 * @param pointer the JSON pointer to the URL, which may be relative, such as
	 * {@code /links/next}
	 * @return the paging
	 * @throws IllegalArgumentException if the pointer is not valid or empty
	 */
	public static Paging nextUrl(String pointer) {
		JsonPointer place = pointer(pointer);
		return of((page) -> text(page, place, false));
	}

	/**
	 * Returns a paging by cursors, which are sent in a query parameter. A page is the
	 * last one if the cursor is missing, null or empty.
	 * @param pointer the JSON pointer to the cursor of the next page, a string or a
	 * number, such as {@code /meta/next_cursor}
	 * @param param the query parameter that requests that page
	 * @return the paging
	 * @throws IllegalArgumentException if the pointer is not valid or empty
	 */
	public static Paging cursor(String pointer, String param) {
		JsonPointer place = pointer(pointer);
		Objects.requireNonNull(param, "param");
		return of((page) -> {
			String cursor = text(page, place, true);
			return (cursor != null) ? PageQuery.replace(firstUrl(page), param, cursor) : null;
		});
	}

	/**
	 * Returns a paging by page numbers. The first page without elements ends the list.
	 * @param param the query parameter with the number. To start with another page than
	 * the first one, set it in the URL or the options of the call
	 * @param first the number of the page that is returned without the parameter, usually
	 * 0 or 1
	 * @param items the JSON pointer to the array of elements; empty if the page itself is
	 * the array
	 * @return the paging
	 * @throws IllegalArgumentException if the pointer is not valid
	 */
	public static Paging pageNumber(String param, int first, String items) {
		JsonPointer place = JsonPointer.compile(items);
		Objects.requireNonNull(param, "param");
		return of((page) -> {
			if (isEmpty(page, place)) {
				return null;
			}
			String url = firstUrl(page);
			String number = PageQuery.find(url, param);
			return PageQuery.replace(url, param, String.valueOf(((number != null) ? parse(page, number) : first) + 1));
		});
	}

	/**
	 * Returns a paging by a function.
	 * @param next returns the URL of the page after a response, absolute or relative to
	 * the URL of the response; {@code null} if there is none. Called once for each page
	 * by one thread at a time
	 * @return the paging
	 */
	public static Paging of(Function<Response, @Nullable String> next) {
		return new Paging(Objects.requireNonNull(next, "next"), Response::raiseForStatus);
	}

	/**
	 * Returns this paging with another check of pages than
	 * {@link Response#raiseForStatus()}. A check that accepts error statuses makes the
	 * stream return such responses as pages.
	 * @param check throws an exception for a page that is an error
	 * @return the paging
	 */
	public Paging checkedBy(Consumer<Response> check) {
		return new Paging(this.next, Objects.requireNonNull(check, "check"));
	}

	/**
	 * Checks a page and returns where the next one is.
	 * @param page the page
	 * @return the URL, absolute or relative to that of the page; {@code null} if this is
	 * the last page
	 * @throws HttpException if the page has a status from 400 to 599
	 * @throws RequestException if the page does not have the expected form
	 */
	public @Nullable String next(Response page) {
		this.check.accept(page);
		return this.next.apply(page);
	}

	private static JsonPointer pointer(String pointer) {
		if (pointer.isEmpty()) {
			throw new IllegalArgumentException("The JSON pointer is empty. Name a member, such as /links/next.");
		}
		return JsonPointer.compile(pointer);
	}

	/** Returns the URL of the call, before redirects. */
	private static String firstUrl(Response page) {
		return page.history().isEmpty() ? page.url() : page.history().get(0).url();
	}

	private static @Nullable String text(Response page, JsonPointer pointer, boolean numbers) {
		if (page.content().length == 0) {
			return null;
		}
		JsonNode node = page.json().at(pointer);
		if (node.isMissingNode() || node.isNull()) {
			return null;
		}
		if (!node.isString() && !(numbers && node.isNumber())) {
			throw unexpected(page, pointer, node, "a string");
		}
		return node.asString().isBlank() ? null : node.asString();
	}

	private static boolean isEmpty(Response page, JsonPointer pointer) {
		if (page.content().length == 0) {
			return true;
		}
		JsonNode node = page.json().at(pointer);
		if (!node.isArray() && !node.isNull()) {
			throw unexpected(page, pointer, node, "an array");
		}
		return node.isEmpty();
	}

	private static RequestException unexpected(Response page, JsonPointer pointer, JsonNode node, String expected) {
		String place = pointer.matches() ? "The page" : "The value at '" + pointer + "' of the page";
		String found = node.isMissingNode() ? "is missing" : "is not " + expected;
		return new RequestException(
				page.label() + ": " + place + " " + found + ". Correct the JSON pointer to " + expected + ".")
			.attach(null, page);
	}

	private static long parse(Response page, String number) {
		try {
			return Long.parseLong(number);
		}
		catch (NumberFormatException ex) {
			throw new RequestException(page.label() + ": the page number of the URL is not a number, so the number of"
					+ " the next page is unknown. Correct the parameter.", ex)
				.attach(null, page);
		}
	}

}
