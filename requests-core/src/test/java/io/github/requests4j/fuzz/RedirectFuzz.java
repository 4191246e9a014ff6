package io.github.requests4j.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.requests4j.Session;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.ParsedUrl;
import io.github.requests4j.url.Url;

/**
 * Location headers: the next hop is http or https, can be sent, and takes no credentials
 * to another origin.
 */
public final class RedirectFuzz {

	private static final String START = "http://user:secret@first.example:8080/a/b;c?d=e#f";

	private static final Url ORIGIN = ParsedUrl.parse(START);

	private static final Session SESSION = Fuzz.session(RedirectFuzz::answer);

	private static String location = "";

	private static int hops;

	private RedirectFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		location = new String(data, StandardCharsets.ISO_8859_1);
		if (!Fuzz.isHeaderText(location)) {
			return;
		}
		hops = 0;
		try {
			SESSION.get(START, (options) -> options.cookie("secret", "1"));
		}
		catch (RequestException ex) {
			Fuzz.check(hops <= 2, "went on after its error", ex);
		}
		Fuzz.check(hops > 0, "not sent", location);
	}

	private static Response answer(PreparedRequest request) {
		if (hops++ == 0) {
			return Fuzz.response(request, 302, "Location", List.of(location));
		}
		Url url = request.parsedUrl();
		Fuzz.check(url.isHttp(), "another scheme", url.text());
		Fuzz.checkSendable(url);
		Fuzz.check(ParsedUrl.parse(url.text()).origin().equals(url.origin()), "another origin when read again",
				url.text());
		if (!url.sameOrigin(ORIGIN) && url.userinfo() == null) {
			boolean upgrade = url.isSecure() && String.valueOf(url.host()).equals(ORIGIN.host());
			Fuzz.check(upgrade || !request.headers().containsKey("Authorization"), "credentials taken along",
					url.text());
		}
		// With a dot at its end it is the same host to DNS, and so to cookies.
		Fuzz.check((url.host() + ".").startsWith(ORIGIN.host() + ".") || !request.headers().containsKey("Cookie"),
				"cookies taken along", url.text());
		request.headers().keySet().forEach((name) -> Fuzz.checkHeader(request.headers().get(name)));
		return Fuzz.response(request, 200, "X", List.of());
	}

}
