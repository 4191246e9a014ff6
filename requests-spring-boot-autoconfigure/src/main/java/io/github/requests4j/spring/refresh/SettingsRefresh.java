package io.github.requests4j.spring.refresh;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

import io.github.requests4j.Session;
import io.github.requests4j.spring.internal.config.ConfiguredSessions;
import io.github.requests4j.spring.internal.config.RequestsConfigurationException;
import io.github.requests4j.spring.internal.config.SecretSettings;
import io.github.requests4j.spring.internal.config.SettingsChange;
import io.github.requests4j.spring.internal.config.SettingsCheck;
import io.github.requests4j.spring.internal.session.LiveSessions;
import io.github.requests4j.spring.internal.session.RefreshReport;
import io.github.requests4j.spring.internal.session.SessionRebuilder;

/**
 * Reads the settings again, checks them in the same way as when the application starts,
 * and applies them to all sessions together. If one setting is wrong, none is applied.
 * Thread-safe. Concurrent refreshes run one after the other.
 */
final class SettingsRefresh implements RefreshReport.Last {

	private static final Logger logger = LoggerFactory.getLogger(SettingsRefresh.class);

	private final Environment environment;

	private final ConfiguredSessions configured;

	private final LiveSessions live;

	private final SessionRebuilder rebuilder;

	private final ObjectProvider<SettingsCheck> checks;

	private final InstantSource clock;

	/** Whether the application has the beans that inherit deadlines. */
	private final boolean inheritsDeadlines;

	private final Lock running = new ReentrantLock();

	private volatile @Nullable RefreshReport last;

	SettingsRefresh(Environment environment, ConfiguredSessions configured, LiveSessions live,
			SessionRebuilder rebuilder, ObjectProvider<SettingsCheck> checks, InstantSource clock) {
		this.environment = environment;
		this.configured = configured;
		this.live = live;
		this.rebuilder = rebuilder;
		this.checks = checks;
		this.clock = clock;
		this.inheritsDeadlines = ConfiguredSessions.inheritedDeadline(environment) != null;
	}

	@Override
	public @Nullable RefreshReport get() {
		return this.last;
	}

	/**
	 * Applies the settings that the environment has now, and logs the result.
	 * @param repeated whether another refresh follows after other beans have been
	 * refreshed
	 */
	void refresh(boolean repeated) {
		this.running.lock();
		try {
			RefreshReport before = this.last;
			RefreshReport report = run(before);
			if (report != null) {
				log(report, before, repeated);
				this.last = report;
			}
		}
		finally {
			this.running.unlock();
		}
	}

	/**
	 * Returns what the refresh did, or null if nothing has changed since the last one.
	 */
	private @Nullable RefreshReport run(@Nullable RefreshReport before) {
		Map<String, Session> candidates = new LinkedHashMap<>();
		try {
			requireBeansForDeadlines();
			SettingsChange change = this.configured.read(this.environment);
			Set<String> changed = change.sessions();
			if (changed.isEmpty() && change.clients().isEmpty() && (before == null || before.applied())
					&& change.needRestart().equals((before != null) ? before.restart() : List.of())) {
				this.configured.apply(change);
				return null;
			}
			this.configured.prepare(change, () -> this.checks.orderedStream().forEach(SettingsCheck::check));
			Set<String> missing = Set.of();
			do {
				Set<String> names = missing;
				this.configured.prepare(change,
						() -> names.forEach((name) -> candidates.put(name, this.rebuilder.rebuild(name))));
				missing = this.live.replace(changed, candidates, () -> this.configured.apply(change));
			}
			while (!missing.isEmpty());
			return new RefreshReport(this.clock.instant(), true, List.copyOf(changed), List.copyOf(change.clients()),
					change.needRestart(), null);
		}
		catch (RuntimeException ex) {
			candidates.forEach(this.live::discard);
			logger.debug("The new settings were rejected", ex);
			return new RefreshReport(this.clock.instant(), false, List.of(), List.of(), List.of(), message(ex));
		}
	}

	/**
	 * Rejects the first inherited deadline, because calls would have none without these
	 * beans.
	 */
	private void requireBeansForDeadlines() {
		String key = this.inheritsDeadlines ? null : ConfiguredSessions.inheritedDeadline(this.environment);
		if (key != null) {
			throw new RequestsConfigurationException(key, null,
					"The first inherited deadline requires a restart, because beans depend on it.",
					"Restart the application, or set a duration.", null);
		}
	}

	/**
	 * Returns the message without secrets. Only our own exception is known to have none.
	 */
	private static String message(RuntimeException ex) {
		return (ex instanceof RequestsConfigurationException) ? String.valueOf(ex.getMessage())
				: SecretSettings.masked(ex.toString());
	}

	private static void log(RefreshReport report, @Nullable RefreshReport before, boolean repeated) {
		if (!report.applied() && repeated) {
			logger.info("The refreshed settings of requests cannot be applied before other beans are refreshed. {}",
					report.error());
			return;
		}
		if (!report.applied()) {
			logger.error("The refreshed settings of requests were rejected, so all sessions keep their settings. {}",
					report.error());
			return;
		}
		if (!report.sessions().isEmpty() || !report.clients().isEmpty()) {
			logger.info("Sessions {} and clients {} have new settings", report.sessions(), report.clients());
		}
		else if (before != null && !before.applied()) {
			logger.info("The refreshed settings of requests are valid again, and those of no session have changed");
		}
		if (!report.restart().isEmpty() && (before == null || !report.restart().equals(before.restart()))) {
			logger.warn("The changes of {} take effect when the application is restarted, because beans depend on them",
					report.restart());
		}
	}

}
