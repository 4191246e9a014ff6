package io.github.requests4j.comparison.slice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import feign.Client;
import feign.Feign;
import feign.Response;
import feign.jackson.JacksonDecoder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

// tag::slice[]
class FeignSliceTests {

	private final List<String> calls = new ArrayList<>();

	private final Client client = (request, options) -> {
		this.calls.add(request.httpMethod() + " " + request.url());
		return Response.builder()
			.request(request)
			.status(200)
			.body("{\"id\":\"tea\",\"price\":3.5}", StandardCharsets.UTF_8)
			.build();
	};

	private final FeignItems items = Feign.builder()
		.client(this.client)
		.decoder(new JacksonDecoder())
		.target(FeignItems.class, "http://items.test");

	@Test
	void anItem() {
		assertThat(this.items.item("tea")).isEqualTo(new Item("tea", 3.5));
		assertThat(this.calls).containsExactly("GET http://items.test/items/tea");
	}

}
// end::slice[]
