package io.github.requests4j.comparison.slice;

import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

// tag::slice[]
class SpringSliceTests {

	private final RestClient.Builder builder = RestClient.builder().baseUrl("http://items.test");

	private final MockRestServiceServer server = MockRestServiceServer.bindTo(this.builder).build();

	private final SpringItems items = HttpServiceProxyFactory.builderFor(RestClientAdapter.create(this.builder.build()))
		.build()
		.createClient(SpringItems.class);

	@Test
	void anItem() {
		this.server.expect(requestTo("http://items.test/items/tea"))
			.andRespond(withSuccess("{\"id\":\"tea\",\"price\":3.5}", MediaType.APPLICATION_JSON));
		assertThat(this.items.item("tea")).isEqualTo(new Item("tea", 3.5));
		this.server.verify();
	}

}
// end::slice[]
