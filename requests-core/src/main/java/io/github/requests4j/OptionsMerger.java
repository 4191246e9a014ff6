package io.github.requests4j;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ExchangeListener;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;

/**
 * Fills in how a request is sent: what the call says, else what the session says, else
 * the environment (behaviours 11, 12, 17, 176, 177, 189, 190 with their difference rows).
 * Static functions over one snapshot of settings.
 */
final class OptionsMerger {

	private OptionsMerger() {
	}

	/**
	 * For {@code Session.request}: the CA bundles of the environment count.
	 */
	static SendOptions forRequest(PreparedRequest request, SendOptions given, SessionSettings settings) {
		Verify verify = EnvironmentCertificates.verify(given.verify(), settings.verify(), settings.trustEnv(),
				settings.environment());
		return fill(request, given, settings, verify);
	}

	/**
	 * For {@code Session.send}: ignores the CA bundles of the environment, as requests
	 * does. The session's deadline starts here, because this is where the call starts.
	 */
	static SendOptions forSend(PreparedRequest request, SendOptions given, SessionSettings settings) {
		Verify verify = (given.verify() != null) ? given.verify() : settings.verify();
		SendOptions filled = fill(request, given, settings, verify);
		Duration limit = settings.deadline();
		return (filled.deadline() != null || limit == null) ? filled
				: filled.toBuilder().deadline(Deadline.after(limit)).build();
	}

	private static SendOptions fill(PreparedRequest request, SendOptions given, SessionSettings settings,
			@Nullable Verify verify) {
		SendOptions.Builder filled = given.toBuilder();
		filled.verify(verify);
		filled.stream((given.stream() != null) ? given.stream() : settings.stream());
		filled.cert((given.cert() != null) ? given.cert() : settings.cert());
		filled.timeouts((given.timeouts() != null) ? given.timeouts() : settings.timeouts());
		filled.allowRedirects((given.allowRedirects() != null) ? given.allowRedirects() : settings.redirects().allow());
		filled.proxies(proxies(request, given.proxies(), settings));
		filled.context(context(given.context(), settings));
		return filled.build();
	}

	private static Proxies proxies(PreparedRequest request, @Nullable Proxies given, SessionSettings settings) {
		Proxies explicit = (given != null) ? given.orElse(settings.proxies()) : settings.proxies();
		return settings.trustEnv() ? EnvironmentProxies.fill(explicit, request.parsedUrl(), settings.environment())
				: explicit;
	}

	private static CallContext context(CallContext given, SessionSettings settings) {
		List<ExchangeListener> listeners = settings.hooks().listeners();
		if (settings.name() == null && listeners.isEmpty() && given.equals(CallContext.NONE)) {
			return given;
		}
		return new CallContext(settings.name(), given.client(), given.uriTemplate(), listeners);
	}

	static Verify verify(SessionSettings settings) {
		return (settings.verify() != null) ? settings.verify() : Verify.enabled();
	}

}
