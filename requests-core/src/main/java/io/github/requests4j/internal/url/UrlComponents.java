package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * The components of a URL that is being put together.
 *
 * @param scheme the scheme in lower case, or null
 * @param userinfo the userinfo, or null
 * @param host the host, null when there is no authority
 * @param port the port, or -1
 * @param path the path, empty or beginning with a slash
 * @param query the query, or null
 * @param fragment the fragment, or null
 */
record UrlComponents(@Nullable String scheme, @Nullable String userinfo, @Nullable String host, int port, String path,
		@Nullable String query, @Nullable String fragment) {

	/** Put the components together; a host without a scheme follows two slashes. */
	String toText() {
		StringBuilder text = new StringBuilder();
		if (this.scheme != null) {
			text.append(this.scheme).append("://");
		}
		else if (this.host != null) {
			text.append("//");
		}
		appendAuthority(text);
		text.append(this.path);
		appendQueryAndFragment(text, this.query, this.fragment);
		return text.toString();
	}

	void appendAuthority(StringBuilder text) {
		appendUserinfo(text);
		if (this.host != null) {
			text.append(this.host);
		}
		appendPort(text);
	}

	void appendUserinfo(StringBuilder text) {
		if (this.userinfo != null) {
			text.append(this.userinfo).append('@');
		}
	}

	void appendPort(StringBuilder text) {
		if (this.port > 0) {
			text.append(':').append(this.port);
		}
	}

	UrlComponents withHost(String changed) {
		return new UrlComponents(this.scheme, this.userinfo, changed, this.port, this.path, this.query, this.fragment);
	}

	static void appendQueryAndFragment(StringBuilder text, @Nullable String query, @Nullable String fragment) {
		if (query != null) {
			text.append('?').append(query);
		}
		if (fragment != null) {
			text.append('#').append(fragment);
		}
	}

}
