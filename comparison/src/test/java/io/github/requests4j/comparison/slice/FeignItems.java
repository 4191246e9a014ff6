package io.github.requests4j.comparison.slice;

import feign.Param;
import feign.RequestLine;

interface FeignItems {

	@RequestLine("GET /items/{id}")
	Item item(@Param("id") String id);

}
