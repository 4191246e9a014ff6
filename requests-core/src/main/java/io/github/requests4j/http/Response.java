package io.github.requests4j.http;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.cookies.CookieJar;

/**
 * What a server answered. The body is read at once by the session, or left for the caller
 * to stream; then the response must be closed. For one thread at a time.
 */
public final class Response implements AutoCloseable {

	private final int statusCode;

	private final @Nullable String reason;

	private final CaseInsensitiveHeaders headers;

	private final String url;

	private final @Nullable PreparedRequest request;

	private final CookieJar cookies;

	private final @Nullable InputStream raw;

	private final Limits limits;

	private final List<Attempt> attempts;

	private Duration elapsed;

	private @Nullable Adapter connection;

	private List<Response> history = List.of();

	private @Nullable PreparedRequest next;

	private @Nullable JsonMapper jsonMapper;

	private Response(Builder builder) {
		this.statusCode = builder.statusCode;
		this.reason = builder.reason;
		this.headers = builder.headers;
		this.url = builder.url;
		this.request = builder.request;
		this.cookies = builder.cookies;
		this.raw = builder.raw;
		this.limits = builder.limits;
		this.attempts = builder.attempts;
		this.elapsed = builder.elapsed;
		this.connection = builder.connection;
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
	 * @return the status code */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * @return the reason phrase, "" if the server sent none, {@code null} for a response
	 * made by hand without one
	 */
	public @Nullable String reason() {
		return this.reason;
	}

	/**
	 * @return the headers, names in any case */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * @return the URL of the final request, fragment included */
	public String url() {
		return this.url;
	}

	/**
	 * @return the request that this answers */
	public PreparedRequest request() {
		return Objects.requireNonNull(this.request, "This response was made by hand without a request");
	}

	/**
	 * @return the cookies that this response set, and no others */
	public CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * @return from sending until the headers were parsed */
	public Duration elapsed() {
		return this.elapsed;
	}

	/**
	 * @param elapsed the time; for adapters and sessions */
	public void elapsed(Duration elapsed) {
		this.elapsed = elapsed;
	}

	/**
	 * @return the adapter that a hook can send another request with; the outermost of
	 * those mounted
	 */
	public @Nullable Adapter connection() {
		return this.connection;
	}

	/**
	 * @param connection the adapter; for sessions */
	public void connection(@Nullable Adapter connection) {
		this.connection = connection;
	}

	/**
	 * @return the responses before this one, oldest first */
	public List<Response> history() {
		return this.history;
	}

	/**
	 * @param history the responses before this one; for sessions and auth hooks */
	public void history(List<Response> history) {
		this.history = List.copyOf(history);
	}

	/**
	 * @return the attempts that the retry policy of the adapter made before this
	 * response, oldest first
	 */
	public List<Attempt> attempts() {
		return this.attempts;
	}

	/**
	 * @return the next request of a chain of redirects that is not followed, or
	 * {@code null}
	 */
	public @Nullable PreparedRequest next() {
		return this.next;
	}

	/**
	 * @param next the next request; for sessions */
	public void next(@Nullable PreparedRequest next) {
		this.next = next;
	}

	/**
	 * @param mapper the mapper for {@link #json()}; for sessions */
	public void jsonMapper(JsonMapper mapper) {
		this.jsonMapper = mapper;
	}

	/**
	 * @return {@code true} unless the status is 400 to 599 */
	public boolean ok() {
		return this.statusCode < 400 || this.statusCode >= 600;
	}

	/**
	 * @return whether this is a redirect that could be followed (behaviour 146) */
	public boolean isRedirect() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return whether this is a permanent redirect: 301 or 308 with a Location (behaviour
	 * 168)
	 */
	public boolean isPermanentRedirect() {
		throw new UnsupportedOperationException();
	}

	/**
	 * Raises for statuses 400 to 599 (behaviour 210).
	 * @return this response
	 * @throws HttpException for 4xx and 5xx
	 */
	public Response raiseForStatus() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the links of the Link header, by rel or else by URL (behaviour 218) */
	public Map<String, LinkHeader> links() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the name of the encoding for {@link #text()}, or {@code null} to detect it
	 */
	public @Nullable String encoding() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param encoding the encoding to use from now on, or {@code null} to detect it */
	public void encoding(@Nullable String encoding) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the encoding that the content looks like, or {@code null} for an empty
	 * content
	 */
	public @Nullable String apparentEncoding() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the whole decoded content, read once and kept */
	public byte[] content() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the content as text */
	public String text() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the content as a tree */
	public JsonNode json() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param <T> the type @param type the class @return the content bound to the class
	 */
	public <T> T json(Class<T> type) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param <T> the type @param type the generic type @return the content bound to the
	 * type
	 */
	public <T> T json(TypeReference<T> type) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the decoded content in pieces as they arrive */
	public Iterator<byte[]> iterContent() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param chunkSize the size @return the decoded content in pieces of this size */
	public Iterator<byte[]> iterContent(int chunkSize) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @param chunkSize the size @return the decoded content as text in pieces */
	public Iterator<String> iterText(int chunkSize) {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the content line by line */
	public Iterator<byte[]> iterLines() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the lines as text; closing the stream closes this response */
	public Stream<String> lines() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the decoded content as a stream; closing it closes this response */
	public InputStream bodyStream() {
		throw new UnsupportedOperationException();
	}

	/**
	 * @return the undecoded stream, or {@code null} for a response made by hand without a
	 * body
	 */
	public @Nullable InputStream raw() {
		return this.raw;
	}

	/**
	 * @param file the file to write, in place of what it holds @return the number of
	 * bytes written
	 */
	public long saveTo(Path file) {
		throw new UnsupportedOperationException();
	}

	/**
	 * Gives the connection back, or closes it when the body was not read to its end.
	 * Idempotent.
	 */
	@Override
	public void close() {
		throw new UnsupportedOperationException();
	}

	@Override
	public String toString() {
		return "<Response [" + this.statusCode + "]>";
	}

	/**
	 * Builds a {@link Response}. For one thread.
	 */
	public static final class Builder {

		private final int statusCode;

		private @Nullable String reason;

		private CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

		private String url = "";

		private @Nullable PreparedRequest request;

		private CookieJar cookies = new CookieJar();

		private @Nullable InputStream raw;

		private Limits limits = Limits.DEFAULTS;

		private List<Attempt> attempts = List.of();

		private Duration elapsed = Duration.ZERO;

		private @Nullable Adapter connection;

		private Builder(int statusCode) {
			this.statusCode = statusCode;
		}

		/**
		 * @param reason the reason phrase @return this builder */
		public Builder reason(@Nullable String reason) {
			this.reason = reason;
			return this;
		}

		/**
		 * @param headers the headers; not copied @return this builder */
		public Builder headers(CaseInsensitiveHeaders headers) {
			this.headers = headers;
			return this;
		}

		/**
		 * @param request the request that this answers; its URL is the response's @return
		 * this builder
		 */
		public Builder request(PreparedRequest request) {
			this.request = request;
			this.url = Objects.requireNonNullElse(request.url(), "");
			return this;
		}

		/**
		 * @param url the URL @return this builder */
		public Builder url(String url) {
			this.url = url;
			return this;
		}

		/**
		 * @param cookies the cookies that the response set @return this builder */
		public Builder cookies(CookieJar cookies) {
			this.cookies = cookies;
			return this;
		}

		/**
		 * Sets the undecoded body. Reading it may raise {@link RequestException}s;
		 * closing it must give the connection back.
		 * @param raw the body as it comes from the wire
		 * @return this builder
		 */
		public Builder raw(@Nullable InputStream raw) {
			this.raw = raw;
			return this;
		}

		/**
		 * @param limits the limits for decoding @return this builder */
		public Builder limits(Limits limits) {
			this.limits = limits;
			return this;
		}

		/**
		 * @param attempts the attempts before this one @return this builder */
		public Builder attempts(List<Attempt> attempts) {
			this.attempts = List.copyOf(attempts);
			return this;
		}

		/**
		 * @param elapsed the time until the headers were parsed @return this builder */
		public Builder elapsed(Duration elapsed) {
			this.elapsed = elapsed;
			return this;
		}

		/**
		 * @param connection the adapter that made this response @return this builder */
		public Builder connection(Adapter connection) {
			this.connection = connection;
			return this;
		}

		/**
		 * @return the response */
		public Response build() {
			return new Response(this);
		}

	}

}
