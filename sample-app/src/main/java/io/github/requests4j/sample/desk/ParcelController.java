package io.github.requests4j.sample.desk;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.sample.desk.ShippingClient.Parcel;
import io.github.requests4j.sample.desk.ShippingClient.Station;

/**
 * Shows a parcel, and forwards its events to the browser as they arrive.
 */
@Controller
class ParcelController {

	private final Shipping shipping;

	private final Receipts receipts;

	private final AsyncTaskExecutor executor;

	ParcelController(Shipping shipping, Receipts receipts,
			@Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
		this.shipping = shipping;
		this.receipts = receipts;
		this.executor = executor;
	}

	/** Shows everything about a parcel, after it has been delivered. */
	@GetMapping("/parcels/{id}")
	String show(@PathVariable String id, Model model) {
		Panel<Parcel> parcel = Panel.of("Shipping", () -> this.shipping.track(id));
		model.addAttribute("id", id);
		model.addAttribute("parcel", parcel);
		Parcel found = parcel.content();
		if (found != null) {
			model.addAttribute("receipt", Panel.of("Payments", () -> this.receipts.receipt(found.charge())));
			model.addAttribute("stations", Panel.of("Shipping", () -> stations(id)));
		}
		return "parcel";
	}

	@GetMapping(path = "/parcels/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter track(@PathVariable String id) {
		SseEmitter browser = new SseEmitter();
		this.executor.execute(() -> relay(id, browser));
		return browser;
	}

	private List<String> stations(String id) {
		try (Stream<Station> stations = this.shipping.stations(id)) {
			return stations.map(Station::station).toList();
		}
	}

	private void relay(String id, SseEmitter browser) {
		try (Stream<Station> stations = this.shipping.stations(id)) {
			for (Iterator<Station> next = stations.iterator(); next.hasNext();) {
				browser.send(SseEmitter.event().name("station").data(next.next().station()));
			}
			browser.send(SseEmitter.event().name("end").data(""));
			browser.complete();
		}
		catch (RequestException ex) {
			fail(ex, browser);
		}
		catch (IOException ex) {
			// The browser has disconnected, and closing the stream has also ended the
			// call
		}
	}

	private static void fail(RequestException error, SseEmitter browser) {
		try {
			browser.send(SseEmitter.event().name("failure").data(Failures.explain("Shipping", error)));
			browser.complete();
		}
		catch (IOException ex) {
			browser.completeWithError(ex);
		}
	}

}
