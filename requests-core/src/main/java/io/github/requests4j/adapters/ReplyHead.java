package io.github.requests4j.adapters;

import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

import io.github.requests4j.http.CaseInsensitiveHeaders;

/**
 * A parsed status line with its headers, in the form in which the library passes it on.
 * One for each connection; the headers are new for each response.
 */
final class ReplyHead extends BasicClassicHttpResponse {

	private static final long serialVersionUID = 1L;

	private transient CaseInsensitiveHeaders fields = new CaseInsensitiveHeaders();

	private String phrase = "";

	private boolean http11;

	ReplyHead() {
		super(200);
	}

	void set(boolean http11, int status, String reason, CaseInsensitiveHeaders headers) {
		this.http11 = http11;
		setVersion(http11 ? HttpVersion.HTTP_1_1 : HttpVersion.HTTP_1_0);
		setCode(status);
		this.phrase = reason;
		this.fields = headers;
	}

	boolean isHttp11() {
		return this.http11;
	}

	int status() {
		return getCode();
	}

	String reason() {
		return this.phrase;
	}

	CaseInsensitiveHeaders headers() {
		return this.fields;
	}

	boolean isInterim() {
		return getCode() < 200;
	}

}
