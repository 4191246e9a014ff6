package io.github.requests4j.sample.desk;

import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.sample.desk.ShippingClient.Station;

/**
 * Forwards the events of a parcel to the browser as they arrive.
 */
@RestController
class TrackingController {

	private final Shipping shipping;

	private final AsyncTaskExecutor executor;

	TrackingController(Shipping shipping, @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
		this.shipping = shipping;
		this.executor = executor;
	}

	@GetMapping("/parcels/{id}/events")
	SseEmitter track(@PathVariable String id) {
		SseEmitter browser = new SseEmitter();
		this.executor.execute(() -> relay(id, browser));
		return browser;
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
			browser.send(SseEmitter.event().name("failure").data(Panel.explain(error)));
			browser.complete();
		}
		catch (IOException ex) {
			browser.completeWithError(ex);
		}
	}

}
