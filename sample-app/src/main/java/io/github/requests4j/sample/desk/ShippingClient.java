package io.github.requests4j.sample.desk;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * Brings the goods.
 */
@RequestsClient("shipping")
interface ShippingClient {

	/**
	 * Sent as a form. The answer redirects to the parcels and sets a cookie, which the
	 * session keeps.
	 */
	@PostExchange(url = "/login", contentType = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	List<Parcel> login(@RequestParam String user, @RequestParam String password);

	@GetExchange("/parcels")
	List<Parcel> parcels();

	@PostExchange("/parcels")
	Parcel ship(@RequestBody Shipment shipment);

	/** The address has moved twice since it was printed on the parcel. */
	@GetExchange("/track/{id}")
	Parcel track(@PathVariable String id);

	/**
	 * Server-sent events, as they come; the stream holds a connection until it is closed.
	 */
	@GetExchange("/parcels/{id}/events")
	Stream<Station> stations(@PathVariable String id);

	/** A large file, read piece by piece; to be closed like the stream above. */
	@GetExchange("/export")
	InputStream export(ProgressListener progress);

	/** Sent from the disk, piece by piece. */
	@PutExchange("/documents/{name}")
	Receipt upload(@PathVariable String name, @RequestBody Path document, ProgressListener progress);

	record Shipment(String charge, String item, int quantity) {
	}

	record Parcel(String id, String charge, String item, int quantity) {
	}

	record Station(String parcel, String station) {
	}

	record Receipt(String name, long size, String sha256) {
	}

}
