package io.github.requests4j.sample.upstream;

import java.io.IOException;
import java.util.Locale;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

import org.springframework.http.HttpHeaders;

/**
 * Simulates the troubles of the services. This is a Tomcat valve and not a servlet
 * filter, because only Tomcat can close the connection without a response.
 */
final class TroubleValve extends ValveBase {

	private final Troubles troubles;

	private final UpstreamProperties properties;

	TroubleValve(Troubles troubles, UpstreamProperties properties) {
		super(true);
		this.troubles = troubles;
		this.properties = properties;
	}

	@Override
	public void invoke(Request request, Response response) throws IOException, ServletException {
		for (Troubles.Service service : Troubles.Service.values()) {
			if (request.getRequestURI().startsWith("/upstream/" + service.name().toLowerCase(Locale.ROOT) + "/")) {
				handle(service, request, response);
				return;
			}
		}
		getNext().invoke(request, response);
	}

	private void handle(Troubles.Service service, Request request, Response response)
			throws IOException, ServletException {
		Trouble trouble = this.troubles.of(service);
		if (trouble == Trouble.DEAD) {
			response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
		}
		else if (trouble == Trouble.FLAKY && this.troubles.strikesNow(service)) {
			sendUnavailable(response);
		}
		else {
			if (trouble == Trouble.SLOW && this.troubles.strikesNow(service)) {
				pause();
			}
			getNext().invoke(request, response);
		}
	}

	private void sendUnavailable(Response response) throws IOException {
		response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
		response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(this.properties.retryAfter().toSeconds()));
		response.setContentType("application/problem+json");
		response.getWriter().write("{\"status\":503,\"detail\":\"The service is temporarily unavailable\"}");
	}

	private void pause() throws IOException {
		try {
			Thread.sleep(this.properties.delay().toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted during a delay", ex);
		}
	}

}
