package io.github.requests4j;

import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.InvalidUrlException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Request;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.UrlResolver;
import io.github.requests4j.internal.url.UrlSyntaxException;
import io.github.requests4j.url.Url;

/**
 * The pages of a list, each fetched when it is needed. It does not keep pages, however
 * many there are. Must be used by one thread, but any thread may close it.
 */
final class Pages implements Spliterator<Response> {

	private final DefaultSession session;

	private final String url;

	private final Paging paging;

	private final Consumer<RequestOptions> options;

	private final LoopDetector visited = new LoopDetector();

	private @Nullable Url first;

	private @Nullable PreparedRequest asked;

	private @Nullable Link link;

	private boolean started;

	private volatile @Nullable Response current;

	private volatile boolean closed;

	private Pages(DefaultSession session, String url, Paging paging, Consumer<RequestOptions> options) {
		this.session = session;
		this.url = url;
		this.paging = paging;
		this.options = options;
	}

	static Stream<Response> stream(DefaultSession session, String url, Paging paging,
			Consumer<RequestOptions> options) {
		Pages pages = new Pages(session, url, paging, options);
		return StreamSupport.stream(pages, false).onClose(pages::close);
	}

	@Override
	public boolean tryAdvance(Consumer<? super Response> action) {
		Link following = this.link;
		if (this.closed || (this.started && following == null)) {
			return false;
		}
		this.started = true;
		this.link = null;
		release();
		Response page = fetch(following);
		if (page.ok()) {
			this.current = page;
		}
		else {
			// Keeps the body for those who catch the exception, also after close
			page.drain();
		}
		try {
			if (this.closed) {
				page.close();
				return false;
			}
			String next = this.paging.next(page);
			this.link = (next != null) ? new Link(this.asked, page.label(), page.url(), next) : null;
			action.accept(page);
			return true;
		}
		catch (RuntimeException | Error ex) {
			close();
			throw ex;
		}
	}

	private Response fetch(@Nullable Link following) {
		this.session.rejectWhenClosed();
		SessionSettings settings = this.session.settings();
		RequestOptions call = new RequestOptions();
		this.options.accept(call);
		Request request = call.toRequest("GET", this.url);
		SendOptions given = OptionsMerger.startDeadline(call.toSendOptions(), settings);
		PreparedRequest prepared;
		if (following == null) {
			prepared = SettingsMerger.prepare(request, settings, this.session.cookies());
			this.first = prepared.parsedUrl();
		}
		else {
			String target = target(following, settings).text();
			prepared = SettingsMerger.prepare(request, target, null, PageQuery.missing(settings.params(), target),
					settings, this.session.cookies());
		}
		this.asked = prepared;
		if (this.visited.isLoop(prepared.parsedUrl().text()) && following != null) {
			throw new RequestException(
					following.label + ": the next page is " + printable(prepared.parsedUrl(), settings)
							+ ", which was fetched before. The server repeats its pages. Check its links or cursors.")
				.attach(following.request, null);
		}
		return this.session.call(prepared, OptionsMerger.forRequest(prepared.parsedUrl(), given, settings), settings);
	}

	private Url target(Link following, SessionSettings settings) {
		Url target;
		try {
			target = withUserinfo(UrlResolver.redirect(ParsedUrl.split(following.base), following.next));
		}
		catch (UrlSyntaxException ex) {
			throw new InvalidUrlException(
					following.label + ": the link to the next page is not valid. " + ex.getMessage(), ex)
				.attach(following.request, null);
		}
		if (!isTrusted(target, settings)) {
			throw new InvalidUrlException(following.label + ": the next page is " + printable(target, settings)
					+ ", which has another origin than the first page. Credentials could be sent to the wrong server."
					+ " If the origin is right, add it to trustedOrigins. Otherwise, correct the links of the server.")
				.attach(following.request, null);
		}
		return target;
	}

	/** Keeps the credentials of the first URL, which servers do not repeat in links. */
	private Url withUserinfo(Url target) {
		Url start = this.first;
		String userinfo = (start != null && start.sameOrigin(target)) ? start.userinfo() : null;
		return (userinfo == null || target.userinfo() != null) ? target : ParsedUrl
			.split(target.scheme() + "://" + userinfo + '@' + target.text().substring(target.text().indexOf("//") + 2));
	}

	/**
	 * Returns whether credentials may be sent to the next page: if a redirect from the
	 * first page would keep them, or if the origin is one of the session's.
	 */
	private boolean isTrusted(Url target, SessionSettings settings) {
		Url start = this.first;
		return target.isHttp() && start != null
				&& (!this.session.shouldStripAuth(start.text(), target.text())
						|| (settings.baseUrl() != null && settings.trusts(target))
						|| settings.trustedOrigins().contains(target.origin()));
	}

	private static String printable(Url url, SessionSettings settings) {
		return SecretMasker.with(settings.maskedParams()).printable(url.text());
	}

	private void release() {
		Response page = this.current;
		if (page != null) {
			this.current = null;
			page.close();
		}
	}

	private void close() {
		this.closed = true;
		release();
	}

	/** Returns null, because each page is only known from the one before. */
	@Override
	public @Nullable Spliterator<Response> trySplit() {
		return null;
	}

	@Override
	public long estimateSize() {
		return Long.MAX_VALUE;
	}

	@Override
	public int characteristics() {
		return ORDERED | NONNULL;
	}

	/**
	 * The link from one page to the next.
	 *
	 * @param request the request of the page
	 * @param label the call for messages
	 * @param base the URL that the link is relative to
	 * @param next the link
	 */
	private record Link(@Nullable PreparedRequest request, String label, String base, String next) {
	}

	/**
	 * Finds out whether URLs repeat. It remembers the last one, and another one by
	 * Brent's algorithm, so that it may notice a loop only in the second round.
	 */
	private static final class LoopDetector {

		private @Nullable String last;

		private @Nullable String remembered;

		private long steps;

		private long limit = 1;

		boolean isLoop(String url) {
			if (url.equals(this.last) || url.equals(this.remembered)) {
				return true;
			}
			this.last = url;
			this.steps++;
			if (this.steps == this.limit) {
				this.remembered = url;
				this.steps = 0;
				this.limit *= 2;
			}
			return false;
		}

	}

}
