package io.github.requests4j.internal.url;

import org.jspecify.annotations.Nullable;

/**
 * A URL or a relative reference, taken apart and put together as Python's
 * {@code urlparse} and {@code urlunparse} do; what is absent is empty.
 *
 * @param scheme the scheme in lower case
 * @param authority userinfo, host and port
 * @param path the path without the parameters of its last segment
 * @param params the parameters of the last segment, after a semicolon; null for none
 * @param query the query
 * @param fragment the fragment
 */
record UrlReference(String scheme, String authority, String path, @Nullable String params, String query,
		String fragment) {

	static UrlReference parse(String text) {
		UrlLayout layout = UrlSplitter.split(text, false);
		int end = layout.schemeEnd();
		String authority = (layout.authorityStart() < 0) ? ""
				: text.substring(layout.authorityStart(), layout.pathStart());
		String path = text.substring(layout.pathStart(), layout.pathEnd());
		int semicolon = path.indexOf(';', path.lastIndexOf('/') + 1);
		String params = (semicolon < 0 || semicolon == path.length() - 1) ? null : path.substring(semicolon + 1);
		return new UrlReference((end < 0) ? "" : Url.schemeOf(text, end), authority,
				(semicolon < 0) ? path : path.substring(0, semicolon), params,
				suffix(text, layout.pathEnd(), layout.queryEnd()), suffix(text, layout.queryEnd(), text.length()));
	}

	private static String suffix(String text, int delimiter, int end) {
		return (delimiter < end) ? text.substring(delimiter + 1, end) : "";
	}

	UrlReference withScheme(String changed) {
		return new UrlReference(changed, this.authority, this.path, this.params, this.query, this.fragment);
	}

	UrlReference withFragment(String changed) {
		return new UrlReference(this.scheme, this.authority, this.path, this.params, this.query, changed);
	}

	/** Put the parts together; empty ones leave no delimiter behind. */
	String toText() {
		StringBuilder text = new StringBuilder();
		if (!this.scheme.isEmpty()) {
			text.append(this.scheme).append(':');
		}
		boolean web = Url.isWeb(this.scheme) && !this.path.startsWith("//");
		if (!this.authority.isEmpty() || web) {
			text.append("//").append(this.authority);
			if (!this.path.isEmpty() && this.path.charAt(0) != '/') {
				text.append('/');
			}
		}
		text.append(this.path);
		if (this.params != null) {
			text.append(';').append(this.params);
		}
		UrlComponents.appendQueryAndFragment(text, this.query.isEmpty() ? null : this.query,
				this.fragment.isEmpty() ? null : this.fragment);
		return text.toString();
	}

}
