package io.github.requests4j.spring.deadline;

import java.time.Duration;
import java.util.Locale;

import io.github.requests4j.CallInterceptor;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestTimeoutException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.url.Url;

/**
 * Applies the inherited deadline to calls. If no time is left, the call fails before it
 * reaches circuit breakers and retries, because the called server is not the cause.
 * Thread-safe.
 *
 * @param always whether calls without a deadline of their own inherit it
 */
record InheritStep(boolean always) implements CallInterceptor {

	@Override
	public Response intercept(PreparedRequest request, SendOptions options, Chain chain) {
		Deadline deadline = (this.always && options.deadline() == null) ? InheritedDeadline.current()
				: options.deadline();
		if (deadline != null && deadline.isInherited() && deadline.hasPassed()) {
			Url url = request.parsedUrl();
			throw new RequestTimeoutException(request.method() + " " + UrlText.printable(url.origin() + url.path())
					+ ": the inherited deadline of the served request (" + text(deadline.limit())
					+ ") has passed, so nothing was sent. Raise the deadline at the client of that request, or find out"
					+ " which step is slow.")
				.attach(request, null);
		}
		return chain.proceed(request, options.withDeadline(deadline));
	}

	private static String text(Duration limit) {
		return limit.toString().substring(2).toLowerCase(Locale.ROOT);
	}

}
