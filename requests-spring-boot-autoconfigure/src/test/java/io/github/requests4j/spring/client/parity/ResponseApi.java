package io.github.requests4j.spring.client.parity;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MultiValueMap;
import org.springframework.web.service.annotation.HttpExchange;

import io.github.requests4j.spring.client.RequestsClient;
import io.github.requests4j.spring.client.parity.RequestApi.Item;

/**
 * Each kind of result that spring-web supports.
 */
@RequestsClient("s")
@HttpExchange("/r")
public interface ResponseApi {

	@HttpExchange
	void nothing(HttpMethod method);

	@HttpExchange
	@Nullable String string(HttpMethod method);

	@HttpExchange
	byte @Nullable [] bytes(HttpMethod method);

	@HttpExchange
	@Nullable Item item(HttpMethod method);

	@HttpExchange
	@Nullable List<Item> list(HttpMethod method);

	@HttpExchange
	@Nullable Map<String, Object> map(HttpMethod method);

	@HttpExchange
	@Nullable Object object(HttpMethod method);

	@HttpExchange
	@Nullable MultiValueMap<String, String> form(HttpMethod method);

	@HttpExchange
	@Nullable Resource resource(HttpMethod method);

	@HttpExchange
	@Nullable InputStreamResource streamResource(HttpMethod method);

	@HttpExchange
	@Nullable InputStream stream(HttpMethod method);

	@HttpExchange
	Optional<Item> optional(HttpMethod method);

	@HttpExchange
	Optional<String> optionalString(HttpMethod method);

	@HttpExchange
	HttpHeaders headers(HttpMethod method);

	@HttpExchange
	ResponseEntity<Void> voidEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<String> stringEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<byte[]> bytesEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<Item> itemEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<List<Item>> listEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<Map<String, Object>> mapEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<Resource> resourceEntity(HttpMethod method);

	@HttpExchange
	ResponseEntity<InputStream> streamEntity(HttpMethod method);

}
