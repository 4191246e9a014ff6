package io.github.requests4j.spring.client;

import java.util.function.Function;
import java.util.stream.Stream;

import tools.jackson.core.JsonPointer;

import io.github.requests4j.Paging;

/**
 * The settings of a method with {@link Paged}. Immutable.
 *
 * @param paging finds the next page
 * @param items the pointer to the elements of a page
 * @param maxPages the maximum number of pages
 */
record PagedMethod(Paging paging, JsonPointer items, int maxPages) {

	/**
	 * Reads an annotation.
	 * @throws IllegalArgumentException if it is not valid; the message has the reason and
	 * the fix
	 */
	static PagedMethod of(Paged annotation) {
		long ways = Stream.of(annotation.next(), annotation.cursor(), annotation.page())
			.filter((way) -> !way.isEmpty())
			.count();
		require(ways <= 1, "It sets more than one of next, cursor and page. Keep one of them.");
		require(annotation.maxPages() > 0, "Its maxPages is " + annotation.maxPages() + ". Set at least 1.");
		require(annotation.cursor().isEmpty() || !annotation.param().isEmpty(),
				"Its param is empty. Set the query parameter for the cursor.");
		require(!annotation.cursor().isEmpty() || annotation.param().equals("cursor"),
				"It sets param without cursor. Set cursor, or remove param.");
		require(!annotation.page().isEmpty() || annotation.first() == 1,
				"It sets first without page. Set page, or remove first.");
		JsonPointer items = pointer("items", annotation.items(), JsonPointer::compile);
		return new PagedMethod(paging(annotation), items, annotation.maxPages());
	}

	private static Paging paging(Paged annotation) {
		if (!annotation.next().isEmpty()) {
			return pointer("next", annotation.next(), Paging::nextUrl);
		}
		if (!annotation.cursor().isEmpty()) {
			return pointer("cursor", annotation.cursor(), (text) -> Paging.cursor(text, annotation.param()));
		}
		return annotation.page().isEmpty() ? Paging.linkHeader()
				: Paging.pageNumber(annotation.page(), annotation.first(), annotation.items());
	}

	private static <T> T pointer(String attribute, String text, Function<String, T> reader) {
		try {
			return reader.apply(text);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					"Its " + attribute + " '" + text + "' is not a JSON pointer (RFC 6901). Write it like /links/next.",
					ex);
		}
	}

	private static void require(boolean valid, String message) {
		if (!valid) {
			throw new IllegalArgumentException(message);
		}
	}

}
