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
import java.util.function.Consumer;
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
 * What a server answered. The body is read at once by the session, or with {@code stream}
 * left for the caller; then the response must be closed, or read to its end. It is
 * decoded as Content-Encoding says, when it is read and not before.
 * <p>
 * Every method that reads the body raises a {@link RequestException} when it breaks off,
 * stalls or cannot be decoded: a {@link ChunkedEncodingException},
 * {@link ConnectionException}, {@link ReadTimeoutException} or
 * {@link ContentDecodingException} that carries this response. The body is closed then,
 * and reading it again raises the same. A body that was streamed to its end is gone:
 * reading it again raises a {@link StreamConsumedException}. A response that is closed
 * unread has an empty body.
 * <p>
 * For one thread at a time. <pre>{@code
 * Item item = session.get("items/7").raiseForStatus().json(Item.class);
 * try (Response export = session.get("export", (request) -> request.stream(true))) {
 *     export.raiseForStatus().saveTo(Path.of("export.csv"));
 * }
 * }</pre>
 */
public final class Response implements AutoCloseable, Iterable<byte[]> {

	private static final String SET_COOKIE = "Set-Cookie";

	private static final int ITERATOR_PIECE = 128;

	private static final int LINE_PIECE = 512;

	private static final int TEXT_PIECE = 8 * 1024;

	private final int statusCode;

	private final @Nullable String reason;

	private final CaseInsensitiveHeaders headers;

	private String url;

	private @Nullable PreparedRequest request;

	// Made when asked for, unless the response was built with one
	private @Nullable CookieJar cookies;

	// Where the Set-Cookie headers came from, and when, in milliseconds of the epoch
	private final @Nullable Url cookieUrl;

	private final long receivedAt;

	private final List<Attempt> attempts;

	private Duration elapsed;

	private @Nullable Adapter connection;

	private List<Response> history = List.of();

	private @Nullable PreparedRequest next;

	private Set<String> maskedParams = Set.of();

	private final ResponseContent content;

	private @Nullable String encoding;

	private boolean encodingKnown;

	private @Nullable JsonMapper jsonMapper;

	private @Nullable String text;

	private @Nullable String textEncoding;

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
				: new ResponseContent(this, builder.raw, builder.limits, builder.failureListener);
	}

	/**
	 * Starts a response; for adapters, mocks and hooks.
	 * @param statusCode the status
	 * @return a builder
	 */
	public static Builder builder(int statusCode) {
		return new Builder(statusCode);
	}

	/**
	 * Returns a builder that starts with everything this response has, for hooks and
	 * adapters that change a response on its way. Both responses share one body: it is
	 * read once, and closing one closes the other. {@link Builder#raw(InputStream)} gives
	 * the new response a body of its own. <pre>{@code
	 * Response renamed = response.toBuilder().reason("Fine").build();
	 * }</pre>
	 * @return a builder with a copy of the headers
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** What sessions and callers have set on the response that this one was made from. */
	private void inherit(Response origin) {
		this.history = origin.history;
		this.next = origin.next;
		this.maskedParams = origin.maskedParams;
		this.jsonMapper = origin.jsonMapper;
		this.encoding = origin.encoding;
		this.encodingKnown = origin.encodingKnown;
	}

	/**
	 * The status code.
	 * @return three digits as they came from the server; 0 is possible only in a response
	 * made by hand
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * The reason phrase, read as ISO-8859-1.
	 * @return the phrase, {@code ""} if the server sent none; {@code null} for a response
	 * made by hand without one
	 */
	public @Nullable String reason() {
		return this.reason;
	}

	/**
	 * The headers, in the order in which they came; repeated ones are joined by
	 * {@code ", "}.
	 * @return the headers, names in any case; the same object each time
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * The URL of the request that this answers, which after redirects is the last one.
	 * @return the URL with its fragment; {@code ""} for a response made by hand without
	 * one
	 */
	public String url() {
		return this.url;
	}

	/**
	 * The request that this answers.
	 * @return the request as it was sent
	 * @throws IllegalStateException if this response was made by hand without a request
	 */
	public PreparedRequest request() {
		if (this.request == null) {
			throw new IllegalStateException(
					"This response was made by hand without a request. Give it one with Response.builder(...).request(...)");
		}
		return this.request;
	}

	/**
	 * Sets the request that this answers, and its URL as the response's: for an adapter
	 * that sent another one in its place, such as a load balancer.
	 * @param request the request that the adapter was given
	 */
	public void request(PreparedRequest request) {
		this.request = request;
		this.url = Objects.requireNonNullElse(request.url(), "");
	}

	/**
	 * The cookies that this response set, and no others; those of the redirects before it
	 * are in {@link #history()}.
	 * @return a jar of this response's own
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
	 * Stores the cookies that this response set in a jar, as that jar's policy allows,
	 * and removes those that have expired ({@code extract_cookies_to_jar}); for sessions
	 * and auth hooks.
	 * @param jar the jar
	 */
	public void extractCookiesTo(CookieJar jar) {
		Url url = (this.request != null) ? this.request.parsedUrl() : null;
		if (url != null && url.host() != null && this.headers.containsKey(SET_COOKIE)) {
			// From the headers: a jar forgets which cookies are to be removed
			jar.extractCookies(url, this.headers.getAll(SET_COOKIE));
		}
		else if (this.cookies != null) {
			jar.update(this.cookies);
		}
	}

	/**
	 * How long the server took: from sending until the headers were parsed, for this hop
	 * alone and without the body.
	 * @return the time; zero for a response made by hand
	 */
	public Duration elapsed() {
		return this.elapsed;
	}

	/**
	 * Sets the time; for adapters and sessions.
	 * @param elapsed the time
	 */
	public void elapsed(Duration elapsed) {
		this.elapsed = elapsed;
	}

	/**
	 * The adapter that a hook can send another request with, as digest authentication
	 * does: the outermost of those mounted for the URL.
	 * @return the adapter, or {@code null} for a response made by hand
	 */
	public @Nullable Adapter connection() {
		return this.connection;
	}

	/**
	 * Sets the adapter; for sessions.
	 * @param connection the adapter, or {@code null}
	 */
	public void connection(@Nullable Adapter connection) {
		this.connection = connection;
	}

	/**
	 * The responses on the way to this one: redirects, and answers to authentication
	 * challenges.
	 * @return the responses, oldest first; empty if this was the first one
	 */
	public List<Response> history() {
		return this.history;
	}

	/**
	 * Sets the responses before this one; for sessions and auth hooks.
	 * @param history the responses, oldest first
	 */
	public void history(List<Response> history) {
		this.history = List.copyOf(history);
	}

	/**
	 * The attempts that the retry policy of the adapter made before this response.
	 * @return the attempts, oldest first; empty if the first one succeeded
	 */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	/**
	 * The request that would follow this redirect, when redirects are not followed.
	 * @return the request, prepared; {@code null} if this is no redirect, or it was
	 * followed
	 */
	public @Nullable PreparedRequest next() {
		return this.next;
	}

	/**
	 * Sets the request that would follow; for sessions.
	 * @param next the request, or {@code null}
	 */
	public void next(@Nullable PreparedRequest next) {
		this.next = next;
	}

	/**
	 * Whether the server did not complain. Python's {@code if response:} asks the same.
	 * @return {@code false} for statuses 400 to 599; {@code true} for all others, also
	 * for redirects
	 */
	public boolean ok() {
		return this.statusCode < 400 || this.statusCode >= 600;
	}

	/**
	 * Whether this is a redirect that could be followed.
	 * @return {@code true} for 301, 302, 303, 307 and 308 with a Location
	 */
	public boolean isRedirect() {
		return switch (this.statusCode) {
			case 301, 302, 303, 307, 308 -> this.headers.containsKey("Location");
			default -> false;
		};
	}

	/**
	 * Whether this is a redirect for good.
	 * @return {@code true} for 301 and 308 with a Location
	 */
	public boolean isPermanentRedirect() {
		return (this.statusCode == 301 || this.statusCode == 308) && this.headers.containsKey("Location");
	}

	/**
	 * Returns the links of the Link header: a map as in requests, and the targets of the
	 * usual relations as absolute URLs. <pre>{@code
	 * String next = response.links().next();
	 * }</pre>
	 * @return the links; empty if there are none
	 */
	public Links links() {
		return new Links(this.headers.get("Link"), this.url);
	}

	/**
	 * The whole decoded content, read once and kept.
	 * @return the bytes, the same array each time: not to be changed; empty when there is
	 * no body
	 */
	public byte[] content() {
		return this.content.bytes();
	}

	/**
	 * The encoding of {@link #text()}: what was set, else what the headers tell.
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
	 * Sets the encoding of the text from now on.
	 * @param encoding its name, or {@code null} to detect it
	 */
	public void encoding(@Nullable String encoding) {
		this.encoding = encoding;
		this.encodingKnown = true;
	}

	/**
	 * The encoding that the content looks like. Reads and keeps the content.
	 * @return the name that the detector gives it, or {@code null} for an empty content
	 */
	public @Nullable String apparentEncoding() {
		return Encodings.detect(content());
	}

	/**
	 * The decoded content in pieces as they arrive, each 64 KiB at most; content that was
	 * read before in one piece ({@code iter_content(None)}).
	 * @return the pieces, none of them empty
	 */
	public Iterator<byte[]> iterContent() {
		return iterContent(0);
	}

	/**
	 * The decoded content in pieces of a size. A piece never holds data of two chunks of
	 * a chunked body; otherwise all but the last one are full.
	 * @param chunkSize the size in bytes; zero or less for no size, as
	 * {@link #iterContent()}
	 * @return the pieces, none of them empty
	 */
	public Iterator<byte[]> iterContent(int chunkSize) {
		return this.content.pieces(chunkSize);
	}

	/**
	 * The content in pieces of 128 bytes, as in requests. {@link #iterContent(int)} has
	 * other sizes.
	 */
	@Override
	public Iterator<byte[]> iterator() {
		return iterContent(ITERATOR_PIECE);
	}

	/**
	 * The content as text in pieces as they arrive.
	 * @return the pieces, none of them empty
	 * @see #iterText(int)
	 */
	public Iterator<String> iterText() {
		return iterText(0);
	}

	/**
	 * The content as text in pieces ({@code iter_content(n, decode_unicode=True)}).
	 * Malformed bytes become U+FFFD. Without an {@link #encoding()}, where requests gives
	 * bytes, content that was read before is read in the encoding it looks like, other
	 * content in UTF-8.
	 * @param chunkSize the size of the pieces before decoding, in bytes, as for
	 * {@link #iterContent(int)}
	 * @return the pieces, none of them empty
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 */
	public Iterator<String> iterText(int chunkSize) {
		return new TextPieces(iterContent(chunkSize), codecOrFail());
	}

	/**
	 * The content line by line, as bytes.
	 * @return the lines without their ends
	 * @see #iterLines(int)
	 */
	public Iterator<byte[]> iterLines() {
		return iterLines(LINE_PIECE);
	}

	/**
	 * The content line by line, as bytes. Lines end with {@code \n}, {@code \r} or
	 * {@code \r\n}, which is one line end even where the data was cut. While the response
	 * is streamed, a line longer than {@link Limits#maxLine()} raises a
	 * {@link ContentDecodingException}, as in all methods for lines.
	 * @param chunkSize how much to read at a time at most, in bytes
	 * @return the lines without their ends
	 */
	public Iterator<byte[]> iterLines(int chunkSize) {
		return Latin1
			.bytes(new LineSplitter(Latin1.text(this.content.arriving(chunkSize)), false, this.content::checkLine));
	}

	/**
	 * The content cut at a delimiter, as bytes. As in requests a delimiter at the end of
	 * a piece that was read is followed by an empty line, so that the size of the pieces
	 * matters.
	 * @param chunkSize how much to read at a time, in bytes, as for
	 * {@link #iterContent(int)}
	 * @param delimiter what ends a line; when empty, line ends do
	 * @return the lines without delimiters
	 */
	public Iterator<byte[]> iterLines(int chunkSize, byte[] delimiter) {
		return (delimiter.length == 0) ? iterLines(chunkSize)
				: Latin1.bytes(new DelimiterSplitter(Latin1.text(iterContent(chunkSize)), Latin1.text(delimiter),
						this.content::checkLine));
	}

	/**
	 * The content line by line, as text.
	 * @return the lines without their ends
	 * @see #iterTextLines(int)
	 */
	public Iterator<String> iterTextLines() {
		return iterTextLines(LINE_PIECE);
	}

	/**
	 * The content line by line, as text ({@code iter_lines(decode_unicode=True)}). As in
	 * Python lines end at every line end of Unicode, U+2028 among them, which JSON may
	 * have within a line; {@link #lines()} does not.
	 * @param chunkSize how much to read at a time at most, in bytes
	 * @return the lines without their ends
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 */
	public Iterator<String> iterTextLines(int chunkSize) {
		return new LineSplitter(new TextPieces(this.content.arriving(chunkSize), codecOrFail()), true,
				this.content::checkLine);
	}

	/**
	 * The content cut at a delimiter, as text.
	 * @param chunkSize how much to read at a time, in bytes, as for
	 * {@link #iterContent(int)}
	 * @param delimiter what ends a line; when empty, line ends do
	 * @return the lines without delimiters
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 * @see #iterLines(int, byte[])
	 */
	public Iterator<String> iterTextLines(int chunkSize, String delimiter) {
		return delimiter.isEmpty() ? iterTextLines(chunkSize)
				: new DelimiterSplitter(iterText(chunkSize), delimiter, this.content::checkLine);
	}

	/**
	 * The lines of the content as text, as they arrive; they end with {@code \n},
	 * {@code \r} or {@code \r\n}. The connection is given back with the last line;
	 * closing the stream closes this response.
	 * @return the lines without their ends
	 * @throws ContentDecodingException if there is no such encoding; nothing is read then
	 */
	public Stream<String> lines() {
		Iterator<String> lines = new LineSplitter(new TextPieces(this.content.arriving(TEXT_PIECE), codecOrFail()),
				false, this.content::checkLine);
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(lines, Spliterator.ORDERED | Spliterator.NONNULL), false)
			.onClose(this::close);
	}

	/**
	 * The decoded content as a stream. The connection is given back at its end; closing
	 * it closes this response.
	 * @return a stream whose errors are {@link RequestException}s; for one thread
	 */
	public InputStream bodyStream() {
		return this.content.stream();
	}

	/**
	 * The body as it comes from the wire, undecoded. What is read here, the other methods
	 * do not see.
	 * @return the stream, at its end when the content was read; {@code null} for a
	 * response made by hand without a body
	 */
	public @Nullable InputStream raw() {
		return this.content.raw();
	}

	/**
	 * The limits of the adapter for this response.
	 * @return how much of it is accepted
	 */
	public Limits limits() {
		return this.content.limits();
	}

	/**
	 * Whether the content was read to its end, so that there is nothing left on the
	 * connection.
	 * @return {@code true} once it was read as a whole or streamed to its end
	 */
	public boolean isContentConsumed() {
		return this.content.isConsumed();
	}

	/**
	 * Reads the body without decoding it, so that its connection can be used again, and
	 * keeps it for {@link #content()}; for code that sends another request in place of
	 * returning this response. A body of more than 64 KiB is not read: its connection is
	 * closed, and the content is empty. A body that breaks off is an error only when the
	 * content is asked for.
	 * @throws RequestTimeoutException if the server stalls
	 */
	public void drain() {
		this.content.drain(ResponseContent.DRAIN_LIMIT);
	}

	/**
	 * Gives the connection back, or closes it when the body was not read to its end.
	 * Content that was read is kept; content that was not is empty from now on. Never
	 * throws; may be called again.
	 */
	@Override
	public void close() {
		this.content.close();
	}

	/**
	 * Closes another response together with this one, because this one takes its place;
	 * for sessions.
	 * @param replaced the response that nobody else will close
	 */
	public void closeAlong(Response replaced) {
		if (replaced.content != this.content) {
			this.content.closeAlong(replaced);
		}
	}

	/**
	 * Sets the mapper for {@link #json()}; for sessions. Its settings replace the lenient
	 * ones that apply without it.
	 * @param mapper the mapper
	 */
	public void jsonMapper(JsonMapper mapper) {
		this.jsonMapper = mapper;
	}

	/**
	 * Raises for statuses 400 to 599. The body stays readable.
	 * @return this response
	 * @throws HttpException {@code 404 Client Error: Not Found for url: ...} and the like
	 */
	public Response raiseForStatus() {
		if (!ok()) {
			HttpException.raise(this);
		}
		return this;
	}

	/**
	 * The content as text, in {@link #encoding()} or else the encoding it looks like.
	 * Malformed bytes become U+FFFD; an encoding that does not exist counts as UTF-8; a
	 * byte order mark of UTF-8 stays. Made once and kept.
	 * @return the text
	 */
	public String text() {
		String made = this.text;
		if (made == null || !Objects.equals(this.textEncoding, encoding())) {
			made = codec().decode(content());
			this.text = made;
			this.textEncoding = encoding();
		}
		return made;
	}

	/**
	 * The content as a JSON tree: in UTF-8, UTF-16 or UTF-32 when the headers tell no
	 * encoding, else as {@link #text()}. Without a mapper of the session NaN and
	 * infinities are accepted, the last of equal keys counts, and nothing may follow the
	 * value.
	 * @return the tree
	 * @throws JsonDecodeException if it is not JSON
	 */
	public JsonNode json() {
		return ResponseJson.read(this, this.jsonMapper, JsonNode.class);
	}

	/**
	 * The content bound to a class, read as {@link #json()}.
	 * @param <T> the type
	 * @param type the class
	 * @return the value; for a JSON {@code null} what the mapper makes of it, mostly
	 * {@code null}
	 * @throws JsonDecodeException if it is not JSON
	 * @throws InvalidJsonException if it is JSON, but not of this type
	 */
	public <T> T json(Class<T> type) {
		return ResponseJson.read(this, this.jsonMapper, type);
	}

	/**
	 * The content bound to a generic type, read as {@link #json()}.
	 * @param <T> the type
	 * @param type the generic type, as in {@code new TypeReference<List<Item>>() {}}
	 * @return the value; for a JSON {@code null} what the mapper makes of it, mostly
	 * {@code null}
	 * @throws JsonDecodeException if it is not JSON
	 * @throws InvalidJsonException if it is JSON, but not of this type
	 */
	public <T> T json(TypeReference<T> type) {
		return ResponseJson.read(this, this.jsonMapper, type.getType());
	}

	/**
	 * Writes the decoded content to a file. It is streamed into a new file beside it,
	 * which takes its place when all is there; on an error the new file is removed and an
	 * old one stays as it was.
	 * @param file the file, made or replaced; its directory must exist
	 * @return the number of bytes written
	 * @throws IllegalArgumentException if something other than a file is in its place
	 * @throws RequestException if the content cannot be read or the file cannot be
	 * written
	 */
	public long saveTo(Path file) {
		return new ContentFile(this, file).write(bodyStream());
	}

	/**
	 * How {@link #text()} reads the content: never fails.
	 */
	private TextCodec codec() {
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
	 * Sets query parameters whose values messages mask, beside those whose names tell
	 * that they are secret; for sessions.
	 * @param names the names, decoded
	 */
	public void maskedParams(Set<String> names) {
		this.maskedParams = Set.copyOf(names);
	}

	@Nullable PreparedRequest requestOrNull() {
		return this.request;
	}

	/**
	 * The URL as messages show it: without user information and the values of secret
	 * parameters, and fit for a line of a log.
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
				+ (this.url.isEmpty() ? "a response without URL" : printableUrl());
	}

	/**
	 * Builds a {@link Response}. For one thread.
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

		private @Nullable Consumer<RequestException> failureListener;

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
			this.failureListener = response.content.failureListener();
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
		 * @param reason the phrase, one character for each byte of the wire; {@code null}
		 * for none
		 * @return this builder
		 */
		public Builder reason(@Nullable String reason) {
			this.reason = reason;
			return this;
		}

		/**
		 * Sets the headers.
		 * @param headers the headers; not copied
		 * @return this builder
		 */
		public Builder headers(CaseInsensitiveHeaders headers) {
			this.headers = headers;
			return this;
		}

		/**
		 * Sets the request, and its URL as the response's.
		 * @param request the request that this answers
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
		 * Sets the cookies. By default they are those of the Set-Cookie headers.
		 * @param cookies the cookies that the response set
		 * @return this builder
		 */
		public Builder cookies(CookieJar cookies) {
			this.cookies = cookies;
			return this;
		}

		/**
		 * Sets the undecoded body. Reading it may raise {@link RequestException}s, and at
		 * its end must give -1 as often as it is asked; a read never goes beyond the end
		 * of a chunk. Closing it must give the connection back.
		 * @param raw the body as it comes from the wire; {@code null} for none
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
		 * Sets the attempts before this one.
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
		 * Sets the adapter that made this response.
		 * @param connection the adapter
		 * @return this builder
		 */
		public Builder connection(Adapter connection) {
			this.connection = connection;
			return this;
		}

		/**
		 * Sets who is told when the body cannot be read or decoded; once at most, on the
		 * thread that reads.
		 * @param listener the listener, for instance {@link ExchangeRecord#bodyFailed}
		 * @return this builder
		 */
		public Builder onBodyFailure(Consumer<RequestException> listener) {
			this.failureListener = listener;
			return this;
		}

		/**
		 * Builds the response.
		 * @return the response
		 */
		public Response build() {
			Response response = new Response(this);
			if (this.origin != null) {
				response.inherit(this.origin);
			}
			return response;
		}

	}

}
