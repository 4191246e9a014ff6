package io.github.requests4j.spring.test;

import java.io.InputStream;
import java.util.List;

import javax.net.ssl.SSLContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.requests4j.Session;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.spring.client.CloseableIterator;

/**
 * Declarations that the examples in Javadoc assume. Never run.
 */
final class ExampleSurroundings {

	static final Logger log = LoggerFactory.getLogger(ExampleSurroundings.class);

	static final String url = "https://api.example.com/items";

	static final String key = "7";

	static final String password = "secret";

	static final Order order = new Order("tea", 2);

	static Session session;

	static Response response;

	static PreparedRequest request;

	static MockSessions mocks;

	static Vault vault;

	static Catalog catalog;

	static SSLContext sslContext;

	private ExampleSurroundings() {
	}

	static String sign(byte[] bytes) {
		return Integer.toHexString(bytes.length);
	}

	record Order(String item, int count) {

	}

	record Item(String sku, String name) {

	}

	record Repository(String name) {

	}

	record Change(String id) {

	}

	interface Catalog {

		CloseableIterator<Item> all();

	}

	interface CatalogClient {

		Item item(String sku);

	}

	interface GitHub {

		int stars(String repository);

	}

	interface Shop {

		List<Item> items();

	}

	interface Vault {

		String read(String name);

		InputStream open(String name);

	}

	static final class SoldOutException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		SoldOutException(String item) {
			super(item);
		}

	}

}
