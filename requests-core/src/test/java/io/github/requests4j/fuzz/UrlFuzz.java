package io.github.requests4j.fuzz;

import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.url.Url;

/**
 * URLs as callers pass them: a prepared URL can be sent, and is the same when it is
 * prepared again.
 */
public final class UrlFuzz {

	private UrlFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		Url url;
		try {
			url = prepare(new String(data, StandardCharsets.UTF_8));
		}
		catch (RequestException ex) {
			return;
		}
		if (!url.isHttp()) {
			return;
		}
		Fuzz.checkSendable(url);
		Url again = prepare(url.text());
		Fuzz.check(again.isHttp() && again.origin().equals(url.origin()) && url.hostHeader().equals(again.hostHeader()),
				"prepared again it leads elsewhere", url.text());
		// Escapes of a host are in lower case then; an escaped dot is decoded once dot
		// segments are gone, as requests does it.
		Fuzz.check(again.text().equalsIgnoreCase(url.text()) || url.path().contains("/."),
				"prepared again it is another", url.text() + " " + again.text());
		// The cookie jar is asked with this.
		URI uri = URI.create(url.absoluteTarget());
		Fuzz.check(uri.getHost() == null || url.hostHeader().startsWith(uri.getHost()), "cookies of another host",
				url.text());
	}

	private static Url prepare(String text) {
		PreparedRequest request = new PreparedRequest();
		request.prepareMethod("GET");
		request.prepareUrl(text, null);
		return request.parsedUrl();
	}

}
