package io.github.requests4j.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class LinkHeaderTests {

	@Test
	@DisplayName("218: the examples of parse_header_links are parsed")
	void examplesOfRequestsAreParsed() {
		assertThat(LinkHeader.parse("<http:/.../front.jpeg>; rel=front; type=\"image/jpeg\""))
			.containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of("rel", "front", "type", "image/jpeg")));
		assertThat(LinkHeader.parse("<http:/.../front.jpeg>"))
			.containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of()));
		assertThat(LinkHeader.parse("<http:/.../front.jpeg>;"))
			.containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of()));
		assertThat(LinkHeader.parse("<http:/.../front.jpeg>; type=\"image/jpeg\",<http://.../back.jpeg>;"))
			.containsExactly(new LinkHeader("http:/.../front.jpeg", Map.of("type", "image/jpeg")),
					new LinkHeader("http://.../back.jpeg", Map.of()));
		assertThat(LinkHeader.parse("")).isEmpty();
	}

	@Test
	void targetsAreResolvedAgainstTheResponseUrl() {
		Links links = new Links("</items?page=3>; rel=\"next\", <?page=1>; rel=prev, <//o/1>; rel=first, <x>; rel=last",
				"https://h/items?page=2#f");
		assertThat(links.next()).isEqualTo("https://h/items?page=3");
		assertThat(links.previous()).isEqualTo("https://h/items?page=1");
		assertThat(links.first()).isEqualTo("https://o/1");
		assertThat(links.last()).isEqualTo("https://h/x");
		assertThat(links.get("next").url()).isEqualTo("/items?page=3");
		assertThat(links.target("self")).isNull();
	}

	@Test
	void anyOfSeveralRelationsFindsTheTargetInAnyCase() {
		Links links = new Links("<a>; rel=\"Next last\", <b>; rel=previous, <next>", "http://h/");
		assertThat(links.next()).isEqualTo("http://h/a");
		assertThat(links.last()).isEqualTo("http://h/a");
		assertThat(links.previous()).isEqualTo("http://h/b");
		assertThat(new Links(null, "http://h/").next()).isNull();
		assertThat(new Links("<next>", "http://h/").next()).as("a key that is not a relation").isNull();
	}

	@Test
	void linksAreAnUnmodifiableMap() {
		Links links = new Links("<a>; rel=next", "");
		assertThat(links).isEqualTo(Map.of("next", new LinkHeader("a", Map.of("rel", "next"))));
		assertThat(links.next()).isEqualTo("a");
		assertThat(links.containsKey("next")).isTrue();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(links::clear);
	}

	@Test
	@DisplayName("218: commas between links and within them are distinguished")
	void commasWithinAndBetweenLinksAreDistinguished() {
		assertThat(LinkHeader.parse("<a,b>,   <c>; rel=x, y")).extracting(LinkHeader::url).containsExactly("a,b", "c");
		assertThat(LinkHeader.parse("<a>, <")).extracting(LinkHeader::url).containsExactly("a", "");
		assertThat(LinkHeader.parse(",,,<a>")).extracting(LinkHeader::url).containsExactly(",,", "a");
	}

	@Test
	@DisplayName("218: a link is found by its relation, or by its URL if it has none")
	void linkIsFoundByItsRelationOrUrl() {
		assertThat(new LinkHeader("u", Map.of("rel", "next")).key()).isEqualTo("next");
		assertThat(new LinkHeader("u", Map.of("rel", "")).key()).isEqualTo("u");
		assertThat(new LinkHeader("u", Map.of()).key()).isEqualTo("u");
		assertThat(new LinkHeader("u", Map.of()).rel()).isNull();
	}

	@Test
	@DisplayName("218: a link keeps its own copy of the parameters")
	void linkIsImmutable() {
		Map<String, String> params = new LinkedHashMap<>(Map.of("rel", "next"));
		LinkHeader link = new LinkHeader("u", params);
		params.clear();
		assertThat(link.rel()).isEqualTo("next");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> link.params().clear());
	}

	@Test
	@DisplayName("218, threat 45: a hostile header is parsed in linear time")
	void hostileHeaderIsParsedInLinearTime() {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			for (String part : List.of(",", ", ", ", <", ";", ";a=b", "<;", "=")) {
				assertThat(LinkHeader.parse("<a>" + part.repeat(1_000_000 / part.length()))).isNotEmpty();
			}
		});
	}

}
