package io.github.requests4j.internal.wire;

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * A status line and its headers. Each connection reuses one instance; the headers are new
 * for each response.
 */
public final class ReplyHead {

	private boolean http11;

	private int status;

	private String reason = "";

	private CaseInsensitiveHeaders headers = new CaseInsensitiveHeaders();

	void set(boolean http11, int status, String reason, CaseInsensitiveHeaders headers) {
		this.http11 = http11;
		this.status = status;
		this.reason = reason;
		this.headers = headers;
	}

	boolean isHttp11() {
		return this.http11;
	}

	/** Returns the status code, from 100 on. */
	public int status() {
		return this.status;
	}

	/** Returns the reason phrase, possibly empty. */
	public String reason() {
		return this.reason;
	}

	/** Returns the headers. */
	public CaseInsensitiveHeaders headers() {
		return this.headers;
	}

	boolean isInterim() {
		return this.status < 200;
	}

}
