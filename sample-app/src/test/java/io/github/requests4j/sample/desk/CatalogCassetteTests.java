package io.github.requests4j.sample.desk;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import io.github.requests4j.http.Response;
import io.github.requests4j.spring.test.RequestsCassette;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalog with recorded responses. To record them again, delete the file and let a
 * Depot run on port 8080.
 */
@SpringBootTest(webEnvironment = WebEnvironment.NONE, properties = "depot.upstream.enabled=false")
class CatalogCassetteTests {

	@Autowired
	private CatalogClient catalog;

	@Test
	@RequestsCassette("catalog.har")
	void catalogIsReadPageByPage() {
		Response first = this.catalog.page(1);
		assertThat(first.json()).hasSize(4);
		assertThat(first.links().get("next").url()).endsWith("/upstream/catalog/items?size=4&page=2");
		assertThat(this.catalog.item("kettle")).hasValueSatisfying((item) -> assertThat(item.stock()).isEqualTo(12));
		assertThat(this.catalog.item("gold")).isEmpty();
	}

}
