package io.github.requests4j.spring.management;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * Returns the report of the endpoint as a page to browsers, which accept HTML. Other
 * clients get JSON from the endpoint itself. If there are several operations for one
 * path, Spring selects the one whose media type the request prefers, or JSON without a
 * preference. Jersey does not, so it has no page.
 */
@EndpointWebExtension(endpoint = RequestsEndpoint.class)
final class RequestsPageExtension {

	private static final String HTML = "text/html;charset=UTF-8";

	private final RequestsEndpoint endpoint;

	RequestsPageExtension(RequestsEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@ReadOperation(produces = HTML)
	String sessionsPage() {
		return SessionsPage.of(this.endpoint.sessions());
	}

	@ReadOperation(produces = HTML)
	@Nullable String sessionPage(@Selector String session) {
		SessionDescriptor descriptor = this.endpoint.session(session);
		return (descriptor != null) ? SessionsPage.of(session, descriptor) : null;
	}

}
