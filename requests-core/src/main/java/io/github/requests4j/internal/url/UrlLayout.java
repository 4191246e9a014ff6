package io.github.requests4j.internal.url;

/**
 * Where the components lie in the text of a URL.
 *
 * @param schemeEnd the index of the colon after the scheme, or -1
 * @param authorityStart the index after the two slashes, or -1
 * @param hostStart the index after the userinfo, or -1
 * @param hostEnd the index after the host, or -1
 * @param port the port, or -1
 * @param pathStart the index at which the path begins, and the authority ends
 * @param pathEnd the index at which the path ends, and a query may begin
 * @param queryEnd the index at which the query ends, and a fragment may begin
 */
record UrlLayout(int schemeEnd, int authorityStart, int hostStart, int hostEnd, int port, int pathStart, int pathEnd,
		int queryEnd) {

	/** The same layout with a query that ends elsewhere, and no fragment. */
	UrlLayout withQueryEnd(int end) {
		return new UrlLayout(this.schemeEnd, this.authorityStart, this.hostStart, this.hostEnd, this.port,
				this.pathStart, this.pathEnd, end);
	}

	boolean hasHost() {
		return this.hostStart < this.hostEnd;
	}

	boolean hasUserinfo() {
		return this.hostStart > this.authorityStart;
	}

}
