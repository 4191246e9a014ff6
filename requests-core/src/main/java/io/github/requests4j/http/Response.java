package io.github.requests4j.http;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.internal.text.DelimiterSplitter;
import io.github.requests4j.internal.text.Latin1;
import io.github.requests4j.internal.text.LineSplitter;
import io.github.requests4j.internal.text.TextCodec;
import io.github.requests4j.internal.text.TextPieces;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.url.Url;

/**
 * The response of a server. The session reads the body, unless the request is made with
 * {@code stream}. The caller must then close the response or read it to its end. The body
 * is decoded according to Content-Encoding while it is read.
 * <p>
 * Every method that reads the body throws a {@link RequestException} if the body ends
 * early, stalls or cannot be decoded: a {@link ChunkedEncodingException},
 * {@link ConnectionException}, {@link ReadTimeoutException} or
 * {@link ContentDecodingException} that contains this response. The body is then closed,
 * and reading it again throws the same exception. A body can only be streamed once;
 * reading it again throws a {@link StreamConsumedException}. A response that is closed
 * before it is read has an empty body.
 * <p>
 * Not thread-safe. <pre>{@code
 * Item item = session.get("items/7").raiseForStatus().json(Item.class);
 * try (Response export = session.get("export", (request) -> request.stream(true))) {
 *     export.raiseForStatus().saveTo(Path.of("export.csv"));
 * }
 * }</pre>
 */
public final class Response implements AutoCloseable, Iterable<byte[]> {

	private static final String SET_COOKIE = "Set-Cookie";

	private static final int ITERATOR_CHUNK_SIZE = 128;

	private static final int LINE_CHUNK_SIZE = 512;

	private static final int TEXT_CHUNK_SIZE = 8 * 1024;

	private final int statusCode;

	private final @Nullable String reason;

	private final CaseInsensitiveHeaders headers;

	private String url;

	private @Nullable PreparedRequest request;

	// Created when first used, unless the response was built with one
	private @Nullable CookieJar cookies;

	// The URL of the Set-Cookie headers, and when they were received, in epoch
	// milliseconds
	private final @Nullable Url cookieUrl;

	private final long receivedAt;

	private final List<Attempt> attempts;

	private Duration elapsed;

	private @Nullable Adapter connection;

	private List<Response> history = List.of();

	private @Nullable PreparedRequest next;

	private boolean retrySuppressed;

	private Set<String> maskedParams = Set.of();

	private final ResponseContent content;

	private @Nullable String encoding;

	private boolean encodingKnown;

	private @Nullable JsonMapper jsonMapper;

	private Response(Builder builder) {
		this.statusCode = builder.statusCode;
		this.reason = builder.reason;
		this.headers = builder.headers;
		this.url = builder.url;
		this.request = builder.request;
		this.cookies = builder.cookies;
		this.attempts = builder.attempts;
		this.elapsed = builder.elapsed;
		this.connection = builder.connection;
		boolean setsCookies = builder.cookies == null && this.headers.containsKey(SET_COOKIE);
		this.cookieUrl = (setsCookies && builder.request != null && !this.url.isEmpty()) ? builder.request.parsedUrl()
				: null;
		this.receivedAt = setsCookies ? System.currentTimeMillis() : 0;
		this.content = (builder.content != null) ? builder.content
				: new ResponseContent(this, builder.raw, builder.limits, builder.exchange);
	}

	/**
	 * Returns a builder, for adapters, mocks and hooks.
	 * @param statusCode the status
	 * @return a builder
	 */
	public static Builder builder(int statusCode) {
		return new Builder(statusCode);
	}

	/**
	 * Returns a builder with the values of this response, for hooks and adapters that
	 * change a response. Both responses share one body, which is read once. Closing one
	 * response closes the other. {@link Builder#raw(InputStream)} sets a separate body.
	 * <pre>{@code
	 * Response renamed = response.toBuilder().reason("Fine").build();
	 * }</pre>
	 * @return a builder with a copy of the headers
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** Copies the values that sessions and callers have set on the original response. */
	private void copyStateOf(Response origin) {
		this.history = origin.history;
		this.next = origin.next;
		this.retrySuppressed = origin.retrySuppressed;
		this.maskedParams = origin.maskedParams;
		this.jsonMapper = origin.jsonMapper;
		this.encoding = origin.encoding;
		this.encodingKnown = origin.encodingKnown;
	}

	/**
	 * Returns the status code.
	 * @return a three-digit code; 0 is only possible in a response that was built
	 * manually
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * Returns the reason phrase, decoded as ISO-8859-1.
	 * @return the phrase, {@code ""} if the server sent none; {@code null} if the
	 * response was built without one
	 */
	public @Nullable String reason() {
		return this.reason;
	}

	/**
	 * Returns the headers in the order in which they were received. Repeated headers are
	 * joined by {@code ", "}.
	 * @return the headers, with case-insensitive names; the same object each time
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * Returns the URL of the request. After redirects, this is the URL of the last one.
	 * @return the URL with its fragment; {@code ""} if the response was built without one
	 */
	public String url() {
		return this.url;
	}

	/**
	 * Returns the request of this response.
	 * @return the request that was sent
	 * @throws IllegalStateException if this response was built without a request
	 */
	public PreparedRequest request() {
		if (this.request == null) {
			throw new IllegalStateException(
					"This response was built without a request. Set one with Response.builder(...).request(...).");
		}
		return this.request;
	}

	/**
	 * Sets the request and the URL of this response, for adapters that sent another
	 * request instead, such as a load balancer.
	 * @param request the request that was passed to the adapter
	 */
	public void request(PreparedRequest request) {
		this.request = request;
		this.url = Objects.requireNonNullElse(request.url(), "");
	}

	/**
	 * Returns the cookies that this response set. Those of earlier redirects are in
	 * {@link #history()}.
	 * @return a jar that only belongs to this response
	 */
	public CookieJar cookies() {
		CookieJar jar = this.cookies;
		if (jar == null) {
			jar = new CookieJar();
			if (this.cookieUrl != null) {
				jar.extract(this.cookieUrl, this.headers.getAll(SET_COOKIE), Instant.ofEpochMilli(this.receivedAt));
			}
			this.cookies = jar;
		}
		return jar;
	}

	/**
	 * Stores the cookies that this response set in a jar, as far as its policy allows
	 * them, and removes those that have expired ({@code extract_cookies_to_jar}). Called
	 * by sessions and auth hooks.
	 * @param jar the jar
	 */
	public void extractCookiesTo(CookieJar jar) {
		Url url = (this.request != null) ? this.request.parsedUrl() : null;
		if (url != null && url.host() != null && this.headers.containsKey(SET_COOKIE)) {
			// From the headers, because a jar does not record which cookies must be
			// removed
			jar.extractCookies(url, this.headers.getAll(SET_COOKIE));
		}
		else if (this.cookies != null) {
			jar.update(this.cookies);
		}
	}

	/**
	 * Returns the time from sending the request of this hop until the response headers
	 * were parsed.
	 * @return the time; zero if the response was built manually
	 */
	public Duration elapsed() {
		return this.elapsed;
	}

	/**
	 * Sets the elapsed time. Called by adapters and sessions.
	 * @param elapsed the time
	 */
	public void elapsed(Duration elapsed) {
		this.elapsed = elapsed;
	}

	/**
	 * Returns how long the phases of this exchange took. Each response of
	 * {@link #history()} has its own, and so has each attempt: the timings of a response
	 * that was retried or hedged are those of the attempt that received it. May be called
	 * while another thread reads the body.
	 * @return the timings; without body and total until the body has ended, and without
	 * any phase if the response was not received from a server, such as one of a cache
	 */
	public Timings timings() {
		return this.content.timings();
	}

	/**
	 * Returns the adapter that is mounted for the URL, which hooks can use to send
	 * another request, as digest authentication does.
	 * @return the adapter, or {@code null} if the response was built manually
	 */
	public @Nullable Adapter connection() {
		return this.connection;
	}

	/**
	 * Sets the adapter. Called by sessions.
	 * @param connection the adapter, or {@code null}
	 */
	public void connection(@Nullable Adapter connection) {
		this.connection = connection;
	}

	/**
	 * Returns the responses that led to this one: redirects and authentication
	 * challenges.
	 * @return the responses, oldest first; empty if this was the first one
	 */
	public List<Response> history() {
		return this.history;
	}

	/**
	 * Sets the responses that led to this one. Called by sessions and auth hooks.
	 * @param history the responses, oldest first
	 */
	public void history(List<Response> history) {
		this.history = List.copyOf(history);
	}

	/**
	 * Returns the failed attempts that the retry policy of the adapter repeated.
	 * @return the attempts, oldest first; empty if the first one succeeded
	 */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	/**
	 * Returns whether the request was not sent again because the retry budget was used
	 * up. The message of {@link #raiseForStatus()} then says so.
	 * @return {@code true} if the budget suppressed a retry
	 */
	public boolean isRetrySuppressed() {
		return this.retrySuppressed;
	}

	/**
	 * Marks this response as the end of a call whose retry budget is used up. Called by
	 * adapters and interceptors that retry.
	 */
	public void markRetrySuppressed() {
		this.retrySuppressed = true;
	}

	/**
	 * Returns the request that would follow this redirect, if redirects are not followed.
	 * @return the prepared request; {@code null} if this is not a redirect or was
	 * followed
	 */
	public @Nullable PreparedRequest next() {
		return this.next;
	}

	/**
	 * Sets the request that would follow this redirect. Called by sessions.
	 * @param next the request, or {@code null}
	 */
	public void next(@Nullable PreparedRequest next) {
		this.next = next;
	}

	/**
	 * Returns whether the status is not an error, like {@code if response:} in Python.
	 * @return {@code false} for statuses 400 to 599; {@code true} for all others,
	 * including redirects
	 */
	public boolean ok() {
		return this.statusCode < 400 || this.statusCode >= 600;
	}

	/**
	 * Returns whether this is a redirect that can be followed.
	 * @return {@code true} for 301, 302, 303, 307 and 308 with a Location
	 */
	public boolean isRedirect() {
		return switch (this.statusCode) {
			case 301, 302, 303, 307, 308 -> this.headers.containsKey("Location");
			default -> false;
		};
	}

	/**
	 * Returns whether this is a permanent redirect.
	 * @return {@code true} for 301 and 308 with a Location
	 */
	public boolean isPermanentRedirect() {
		return (this.statusCode == 301 || this.statusCode == 308) && this.headers.containsKey("Location");
	}

	/**
	 * Returns the links of the Link header: a map, as in requests, with methods for the
	 * absolute URLs of common relations. <pre>{@code
	 * String next = response.links().next();
	 * }</pre>
	 * @return the links; empty if there are none
	 */
	public Links links() {
		return new Links(this.headers.get("Link"), this.url);
	}

	/**
	 * Returns the whole decoded content, which is read once and kept.
	 * @return the bytes, which must not be changed; the same array each time, empty if
	 * there is no body
	 */
	public byte[] content() {
		return this.content.bytes();
	}

	/**
	 * Returns the encoding of {@link #text()}: the one that was set, otherwise that of
	 * the headers.
	 * @return the name, or {@code null} to detect it
	 */
	public @Nullable String encoding() {
		if (!this.encodingKnown) {
			this.encoding = Encodings.getEncodingFromHeaders(headers());
			this.encodingKnown = true;
		}
		return this.encoding;
	}

	/**
	 * Sets the encoding of the text.
	 * @param encoding the name, or {@code null} to detect it
	 */
	public void encoding(@Nullable String encoding) {
		this.encoding = encoding;
		this.encodingKnown = true;
	}

	/**
	 * Detects the encoding of the content, which is read and kept.
	 * @return the name according to the detector, or {@code null} if the content is empty
	 */
	public @Nullable String apparentEncoding() {
		return Encodings.detect(content());
	}

	/**
	 * Returns the decoded content in pieces of at most 64 KiB, as they arrive. Content
	 * that was already read is returned as one piece ({@code iter_content(None)}).
	 * @return the pieces, none of them empty
	 */
	public Iterator<byte[]> iterContent() {
		return iterContent(0);
	}

	/**
	 * Returns the decoded content in pieces of a size. A piece never contains data of two
	 * chunks of a chunked body; otherwise only the last piece may be shorter.
	 * @param chunkSize the size in bytes; zero or less for no size, as in
	 * {@link #iterContent()}
	 * @return the pieces, none of them empty
	 */
	public Iterator<byte[]> iterContent(int chunkSize) {
		return this.content.pieces(chunkSize);
	}

	/**
	 * Returns the content in pieces of 128 bytes, as in requests. For other sizes, use
	 * {@link #iterContent(int)}.
	 */
	@Override
	public Iterator<byte[]> iterator() {
		return iterContent(ITERATOR_CHUNK_SIZE);
	}

	/**
	 * Returns the content as text in pieces, as they arrive.
	 * @return the pieces, none of them empty
	 * @see #iterText(int)
	 */
	public Iterator<String> iterText() {
		return iterText(0);
	}

	/**
	 * Returns the content as text in pieces
	 * ({@code iter_content(n, decode_unicode=True)}). Malformed bytes become U+FFFD.
	 * Without an {@link #encoding()}, for which requests returns bytes, the encoding is
	 * detected if the content was already read; otherwise UTF-8 is used.
	 * @param chunkSize the size of the pieces before decoding, in bytes, as for
	 * {@link #iterContent(int)}
	 * @return the pieces, none of them empty
	 * @throws ContentDecodingException if the encoding is unknown, in which case nothing
	 * is read
	 */
	public Iterator<String> iterText(int chunkSize) {
		return new TextPieces(iterContent(chunkSize), codecOrFail());
	}

	/**
	 * Returns the content line by line, as bytes.
	 * @return the lines without line ends
	 * @see #iterLines(int)
	 */
	public Iterator<byte[]> iterLines() {
		return iterLines(LINE_CHUNK_SIZE);
	}

	/**
	 * Returns the content line by line, as bytes. Lines end with {@code \n}, {@code \r}
	 * or {@code \r\n}, which is one line end even if it arrives in two pieces. While the
	 * response is streamed, a line longer than {@link Limits#maxLine()} causes a
	 * {@link ContentDecodingException}, as in all methods that return lines.
	 * @param chunkSize the maximum number of bytes to read at a time
	 * @return the lines without line ends
	 */
	public Iterator<byte[]> iterLines(int chunkSize) {
		return Latin1
			.bytes(new LineSplitter(Latin1.text(this.content.arriving(chunkSize)), false, this.content::checkLine));
	}

	/**
	 * Returns the content split at a delimiter, as bytes. As in requests, a delimiter at
	 * the end of a piece is followed by an empty line, so the result depends on the size
	 * of the pieces.
	 * @param chunkSize the number of bytes to read at a time, as for
	 * {@link #iterContent(int)}
	 * @param delimiter the delimiter; if empty, the content is split at line ends
	 * @return the lines without delimiters
	 */
	public Iterator<byte[]> iterLines(int chunkSize, byte[] delimiter) {
		return (delimiter.length == 0) ? iterLines(chunkSize)
				: Latin1.bytes(new DelimiterSplitter(Latin1.text(iterContent(chunkSize)), Latin1.text(delimiter),
						this.content::checkLine));
	}

	/**
	 * Returns the content line by line, as text.
	 * @return the lines without line ends
	 * @see #iterTextLines(int)
	 */
	public Iterator<String> iterTextLines() {
		return iterTextLines(LINE_CHUNK_SIZE);
	}

	/**
	 * Returns the content line by line, as text
	 * ({@code iter_lines(decode_unicode=True)}). As in Python, all Unicode line ends are
	 * recognized, including U+2028, which JSON may contain within a line.
	 * {@link #lines()} does not recognize them.
	 * @param chunkSize the maximum number of bytes to read at a time
	 * @return the lines without line ends
	 * @throws ContentDecodingException if the encoding is unknown, in which case nothing
	 * is read
	 */
	public Iterator<String> iterTextLines(int chunkSize) {
		return new LineSplitter(new TextPieces(this.content.arriving(chunkSize), codecOrFail()), true,
				this.content::checkLine);
	}

	/**
	 * Returns the content split at a delimiter, as text.
	 * @param chunkSize the number of bytes to read at a time, as for
	 * {@link #iterContent(int)}
	 * @param delimiter the delimiter; if empty, the content is split at line ends
	 * @return the lines without delimiters
	 * @throws ContentDecodingException if the encoding is unknown, in which case nothing
	 * is read
	 * @see #iterLines(int, byte[])
	 */
	public Iterator<String> iterTextLines(int chunkSize, String delimiter) {
		return delimiter.isEmpty() ? iterTextLines(chunkSize)
				: new DelimiterSplitter(iterText(chunkSize), delimiter, this.content::checkLine);
	}

	/**
	 * Returns the lines of the content as text, as they arrive. Lines end with
	 * {@code \n}, {@code \r} or {@code \r\n}. The connection is released after the last
	 * line. Closing the stream closes this response.
	 * @return the lines without line ends
	 * @throws ContentDecodingException if the encoding is unknown, in which case nothing
	 * is read
	 */
	public Stream<String> lines() {
		Iterator<String> lines = new LineSplitter(new TextPieces(this.content.arriving(TEXT_CHUNK_SIZE), codecOrFail()),
				false, this.content::checkLine);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.onClose(this::close);
	}

	/**
	 * Returns the decoded content as a stream. The connection is released at its end.
	 * Closing the stream closes this response. If this response is closed after a part
	 * was read, the stream throws a {@link ConnectionException}.
	 * @return a stream that throws {@link RequestException}s; not thread-safe
	 */
	public InputStream bodyStream() {
		return this.content.stream();
	}

	/**
	 * Returns the raw body without decoding it. Other methods do not return data that was
	 * read from this stream.
	 * @return the stream, which is at its end if the content was read; {@code null} if
	 * the response was built without a body
	 */
	public @Nullable InputStream raw() {
		return this.content.raw();
	}

	/**
	 * Returns the limits of the adapter for this response.
	 * @return the limits
	 */
	public Limits limits() {
		return this.content.limits();
	}

	/**
	 * Returns whether the content was read to its end, so that the connection has no more
	 * data of it.
	 * @return {@code true} once it was read as a whole or streamed to its end
	 */
	public boolean isContentConsumed() {
		return this.content.isConsumed();
	}

	/**
	 * Reads the body without decoding it and keeps it for {@link #content()}, so that the
	 * connection can be reused. For code that sends another request instead of returning
	 * this response. A body of more than 64 KiB is not read; its connection is closed,
	 * and the content is empty. If the body ends early, the error is only thrown when the
	 * content is read.
	 * @throws RequestTimeoutException if the server stalls
	 */
	public void drain() {
		this.content.drain(ResponseContent.DRAIN_LIMIT);
	}

	/**
	 * Releases the connection, or closes it if the body was not read to its end. Content
	 * that was not read is then empty. Never throws. Closing twice has no effect.
	 */
	@Override
	public void close() {
		this.content.close();
	}

	/**
	 * Registers another response to be closed together with this one, which replaces it.
	 * Called by sessions.
	 * @param replaced the response to close
	 */
	public void alsoClose(Response replaced) {
		if (replaced.content != this.content) {
			this.content.alsoClose(replaced);
		}
	}

	/**
	 * Sets the mapper for {@link #json()}, which replaces the lenient default mapper.
	 * Called by sessions.
	 * @param mapper the mapper
	 */
	public void jsonMapper(JsonMapper mapper) {
		this.jsonMapper = mapper;
	}

	/**
	 * Throws an exception if the status is 400 to 599. The body remains readable.
	 * @return this response
	 * @throws HttpException if the status is an error, such as
	 * {@code 404 Client Error: Not Found for url: ...}
	 */
	public Response raiseForStatus() {
		if (!ok()) {
			HttpException.raise(this);
		}
		return this;
	}

	/**
	 * Returns the content as text, in {@link #encoding()} or the detected encoding.
	 * Malformed bytes become U+FFFD. UTF-8 is used for unknown encodings. A byte order
	 * mark of UTF-8 is kept. The text is decoded once.
	 * @return the text
	 */
	public String text() {
		return this.content.text(this);
	}

	/**
	 * Returns the content as a JSON tree. If the headers do not determine an encoding, it
	 * is UTF-8, UTF-16 or UTF-32; otherwise it is that of {@link #text()}. The default
	 * mapper accepts NaN and infinities, uses the last of duplicate keys, and rejects
	 * data after the value.
	 * @return the tree
	 * @throws JsonDecodeException if it is not valid JSON
	 */
	public JsonNode json() {
		return ResponseJson.read(this, this.jsonMapper, JsonNode.class);
	}

	/**
	 * Returns the JSON content converted to a class, read as in {@link #json()}.
	 * @param <T> the type
	 * @param type the class
	 * @return the value; the mapper determines the value of a JSON {@code null}, usually
	 * {@code null}
	 * @throws JsonDecodeException if it is not valid JSON
	 * @throws InvalidJsonException if it cannot be converted to this type
	 */
	public <T> T json(Class<T> type) {
		return ResponseJson.read(this, this.jsonMapper, type);
	}

	/**
	 * Returns the JSON content converted to a generic type, read as in {@link #json()}.
	 * @param <T> the type
	 * @param type the generic type, as in {@code new TypeReference<List<Item>>() {}}
	 * @return the value; the mapper determines the value of a JSON {@code null}, usually
	 * {@code null}
	 * @throws JsonDecodeException if it is not valid JSON
	 * @throws InvalidJsonException if it cannot be converted to this type
	 */
	public <T> T json(TypeReference<T> type) {
		return ResponseJson.read(this, this.jsonMapper, type.getType());
	}

	/**
	 * Saves the decoded content to a file. The content is streamed to a temporary file in
	 * the same directory, which replaces the file when it is complete. If an error
	 * occurs, the temporary file is deleted and an existing file is not changed.
	 * @param file the file to create or replace; its directory must exist
	 * @return the number of bytes written
	 * @throws IllegalArgumentException if the path exists and is not a regular file
	 * @throws RequestException if the content cannot be read or the file cannot be
	 * written, or if this response is closed before the content was read to its end
	 */
	public long saveTo(Path file) {
		return new ContentFile(this, file).write(bodyStream());
	}

	/**
	 * Returns the codec of {@link #text()}. Never fails.
	 */
	TextCodec codec() {
		return Encodings.namedOrUtf8((encoding() != null) ? encoding() : apparentEncoding());
	}

	private TextCodec codecOrFail() {
		String name = encoding();
		if (name == null || name.isEmpty()) {
			return (this.content.kept() != null) ? codec() : TextCodec.UTF_8;
		}
		return Encodings.require(name, this);
	}

	@Override
	public String toString() {
		return "<Response [" + this.statusCode + "]>";
	}

	/**
	 * Sets query parameters whose values are masked in messages, in addition to
	 * well-known secrets. Called by sessions.
	 * @param names the names, decoded
	 */
	public void maskedParams(Set<String> names) {
		this.maskedParams = Set.copyOf(names);
	}

	@Nullable PreparedRequest requestOrNull() {
		return this.request;
	}

	/**
	 * Returns the URL for messages: without user information and secret values, and
	 * without control characters.
	 */
	String printableUrl() {
		return SecretMasker.with(this.maskedParams).printable(this.url);
	}

	/**
	 * Returns the method and URL of this response as messages show them: secrets are
	 * masked, and control characters are escaped.
	 * @return for instance {@code GET https://api.example.com/items}
	 */
	public String label() {
		String method = (this.request != null) ? this.request.method() : null;
		return ((method != null) ? method + " " : "")
				+ (this.url.isEmpty() ? "a response without a URL" : printableUrl());
	}

	/**
	 * Builds a {@link Response}. Not thread-safe.
	 */
	public static final class Builder {

		private int statusCode;

		private @Nullable String reason;

		private CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

		private String url = "";

		private @Nullable PreparedRequest request;

		private @Nullable CookieJar cookies;

		private @Nullable InputStream raw;

		private Limits limits = Limits.DEFAULTS;

		private List<Attempt> attempts = List.of();

		private Duration elapsed = Duration.ZERO;

		private @Nullable Adapter connection;

		private @Nullable ExchangeRecord exchange;

		private @Nullable ResponseContent content;

		private @Nullable Response origin;

		private Builder(int statusCode) {
			this.statusCode = statusCode;
		}

		private Builder(Response response) {
			this.statusCode = response.statusCode;
			this.reason = response.reason;
			this.headers = response.headers.copy();
			this.url = response.url;
			this.request = response.request;
			this.cookies = response.cookies().copy();
			this.attempts = response.attempts;
			this.elapsed = response.elapsed;
			this.connection = response.connection;
			this.content = response.content;
			this.limits = response.content.limits();
			this.exchange = response.content.exchange();
			this.origin = response;
		}

		/**
		 * Sets the status.
		 * @param statusCode the status code
		 * @return this builder
		 */
		public Builder statusCode(int statusCode) {
			this.statusCode = statusCode;
			return this;
		}

		/**
		 * Sets the reason phrase.
		 * @param reason the phrase, with one character for each byte that was received;
		 * {@code null} for none
		 * @return this builder
		 */
		public Builder reason(@Nullable String reason) {
			this.reason = reason;
			return this;
		}

		/**
		 * Sets the headers.
		 * @param headers the headers, which are not copied
		 * @return this builder
		 */
		public Builder headers(CaseInsensitiveHeaders headers) {
			this.headers = headers;
			return this;
		}

		/**
		 * Sets the request and the URL.
		 * @param request the request of the response
		 * @return this builder
		 */
		public Builder request(PreparedRequest request) {
			this.request = request;
			this.url = Objects.requireNonNullElse(request.url(), "");
			return this;
		}

		/**
		 * Sets the URL.
		 * @param url the URL
		 * @return this builder
		 */
		public Builder url(String url) {
			this.url = url;
			return this;
		}

		/**
		 * Sets the cookies, which by default are those of the Set-Cookie headers.
		 * @param cookies the cookies that the response set
		 * @return this builder
		 */
		public Builder cookies(CookieJar cookies) {
			this.cookies = cookies;
			return this;
		}

		/**
		 * Sets the raw body. Its {@code read} method may throw {@link RequestException}s,
		 * must not read beyond the end of a chunk, and must return -1 for every call at
		 * the end. Its {@code close} method must release the connection.
		 * @param raw the body before decoding; {@code null} for none
		 * @return this builder
		 */
		public Builder raw(@Nullable InputStream raw) {
			this.raw = raw;
			this.content = null;
			return this;
		}

		/**
		 * Sets the limits for decoding.
		 * @param limits the limits
		 * @return this builder
		 */
		public Builder limits(Limits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * Sets the failed attempts before this response.
		 * @param attempts the attempts, oldest first
		 * @return this builder
		 */
		public Builder attempts(List<Attempt> attempts) {
			this.attempts = List.copyOf(attempts);
			return this;
		}

		/**
		 * Sets the time until the headers were parsed.
		 * @param elapsed the time
		 * @return this builder
		 */
		public Builder elapsed(Duration elapsed) {
			this.elapsed = elapsed;
			return this;
		}

		/**
		 * Sets the adapter that created this response.
		 * @param connection the adapter
		 * @return this builder
		 */
		public Builder connection(Adapter connection) {
			this.connection = connection;
			return this;
		}

		/**
		 * Sets the exchange that received the response. Its listeners are notified if the
		 * body cannot be read or decoded, and the response has its timings.
		 * @param exchange the exchange
		 * @return this builder
		 */
		public Builder exchange(ExchangeRecord exchange) {
			this.exchange = exchange;
			return this;
		}

		/**
		 * Builds the response.
		 * @return the response
		 */
		public Response build() {
			Response response = new Response(this);
			if (this.origin != null) {
				response.copyStateOf(this.origin);
			}
			return response;
		}

	}

}
