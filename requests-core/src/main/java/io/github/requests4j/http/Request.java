package io.github.requests4j.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;

/**
 * A request as the caller describes it, before a session merges its settings into it and
 * prepares it. Immutable; built by {@link #builder}. <pre>{@code
 * Request request = Request.builder("GET", "https://api.example.com/items")
 *     .params(Map.of("q", "tea"))
 *     .header("Accept", "application/json")
 *     .build();
 * Response response = session.send(session.prepareRequest(request));
 * }</pre>
 */
public final class Request {

	private final String method;

	private final String url;

	private static final String UNCHANGEABLE = "The headers of a request cannot be changed. Set them on a builder, or"
			+ " change a copy.";

	private final CaseInsensitiveHeaders headers;

	private final List<FilePart> files;

	private final @Nullable Body data;

	private final @Nullable Object json;

	private final @Nullable KeyValues params;

	private final @Nullable Auth auth;

	private final @Nullable CookieJar cookies;

	private final Hooks hooks;

	private Request(Builder builder) {
		this.method = builder.method;
		this.url = builder.url;
		this.headers = builder.headers.readOnly(UNCHANGEABLE);
		this.files = List.copyOf(builder.files);
		this.data = builder.data;
		this.json = builder.json;
		this.params = builder.params;
		this.auth = builder.auth;
		this.cookies = builder.cookies;
		this.hooks = builder.hooks;
	}

	/**
	 * Starts a request.
	 * @param method the method, in any case
	 * @param url the URL
	 * @return a builder
	 */
	public static Builder builder(String method, String url) {
		return new Builder(method, url);
	}

	/**
	 * Starts with what is set here.
	 * @return a builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/**
	 * Prepares this request alone, without the settings of a session (behaviour 22).
	 * @return the prepared request
	 * @throws RequestException if a part is not valid
	 */
	public PreparedRequest prepare() {
		PreparedRequest prepared = new PreparedRequest();
		prepared.prepare(this);
		return prepared;
	}

	/**
	 * The method, in the case it was given.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * The URL as it was given.
	 * @return the URL
	 */
	public String url() {
		return this.url;
	}

	/**
	 * The headers; a null value removes the session's header.
	 * @return the headers, which cannot be changed
	 */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	/**
	 * The files to upload.
	 * @return the files, empty for none
	 */
	public List<FilePart> files() {
		return this.files;
	}

	/**
	 * The data of the body.
	 * @return the data, or {@code null} for none
	 */
	public @Nullable Body data() {
		return this.data;
	}

	/**
	 * The value to send as JSON.
	 * @return the value, or {@code null} for none
	 */
	public @Nullable Object json() {
		return this.json;
	}

	/**
	 * The query parameters.
	 * @return the parameters, or {@code null} for none
	 */
	public @Nullable KeyValues params() {
		return this.params;
	}

	/**
	 * The auth.
	 * @return the auth, or {@code null} for none
	 */
	public @Nullable Auth auth() {
		return this.auth;
	}

	/**
	 * The cookies of this request alone.
	 * @return the jar, or {@code null} for none
	 */
	public @Nullable CookieJar cookies() {
		return this.cookies;
	}

	/**
	 * The hooks.
	 * @return the hooks
	 */
	public Hooks hooks() {
		return this.hooks;
	}

	@Override
	public String toString() {
		return "<Request [" + this.method + "]>";
	}

	/**
	 * Builds a {@link Request}. For one thread.
	 */
	public static final class Builder {

		private final String method;

		private final String url;

		private CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

		private final List<FilePart> files = new ArrayList<>();

		private @Nullable Body data;

		private @Nullable Object json;

		private @Nullable KeyValues params;

		private @Nullable Auth auth;

		private @Nullable CookieJar cookies;

		private Hooks hooks = Hooks.NONE;

		private Builder(String method, String url) {
			this.method = Objects.requireNonNull(method, "method");
			this.url = required(url);
		}

		private Builder(Request request) {
			this(request.method, request.url);
			this.headers = request.headers.copy();
			this.files.addAll(request.files);
			this.data = request.data;
			this.json = request.json;
			this.params = request.params;
			this.auth = request.auth;
			this.cookies = request.cookies;
			this.hooks = request.hooks;
		}

		/**
		 * Where nullness is not checked, a missing URL is an error that requests knows.
		 */
		private static String required(@Nullable String url) {
			if (url == null) {
				throw new UrlRequiredException("A request needs a URL, but it is null");
			}
			return url;
		}

		/**
		 * Sets one header.
		 * @param name the name
		 * @param value the value; {@code null} to leave out the session's
		 * @return this builder
		 */
		public Builder header(String name, @Nullable String value) {
			this.headers.put(name, value);
			return this;
		}

		/**
		 * Sets headers, in place of those of the same names.
		 * @param headers names and values
		 * @return this builder
		 * @throws InvalidHeaderException if they contradict each other about the length
		 * of the body
		 */
		public Builder headers(Map<String, ? extends @Nullable String> headers) {
			RequestFraming.refuseContradictions(headers);
			this.headers.putAll(headers);
			return this;
		}

		/**
		 * Adds files to upload.
		 * @param files the files
		 * @return this builder
		 */
		public Builder files(FilePart... files) {
			this.files.addAll(Arrays.asList(files));
			return this;
		}

		/**
		 * Adds files to upload.
		 * @param files the files
		 * @return this builder
		 */
		public Builder files(Collection<FilePart> files) {
			this.files.addAll(files);
			return this;
		}

		/**
		 * Sets the data of the body.
		 * @param data the data, or {@code null} for none
		 * @return this builder
		 */
		public Builder data(@Nullable Body data) {
			this.data = data;
			return this;
		}

		/**
		 * Sets a form as the body.
		 * @param fields the fields
		 * @return this builder
		 */
		public Builder data(Map<String, ?> fields) {
			return data(Body.form(fields));
		}

		/**
		 * Sets text as the body.
		 * @param text the text
		 * @return this builder
		 */
		public Builder data(String text) {
			return data(Body.of(text));
		}

		/**
		 * Sets bytes as the body.
		 * @param bytes the bytes, not copied
		 * @return this builder
		 */
		public Builder data(byte[] bytes) {
			return data(Body.of(bytes));
		}

		/**
		 * Sets a value to send as JSON when there is no data.
		 * @param json the value, or {@code null} for none
		 * @return this builder
		 */
		public Builder json(@Nullable Object json) {
			this.json = json;
			return this;
		}

		/**
		 * Sets the query parameters.
		 * @param params the parameters, or {@code null} for none
		 * @return this builder
		 */
		public Builder params(@Nullable KeyValues params) {
			this.params = params;
			return this;
		}

		/**
		 * Sets the query parameters from a map.
		 * @param params names and values
		 * @return this builder
		 */
		public Builder params(Map<String, ?> params) {
			return params(KeyValues.fromMap(params));
		}

		/**
		 * Sets the auth.
		 * @param auth the auth, or {@code null} for none
		 * @return this builder
		 */
		public Builder auth(@Nullable Auth auth) {
			this.auth = auth;
			return this;
		}

		/**
		 * Sets the cookies of this request.
		 * @param cookies the jar, or {@code null} for none
		 * @return this builder
		 */
		public Builder cookies(@Nullable CookieJar cookies) {
			this.cookies = cookies;
			return this;
		}

		/**
		 * Sets the hooks.
		 * @param hooks the hooks
		 * @return this builder
		 */
		public Builder hooks(Hooks hooks) {
			this.hooks = Objects.requireNonNull(hooks, "hooks");
			return this;
		}

		/**
		 * Adds a response hook.
		 * @param event the event, which is {@code "response"}
		 * @param hook the hook
		 * @return this builder
		 * @throws IllegalArgumentException if the event has another name (behaviour 234)
		 */
		public Builder registerHook(String event, ResponseHook hook) {
			Hooks.checkEvent(event);
			this.hooks = this.hooks.with(hook);
			return this;
		}

		/**
		 * Adds response hooks; what is null among them is left out.
		 * @param event the event, which is {@code "response"}
		 * @param hooks the hooks in their order
		 * @return this builder
		 * @throws IllegalArgumentException if the event has another name (behaviour 234)
		 */
		public Builder registerHooks(String event, Iterable<? extends @Nullable ResponseHook> hooks) {
			Hooks.checkEvent(event);
			for (ResponseHook hook : hooks) {
				if (hook != null) {
					this.hooks = this.hooks.with(hook);
				}
			}
			return this;
		}

		/**
		 * Takes a response hook out.
		 * @param event the event, which is {@code "response"}
		 * @param hook the hook
		 * @return whether it was there
		 * @throws IllegalArgumentException if the event has another name
		 */
		public boolean deregisterHook(String event, ResponseHook hook) {
			Hooks.checkEvent(event);
			Hooks before = this.hooks;
			this.hooks = before.without(hook);
			return this.hooks != before;
		}

		/**
		 * Builds the request.
		 * @return the request
		 */
		public Request build() {
			return new Request(this);
		}

	}

}
