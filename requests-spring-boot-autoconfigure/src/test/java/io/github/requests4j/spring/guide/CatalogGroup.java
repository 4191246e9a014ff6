package io.github.requests4j.spring.guide;

// tag::group[]
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "catalog", types = CatalogGroup.Stock.class)
class CatalogGroup {

	interface Stock {

		@GetExchange("/stock/{id}")
		int stock(@PathVariable String id);

	}

}
// end::group[]
