package io.github.requests4j.sample.upstream;

import java.util.List;

/**
 * Goods on their way.
 */
record Parcel(String id, String charge, String item, int quantity) {

	/** The stations of every parcel. */
	static final List<String> STATIONS = List.of("packed", "picked up", "sorted", "out for delivery", "delivered");

	/**
	 * What is to be shipped.
	 */
	record Order(String charge, String item, int quantity) {

		Parcel shipped(String id) {
			return new Parcel(id, this.charge, this.item, this.quantity);
		}

	}

}
