package io.github.requests4j.sample.upstream;

import java.util.List;

/**
 * A parcel that was shipped.
 */
record Parcel(String id, String charge, String item, int quantity) {

	/** The stations of every parcel. */
	static final List<String> STATIONS = List.of("packed", "picked up", "sorted", "out for delivery", "delivered");

	/**
	 * A request for a shipment.
	 */
	record Order(String charge, String item, int quantity) {

		Parcel shipped(String id) {
			return new Parcel(id, this.charge, this.item, this.quantity);
		}

	}

}
