package io.github.requests4j.http;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.cookies.CookieJar;

/**
 * What a server answered. The body is read at once by the session, or with {@code stream}
 * left for the caller; then the response must be closed, or read to its end. It is
 * decoded as Content-Encoding says, when it is read and not before.
 * <p>
 * Every method that reads the body raises a {@link RequestException} when it breaks off,
 * stalls or cannot be decoded: a {@link ChunkedEncodingException},
 * {@link ConnectionException}, {@link ReadTimeoutException} or
 * {@link ContentDecodingException} that carries this response (difference row 229). The
 * body is closed then, and reading it again raises the same. A body that was streamed to
 * its end is gone: reading it again raises a {@link StreamConsumedException} (behaviour
 * 221). A response that is closed unread has an empty body.
 * <p>
 * For one thread at a time. <pre>{@code
 * Item item = session.get("items/7").raiseForStatus().json(Item.class);
 * try (Response export = session.get("export", (request) -> request.stream(true))) {
 *     export.raiseForStatus().saveTo(Path.of("export.csv"));
 * }
 * }</pre>
 */
public final class Response extends ResponseBody {

	private @Nullable JsonMapper jsonMapper;

	private @Nullable String text;

	private @Nullable String textEncoding;

	private Response(Builder builder) {
		super(builder);
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
	 * Sets the mapper for {@link #json()}; for sessions. Its settings count, not those of
	 * behaviour 215.
	 * @param mapper the mapper
	 */
	public void jsonMapper(JsonMapper mapper) {
		this.jsonMapper = mapper;
	}

	/**
	 * Raises for statuses 400 to 599 (behaviour 210). The body stays readable.
	 * @return this response
	 * @throws HttpException {@code 404 Client Error: Not Found for url: ...} and the like
	 */
	public Response raiseForStatus() {
		if (!ok()) {
			throw HttpException.of(this);
		}
		return this;
	}

	/**
	 * The content as text, in {@link #encoding()} or else the encoding it looks like
	 * (behaviour 212). Malformed bytes become U+FFFD; an encoding that does not exist
	 * counts as UTF-8; a byte order mark of UTF-8 stays. Made once and kept.
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
	 * The content as a JSON tree (behaviours 214, 215): in UTF-8, UTF-16 or UTF-32 when
	 * the headers tell no encoding, else as {@link #text()}. Without a mapper of the
	 * session NaN and infinities are accepted, the last of equal keys counts, and nothing
	 * may follow the value.
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

	@Override
	Response self() {
		return this;
	}

	/**
	 * Builds a {@link Response}. For one thread.
	 */
	public static final class Builder {

		final int statusCode;

		@Nullable String reason;

		CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

		String url = "";

		@Nullable PreparedRequest request;

		CookieJar cookies = new CookieJar();

		@Nullable InputStream raw;

		Limits limits = Limits.DEFAULTS;

		List<Attempt> attempts = List.of();

		Duration elapsed = Duration.ZERO;

		@Nullable Adapter connection;

		@Nullable Consumer<RequestException> failureListener;

		private Builder(int statusCode) {
			this.statusCode = statusCode;
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
		 * Sets the cookies.
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
			return new Response(this);
		}

	}

}
