package io.github.requests4j.spring.management;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.github.requests4j.Session;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.spring.WithoutSecurity;
import io.github.requests4j.spring.internal.session.RefreshReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The page of the endpoint, requested from a real web server.
 */
class SessionsPageTests {

	private static final String ATTACK = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>";

	private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8";

	private static final Pattern TAG = Pattern.compile("<(/?)(\\w+)((?: [\\w-]+=\"[^\"<>]*\")*)>");

	private static final Pattern ATTRIBUTE = Pattern.compile(" ([\\w-]+)=\"[^\"]*\"");

	private static final Set<String> WITHOUT_END = Set.of("meta");

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final MockWebServer UPSTREAM = new MockWebServer();

	private static ConfigurableApplicationContext context;

	private static String url;

	@BeforeAll
	static void start() throws IOException {
		UPSTREAM.start();
		context = new SpringApplicationBuilder(Application.class)
			.properties(WithoutSecurity.property(), "server.port=0",
					"management.endpoints.web.exposure.include=requests,health",
					"requests.sessions.shop.base-url=" + UPSTREAM.url("/"),
					"requests.sessions.shop.headers.X-Key=canary" + ATTACK, "requests.sessions.shop.cache=1MB",
					"requests.sessions.shop.hedge=p95", "requests.sessions.shop.concurrency=7",
					"requests.sessions.shop.rate=100/s", "requests.sessions.shop.adapter.pool-maxsize=3",
					"requests.sessions.shop.no-proxy=" + ATTACK, "requests.sessions.idle.max-redirects=5",
					"requests.sessions.balanced.base-url=" + UPSTREAM.url("/") + ",http://other.example/")
			.run();
		url = "http://localhost:" + ((WebServerApplicationContext) context).getWebServer().getPort()
				+ "/actuator/requests";
		callShop();
	}

	private static void callShop() {
		UPSTREAM.enqueue(new MockResponse.Builder().body("ok").build());
		UPSTREAM.enqueue(new MockResponse.Builder().code(302)
			.addHeader("Location", "/<script>alert(3)</script>?key=canary")
			.build());
		UPSTREAM.enqueue(new MockResponse.Builder().code(404).build());
		UPSTREAM.enqueue(new MockResponse.Builder().code(302).addHeader("Location", "ftp://<b>host</b>/").build());
		assertThat(context.getBean("balancedSession", Session.class).adapters()).isNotEmpty();
		Session shop = context.getBean("shopSession", Session.class);
		shop.get("items/{id}", (request) -> request.uriVariable("id", "personal"));
		shop.get("moved", (request) -> request.param("token", "canary"));
		assertThatExceptionOfType(RequestException.class).isThrownBy(() -> shop.get("nowhere"));
	}

	@AfterAll
	static void stop() {
		context.close();
		UPSTREAM.close();
	}

	@Test
	void browserGetsAPage() throws Exception {
		HttpResponse<String> response = get(url, BROWSER);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(response.body()).startsWith("<!DOCTYPE html>")
			.contains("<html lang=\"en\">", "<h1>Sessions</h1>", ">shop</h2>", ">idle</h2>", "which is not used yet");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "*/*", "application/json", "application/vnd.spring-boot.actuator.v3+json",
			"application/json, text/html;q=0.9", "application/json, text/plain, */*", "application/*" })
	void machinesGetJson(String accept) throws Exception {
		for (String address : List.of(url, url + "/shop")) {
			HttpResponse<String> response = get(address, accept);
			assertThat(response.headers().firstValue("Content-Type")).get().asString().contains("json");
			JsonNode report = JsonMapper.shared().readTree(response.body());
			JsonNode shop = address.equals(url) ? report.path("sessions").path("shop") : report;
			assertThat(shop.path("bean").asString()).isEqualTo("shopSession");
			assertThat(shop.path("settings").path("headers[X-Key]").path("value").asString()).isEqualTo("******");
			assertThat(shop.path("recent").size()).isEqualTo(4);
			assertThat(response.body()).doesNotContain("canary");
		}
	}

	@Test
	void linksOfTheActuatorStayAsTheyAre() throws Exception {
		JsonNode links = JsonMapper.shared().readTree(get(url.replace("/requests", ""), "").body()).path("_links");
		assertThat(links.path("requests").path("href").asString()).isEqualTo(url);
		assertThat(links.path("requests-session").path("href").asString()).isEqualTo(url + "/{session}");
		assertThat(links.size()).isEqualTo(5);
	}

	@Test
	void pageOfOneSessionShowsOnlyThisOne() throws Exception {
		HttpResponse<String> response = get(url + "/shop", BROWSER);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html;charset=UTF-8");
		assertThat(response.body()).contains("<h1>Session shop</h1>").doesNotContain("idle</h2>", "Last refresh");
		assertThat(get(url + "/unknown", BROWSER).statusCode()).isEqualTo(404);
	}

	@Test
	void everyPartOfTheReportIsOnThePage() throws Exception {
		String page = get(url, BROWSER).body();
		assertThat(page).contains(">Last refresh of the settings</h2>", ">Transports</h3>",
				">Connections by origin</h3>", ">Circuit breakers</h3>", ">Retry budget</h3>",
				">Concurrency limit</h3>", ">Cache</h3>", ">Hedging</h3>", ">Rate limit</h3>", ">Activity</h3>",
				">Last error</h3>", ">Recent exchanges</h3>", ">Instances</h3>", ">Interceptors</h3>");
		assertThat(page).contains("<th scope=\"row\">shop-breaker</th>\n<td>OPEN</td>",
				"<th scope=\"row\">adapter.pool-maxsize</th>\n<td class=\"number\">3</td>",
				"<td>requests.sessions.shop.adapter.pool-maxsize</td>", "<th scope=\"col\">Origin</th>",
				"<td>http://localhost:" + UPSTREAM.getPort() + "</td>", "Latency in milliseconds");
	}

	@Test
	void recentExchangesShowTemplatesInsteadOfPersonalData() throws Exception {
		String page = get(url + "/shop", BROWSER).body();
		assertThat(page).contains("<td>/items/{id}</td>", "<td>/moved</td>", "<td>redirect</td>")
			.doesNotContain("personal", "token", "canary");
	}

	@Test
	void columnsHaveTheSameOrderWhateverTheFirstRowHas() {
		Instant time = Instant.EPOCH;
		RecentExchanges.Entry failed = new RecentExchanges.Entry(time, "first", 1, "GET", "http://a", "/", null, null,
				"ConnectionException", 3);
		RecentExchanges.Entry answered = new RecentExchanges.Entry(time, "retry", 2, "GET", "http://a", "/", null, 200,
				null, 3);
		assertThat(columns(List.of(failed, answered))).isEqualTo(columns(List.of(answered, failed)))
			.containsExactly("Time", "Kind", "Attempt", "Method", "Host", "Path", "Status", "Error", "Milliseconds");
	}

	private static List<String> columns(List<RecentExchanges.Entry> recent) {
		String page = SessionsPage.of("shop", new SessionDescriptor("shopSession", true, Map.of(), List.of(), List.of(),
				List.of(), Map.of(), null, null, List.of(), null, null, null, null, null, recent));
		return Pattern.compile("scope=\"col\">(\\w+)<")
			.matcher(page.substring(page.indexOf("Recent exchanges"), page.indexOf("<details>")))
			.results()
			.map((column) -> column.group(1))
			.toList();
	}

	@Test
	void textOfPeersAndSettingsIsEscaped() throws Exception {
		for (String address : List.of(url, url + "/shop")) {
			String page = get(address, BROWSER).body();
			assertThat(page).contains("&lt;script&gt;alert(1)");
			String body = page.replaceFirst("(?s)^<!DOCTYPE html>\n", "").replaceFirst("(?s)<style>.*?</style>", "");
			Set<String> elements = new TreeSet<>();
			Set<String> attributes = new TreeSet<>();
			Matcher tag = TAG.matcher(body);
			while (tag.find()) {
				elements.add(tag.group(2));
				Matcher name = ATTRIBUTE.matcher(tag.group(3));
				name.results().forEach((result) -> attributes.add(result.group(1)));
			}
			assertThat(tag.replaceAll("")).doesNotContain("<", ">");
			assertThat(elements).isSubsetOf("html", "head", "meta", "title", "body", "main", "h1", "h2", "h3", "p", "a",
					"div", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "ol", "li");
			assertThat(attributes).isSubsetOf("lang", "charset", "http-equiv", "content", "name", "id", "href", "class",
					"role", "tabindex", "aria-labelledby", "scope");
		}
	}

	@Test
	void everyElementEndsAndEveryReferenceLeadsToAnElement() throws Exception {
		String page = get(url, BROWSER).body();
		Deque<String> open = new ArrayDeque<>();
		Set<String> ids = new TreeSet<>();
		Set<String> references = new TreeSet<>();
		Matcher tag = TAG.matcher(page);
		while (tag.find()) {
			if (tag.group(1).isEmpty() && !WITHOUT_END.contains(tag.group(2))) {
				open.push(tag.group(2));
			}
			else if (!tag.group(1).isEmpty()) {
				assertThat(open.pop()).isEqualTo(tag.group(2));
			}
			Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(tag.group(3));
			if (id.find()) {
				assertThat(ids.add(id.group(1))).as(id.group(1)).isTrue();
			}
			Matcher reference = Pattern.compile(" (?:aria-labelledby=\"|href=\"#)([^\"]*)\"").matcher(tag.group(3));
			while (reference.find()) {
				references.add(reference.group(1));
			}
		}
		assertThat(open).isEmpty();
		assertThat(ids).containsAll(references);
	}

	@Test
	void pageAllowsNothingButItsOwnStyle() throws Exception {
		String page = get(url, BROWSER).body();
		assertThat(page).containsPattern("content=\"default-src &#39;none&#39;; base-uri &#39;none&#39;; "
				+ "form-action &#39;none&#39;; style-src &#39;sha256-[\\w+/]+=&#39;\"");
		assertThat(page).doesNotContain("<script", "<form", "url(", "http-equiv=\"refresh\"", "style=");
	}

	private static HttpResponse<String> get(String address, String accept) throws Exception {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
		if (!accept.isEmpty()) {
			request.header("Accept", accept);
		}
		return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		BreakerStates breakerStates() {
			return (session) -> session.equals("shop") ? Map.of("shop-breaker", "OPEN") : Map.of();
		}

		@Bean
		@Primary
		RefreshReport.Last lastRefresh() {
			return () -> new RefreshReport(Instant.EPOCH, true, List.of("shop"), List.of(), List.of(), null);
		}

	}

}
