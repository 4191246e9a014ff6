package io.github.requests4j.spring.internal.balancing;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Exchange;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Urls;

/**
 * Several base URLs of the same service. A session prepares its requests for the first
 * one, and each attempt is sent to the same path below any of them. If a caller or a
 * redirect uses a URL below a certain base URL, that one is tried first. The same applies
 * to responses to challenges. Responses have the URL that the request was sent to.
 * Thread-safe.
 */
public final class BaseUrls implements Destinations {

	private static final String COOKIE = "Cookie";

	private final List<Base> bases;

	private final Choice choice = new Choice();

	private BaseUrls(List<String> urls, Map<String, Instance> known) {
		this.bases = urls.stream().map(BaseUrls::withoutSlash).map((root) -> {
			Instance instance = known.get(root);
			return new Base(root, (instance != null) ? instance : new Instance(root));
		}).toList();
	}

	/**
	 * Returns the destinations of base URLs.
	 * @param urls prepared URLs without userinfo, query and fragment, of which none is
	 * below another one
	 * @param known instances that are used again if they have the same URL
	 * @return the destinations
	 */
	public static BaseUrls of(List<String> urls, Collection<Instance> known) {
		return new BaseUrls(urls,
				known.stream().collect(Collectors.toMap(Instance::name, Function.identity(), (one, other) -> one)));
	}

	/**
	 * Returns a URL without the slash at its end, to which a path can be appended.
	 * @param url the URL
	 * @return the URL without its last slash
	 */
	public static String withoutSlash(String url) {
		return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
	}

	/**
	 * Returns the prefixes of all URLs of the servers, where an adapter is mounted.
	 * @return the prefixes, each once
	 */
	public Set<String> prefixes() {
		Set<String> prefixes = new LinkedHashSet<>();
		for (Base base : this.bases) {
			prefixes.add(base.origin() + "/");
		}
		return prefixes;
	}

	@Override
	public boolean serve(PreparedRequest request) {
		return find(String.valueOf(request.url())) != null;
	}

	@Override
	public @Nullable Destination choose(PreparedRequest request, SendOptions options, Set<String> tried) {
		Base named = find(String.valueOf(request.url()));
		boolean first = named == this.bases.get(0) && options.kind() != Exchange.Kind.REDIRECT
				&& options.kind() != Exchange.Kind.AUTH;
		return (named == null || first || tried.contains(named.root)) ? this.choice.choose(this.bases, tried) : named;
	}

	@Override
	public Collection<Instance> instances() {
		return this.bases.stream().map(Base::instance).toList();
	}

	private @Nullable Base find(String url) {
		for (Base base : this.bases) {
			if (base.contains(url)) {
				return base;
			}
		}
		return null;
	}

	/**
	 * Returns a request with the cookies that any of the base URLs has set, because they
	 * are one service. Those of the URL that it is sent to come first. A Cookie header
	 * that does not come from the jar stays as it is.
	 * @param request the request as it was prepared
	 * @param moved the same request for another base URL, or the request itself
	 * @param target the base URL that it is sent to
	 * @param rest what follows the base URL
	 */
	private PreparedRequest withCookies(PreparedRequest request, PreparedRequest moved, Base target, String rest) {
		CookieJar current = request.cookies();
		if (current == null || request.hasOwnCookies()) {
			return moved;
		}
		// A shared jar would read the store again for each base URL
		CookieJar jar = current.isShared() ? current.copy() : current;
		if (jar.isEmpty()) {
			return moved;
		}
		StringJoiner value = new StringJoiner("; ");
		Set<String> names = new HashSet<>();
		add(jar.cookieHeader(moved.parsedUrl()), value, names);
		for (Base base : this.bases) {
			if (base != target) {
				add(jar.cookieHeader(Urls.split(base.resolve(rest))), value, names);
			}
		}
		if (value.length() == 0 || value.toString().equals(moved.headers().get(COOKIE))) {
			return moved;
		}
		PreparedRequest sent = (moved != request) ? moved : request.copy();
		sent.headers().put(COOKIE, value.toString());
		return sent;
	}

	private static void add(@Nullable String header, StringJoiner value, Set<String> names) {
		if (header != null) {
			List<String> pairs = List.of(header.split("; "));
			pairs.stream().filter((pair) -> !names.contains(nameOf(pair))).forEach(value::add);
			pairs.forEach((pair) -> names.add(nameOf(pair)));
		}
	}

	private static String nameOf(String pair) {
		int end = pair.indexOf('=');
		return (end < 0) ? pair : pair.substring(0, end);
	}

	@Override
	public String toString() {
		return this.bases.stream().map(Base::toString).collect(Collectors.joining(", "));
	}

	/**
	 * One of the base URLs.
	 */
	private final class Base implements Destination {

		/** The URL without a slash at its end. */
		private final String root;

		private final String origin;

		private final Instance instance;

		Base(String root, Instance instance) {
			int end = root.indexOf('/', root.indexOf("://") + 3);
			this.root = root;
			this.origin = (end < 0) ? root : root.substring(0, end);
			this.instance = instance;
		}

		@Override
		public Instance instance() {
			return this.instance;
		}

		boolean contains(String url) {
			return url.startsWith(this.root)
					&& (url.length() == this.root.length() || "/?#".indexOf(url.charAt(this.root.length())) >= 0);
		}

		String origin() {
			return this.origin;
		}

		String resolve(String rest) {
			boolean needsPath = this.origin.length() == this.root.length() && !rest.startsWith("/");
			return this.root + (needsPath ? "/" : "") + rest;
		}

		@Override
		public Response send(PreparedRequest request, SendOptions options, Adapter transport) {
			String url = String.valueOf(request.url());
			Base named = find(url);
			if (named == null) {
				return transport.send(request, options);
			}
			String rest = url.substring(named.root.length());
			PreparedRequest moved = (named == this) ? request : move(request, rest);
			return transport.send(withCookies(request, moved, this, rest), options);
		}

		private PreparedRequest move(PreparedRequest request, String rest) {
			PreparedRequest moved = request.copy();
			moved.url(resolve(rest));
			if (!request.hasOwnAuth()) {
				// Credentials from the environment belong to one host
				moved.headers().remove("Authorization");
			}
			return moved;
		}

		@Override
		public String toString() {
			return this.root;
		}

	}

}
