package io.github.requests4j.internal.environment;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Auth;
import io.github.requests4j.http.RequestsEnvironment;
import io.github.requests4j.url.Url;

/**
 * Looks up credentials in the user's netrc file: {@code $NETRC}, or else {@code ~/.netrc}
 * or {@code ~/_netrc}. The file is parsed again when its modification time or length
 * changes. A new file is detected within a second. Files that cannot be read or parsed
 * are logged and treated as empty.
 */
public final class Netrc {

	/**
	 * How long to wait before checking again for a file, because a check needs two system
	 * calls.
	 */
	private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static volatile @Nullable Absence lastAbsence;

	// The last one that was read; any thread may replace it
	private static volatile @Nullable Reading lastReading;

	private Netrc() {
	}

	/**
	 * Returns the credentials for the host of a URL ({@code get_netrc_auth}). Port, user
	 * information and all other parts of the URL are ignored (CVE-2024-47081).
	 * @param url the URL
	 * @param environment the environment, which determines the file
	 * @param allowDefault whether the {@code default} entry may be used; must be false
	 * after a redirect to a host that the caller did not choose
	 * @return the auth, or null if there is none
	 */
	public static @Nullable Auth find(Url url, RequestsEnvironment environment, boolean allowDefault) {
		String host = url.host();
		File file = (host == null || host.isEmpty()) ? null : file(environment);
		return (file != null) ? read(file).find(url.hostForConnect(), allowDefault) : null;
	}

	private static @Nullable File file(RequestsEnvironment environment) {
		String named = EnvironmentVariables.of(environment).netrc();
		Path home = environment.home();
		if (named != null) {
			return existing(expanded(named, home));
		}
		if (home == null) {
			return null;
		}
		Absence absence = lastAbsence;
		if (absence != null && absence.isOf(home)) {
			return null;
		}
		File file = existing(new File(home.toString(), ".netrc"));
		file = (file != null) ? file : existing(new File(home.toString(), "_netrc"));
		if (file == null) {
			lastAbsence = new Absence(home, System.nanoTime());
		}
		return file;
	}

	private static File expanded(String name, @Nullable Path home) {
		if (home != null && (name.equals("~") || name.startsWith("~/"))) {
			return new File(home + name.substring(1));
		}
		return new File(name);
	}

	private static @Nullable File existing(File file) {
		return file.exists() ? file : null;
	}

	private static NetrcFile read(File file) {
		long modified = file.lastModified();
		long length = file.length();
		Reading reading = lastReading;
		if (reading == null || !reading.isOf(file, modified, length)) {
			reading = new Reading(file, modified, length, NetrcFile.read(file));
			lastReading = reading;
		}
		return reading.content;
	}

	private record Absence(Path home, long since) {

		boolean isOf(Path other) {
			return System.nanoTime() - this.since < ABSENT_NANOS && this.home.equals(other);
		}

	}

	private record Reading(File file, long modified, long length, NetrcFile content) {

		boolean isOf(File other, long otherModified, long otherLength) {
			return this.modified == otherModified && this.length == otherLength && this.file.equals(other);
		}

	}

}
