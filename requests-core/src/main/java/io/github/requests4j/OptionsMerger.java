package io.github.requests4j;

import java.time.Duration;

import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Verify;
import io.github.requests4j.internal.environment.EnvironmentCertificates;
import io.github.requests4j.internal.environment.EnvironmentProxies;
import io.github.requests4j.url.Url;

/**
 * Merges the options that determine how a request is sent: those of the call override
 * those of the session, which override those of the environment. Static functions over
 * one snapshot of settings.
 */
final class OptionsMerger {

	private OptionsMerger() {
	}

	/**
	 * Starts the session's deadline, unless the call has its own. Called at the start of
	 * a call, so that preparing the request counts towards the deadline.
	 */
	static SendOptions startDeadline(SendOptions given, SessionSettings settings) {
		Duration limit = settings.deadline();
		return (given.deadline() != null || limit == null) ? given : given.withDeadline(Deadline.after(limit));
	}

	/**
	 * Merges the options for {@code Session.request}, which uses the CA bundles of the
	 * environment.
	 */
	static SendOptions forRequest(Url url, SendOptions given, SessionSettings settings) {
		Verify verify = EnvironmentCertificates.verify(given.verify(), settings.defaults().verify(),
				settings.trustEnv(), settings.environment());
		return fill(url, given, settings).withVerify(verify);
	}

	/**
	 * Merges the options for {@code Session.send}, which ignores the CA bundles of the
	 * environment, as in requests.
	 */
	static SendOptions forSend(Url url, SendOptions given, SessionSettings settings) {
		return fill(url, startDeadline(given, settings), settings);
	}

	private static SendOptions fill(Url url, SendOptions given, SessionSettings settings) {
		SendOptions merged = given.orElse(settings.defaults());
		if (settings.trustEnv()) {
			Proxies explicit = (merged.proxies() != null) ? merged.proxies() : Proxies.NONE;
			merged = merged.withProxies(EnvironmentProxies.fill(explicit, url, settings.environment()));
		}
		return merged.withContext(given.context().within(settings.defaults().context()));
	}

}
