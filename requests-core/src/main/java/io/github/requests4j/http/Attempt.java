package io.github.requests4j.http;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.internal.url.UrlText;

/**
 * An attempt that the adapter's retry policy repeated ({@code RequestHistory} in
 * urllib3). Immutable.
 *
 * @param method the method
 * @param url the URL, without credentials
 * @param error the error that ended it, or {@code null}
 * @param status the status that ended it, or {@code null}
 * @param pause how long the adapter waited before the next attempt
 */
public record Attempt(String method, String url, @Nullable RequestException error, @Nullable Integer status,
		Duration pause) {

	/** Leaves out query and fragment, which may contain secrets. */
	@Override
	public String toString() {
		return "Attempt[method=" + this.method + ", url=" + withoutSuffix() + ", error=" + this.error + ", status="
				+ this.status + ", pause=" + this.pause + "]";
	}

	private String withoutSuffix() {
		int suffix = 0;
		while (suffix < this.url.length() && this.url.charAt(suffix) != '?' && this.url.charAt(suffix) != '#') {
			suffix++;
		}
		return UrlText
			.masked((suffix < this.url.length()) ? this.url.substring(0, suffix + 1) + Secrets.MASK : this.url);
	}

}
