package io.github.requests4j.sample.desk;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * The client for shipping.
 */
@RequestsClient("shipping")
interface ShippingClient {

	/**
	 * Logs in with a form. The response redirects to the parcels and sets a cookie, which
	 * the session stores.
	 */
	@PostExchange(url = "/login", contentType = MediaType.APPLICATION_FORM_URLENCODED_VALUE)
	List<Parcel> login(@RequestParam String user, @RequestParam String password);

	@GetExchange("/parcels")
	List<Parcel> parcels();

	/** Ships goods. The key makes it safe to send the same shipment twice. */
	@PostExchange("/parcels")
	Parcel ship(@RequestHeader("Idempotency-Key") String key, @RequestBody Shipment shipment);

	/** Returns a parcel by its tracking address, which redirects twice. */
	@GetExchange("/track/{id}")
	Parcel track(@PathVariable String id);

	/**
	 * Returns server-sent events as they arrive. The stream uses a connection until it is
	 * closed.
	 */
	@GetExchange("/parcels/{id}/events")
	Stream<Station> stations(@PathVariable String id);

	/**
	 * Returns a large file as a stream, which must be closed like the stream of events.
	 */
	@GetExchange("/export")
	InputStream export(ProgressListener progress);

	/** Uploads a file, which is streamed from the disk. */
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
