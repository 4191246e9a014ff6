package io.github.requests4j.spring.guide;

// tag::catalog[]
import java.util.List;

import tools.jackson.core.type.TypeReference;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

import io.github.requests4j.Session;

@Service
class Catalog {

	private final Session session;

	Catalog(@Qualifier("catalog") Session session) {
		this.session = session;
	}

	List<Item> items(String text) {
		return this.session.get("items", (request) -> request.param("q", text))
			.raiseForStatus()
			.json(new TypeReference<>() {
			});
	}

	record Item(String id, double price) {
	}

}
// end::catalog[]
