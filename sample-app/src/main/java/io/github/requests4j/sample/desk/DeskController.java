package io.github.requests4j.sample.desk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

import io.github.requests4j.sample.upstream.Troubles;
import io.github.requests4j.sample.watch.Watch;

/**
 * Serves the page and the parts that it reloads regularly.
 */
@Controller
class DeskController {

	private static final int MAX_SHOWN = 4;

	private final CatalogClient catalog;

	private final PaymentsClient payments;

	private final Shipping shipping;

	private final Orders orders;

	private final Watch watch;

	private final ObjectProvider<Troubles> troubles;

	DeskController(CatalogClient catalog, PaymentsClient payments, Shipping shipping, Orders orders, Watch watch,
			ObjectProvider<Troubles> troubles) {
		this.catalog = catalog;
		this.payments = payments;
		this.shipping = shipping;
		this.orders = orders;
		this.watch = watch;
		this.troubles = troubles;
	}

	@GetMapping("/")
	String show(@RequestParam(defaultValue = "1") int page, Model model) {
		catalog(page, model);
		payments(model);
		shipping(model);
		troubles(model);
		// Last, so that they include the calls for this page
		for (String session : new String[] { "catalog", "payments", "shipping" }) {
			model.addAttribute(session + "Session", this.watch.of(session));
		}
		return "desk";
	}

	@GetMapping("/catalog")
	String catalog(@RequestParam(defaultValue = "1") int page, Model model) {
		if (page < 1) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "Pages are numbered from 1");
		}
		model.addAttribute("page", page);
		model.addAttribute("catalog", Panel.of("Catalog", () -> CatalogPage.read(page, this.catalog.page(page))));
		return "services :: catalog";
	}

	@GetMapping("/payments")
	String payments(Model model) {
		model.addAttribute("open", this.orders.open());
		model.addAttribute("payments", Panel.of("Payments", () -> latest(this.payments.charges())));
		return "services :: payments";
	}

	@GetMapping("/shipping")
	String shipping(Model model) {
		model.addAttribute("shipping", Panel.of("Shipping", () -> latest(this.shipping.parcels())));
		return "services :: shipping";
	}

	/**
	 * Returns the buttons for the troubles of a service, which other pages may change.
	 */
	@GetMapping("/troubles/{service}")
	String trouble(@PathVariable String service, Model model) {
		troubles(model);
		model.addAttribute("service", service);
		return "services :: trouble";
	}

	private void troubles(Model model) {
		this.troubles.ifAvailable((present) -> model.addAttribute("troubles", present.byName()));
	}

	/**
	 * Returns the latest elements, newest first. The services return the oldest first.
	 */
	private static <T> List<T> latest(List<T> all) {
		List<T> latest = new ArrayList<>(all.subList(Math.max(0, all.size() - MAX_SHOWN), all.size()));
		Collections.reverse(latest);
		return latest;
	}

}
