package io.github.requests4j.spring.client;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method return the elements of all pages of a list, as a {@code Stream},
 * {@code Iterator} or {@link CloseableIterator}. A page is a JSON document that is
 * requested with GET when its first element is needed. By default, the Link header has
 * the URL of the next page (RFC 8288). For a server that works in another way, set one of
 * {@link #next}, {@link #cursor} and {@link #page}. <pre class="code">
 * &#64;Paged(cursor = "/meta/next_cursor", param = "cursor", items = "/data")
 * &#64;GetExchange("/items")
 * Stream&lt;Item&gt; items(&#64;RequestParam int size);
 * </pre>
 * <p>
 * Each page is a separate call with all settings of the method. The next page must be at
 * the same origin, or at the base URL or a trusted origin of the session. The stream
 * throws the exceptions of the calls. The fallback of a client is not called for them,
 * because the method has already returned.
 *
 * @see io.github.requests4j.Session#pages(String)
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Paged {

	/**
	 * The JSON pointer to the URL of the next page, such as {@code /links/next}. The last
	 * page has none, or it is null or empty.
	 * @return the pointer; empty by default
	 */
	String next() default "";

	/**
	 * The JSON pointer to the cursor of the next page, such as {@code /meta/next_cursor}.
	 * The last page has none, or it is null or empty.
	 * @return the pointer; empty by default
	 */
	String cursor() default "";

	/**
	 * The query parameter that the cursor is sent in.
	 * @return the name
	 */
	String param() default "cursor";

	/**
	 * The query parameter for the number of a page. A page without elements ends the
	 * list.
	 * @return the name; empty by default
	 */
	String page() default "";

	/**
	 * The number of the page that the server returns without a number. To start with
	 * another page, send its number as a {@code @RequestParam}.
	 * @return the number
	 */
	int first() default 1;

	/**
	 * The JSON pointer to the array of elements in a page, such as {@code /data}.
	 * @return the pointer; empty by default, which means that the page itself is the
	 * array
	 */
	String items() default "";

	/**
	 * The maximum number of pages. The elements end after the last of them. To limit the
	 * number of elements, use {@code Stream.limit}, which requests no page in advance.
	 * @return the number, at least 1; no limit by default
	 */
	int maxPages() default Integer.MAX_VALUE;

}
