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
	@DisplayName("218: the examples of parse_header_links")
	void upstreamExamples() {
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
	@DisplayName("218: commas and blanks between links, and commas within them")
	void commas() {
		assertThat(LinkHeader.parse("<a,b>,   <c>; rel=x, y")).extracting(LinkHeader::url).containsExactly("a,b", "c");
		assertThat(LinkHeader.parse("<a>, <")).extracting(LinkHeader::url).containsExactly("a", "");
		assertThat(LinkHeader.parse(",,,<a>")).extracting(LinkHeader::url).containsExactly(",,", "a");
	}

	@Test
	@DisplayName("218: a link is found by its relation, or else its URL")
	void keys() {
		assertThat(new LinkHeader("u", Map.of("rel", "next")).key()).isEqualTo("next");
		assertThat(new LinkHeader("u", Map.of("rel", "")).key()).isEqualTo("u");
		assertThat(new LinkHeader("u", Map.of()).key()).isEqualTo("u");
		assertThat(new LinkHeader("u", Map.of()).rel()).isNull();
	}

	@Test
	@DisplayName("218: a link keeps its own copy of the parameters")
	void isImmutable() {
		Map<String, String> params = new LinkedHashMap<>(Map.of("rel", "next"));
		LinkHeader link = new LinkHeader("u", params);
		params.clear();
		assertThat(link.rel()).isEqualTo("next");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> link.params().clear());
	}

	@Test
	@DisplayName("218, threat 45: a hostile header is read in linear time")
	void hostile() {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
			for (String part : List.of(",", ", ", ", <", ";", ";a=b", "<;", "=")) {
				assertThat(LinkHeader.parse("<a>" + part.repeat(1_000_000 / part.length()))).isNotEmpty();
			}
		});
	}

}
