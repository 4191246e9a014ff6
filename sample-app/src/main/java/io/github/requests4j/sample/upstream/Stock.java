package io.github.requests4j.sample.upstream;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The number of pieces of each product that are left. Thread-safe.
 */
final class Stock {

	private final Map<String, AtomicInteger> left = Product.ALL.stream()
		.collect(Collectors.toUnmodifiableMap(Product::id, (product) -> new AtomicInteger(product.stock())));

	/** Returns the product with the number of pieces that are left. */
	Product current(Product product) {
		AtomicInteger pieces = this.left.get(product.id());
		return new Product(product.id(), product.name(), product.price(), (pieces != null) ? pieces.get() : 0);
	}

	/**
	 * Takes pieces of a product. Returns {@code false} and takes none if there are fewer.
	 */
	boolean take(String id, int quantity) {
		AtomicInteger pieces = this.left.get(id);
		return pieces != null
				&& pieces.getAndUpdate((before) -> (before >= quantity) ? before - quantity : before) >= quantity;
	}

}
