package io.github.requests4j.sample.desk;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.sample.desk.ShippingClient.Parcel;
import io.github.requests4j.sample.upstream.Troubles;
import io.github.requests4j.spring.management.BreakerStates;

/**
 * The page.
 */
@Controller
class DeskController {

	private final CatalogClient catalog;

	private final PaymentsClient payments;

	private final Shipping shipping;

	private final Orders orders;

	private final RecentExchanges exchanges;

	private final ElapsedTimes elapsed;

	private final ObjectProvider<Troubles> troubles;

	private final ObjectProvider<BreakerStates> breakers;

	DeskController(CatalogClient catalog, PaymentsClient payments, Shipping shipping, Orders orders,
			RecentExchanges exchanges, ElapsedTimes elapsed, ObjectProvider<Troubles> troubles,
			ObjectProvider<BreakerStates> breakers) {
		this.catalog = catalog;
		this.payments = payments;
		this.shipping = shipping;
		this.orders = orders;
		this.exchanges = exchanges;
		this.elapsed = elapsed;
		this.troubles = troubles;
		this.breakers = breakers;
	}

	@GetMapping("/")
	String show(@RequestParam(defaultValue = "1") int page, Model model) {
		model.addAttribute("catalog", Panel.of(() -> CatalogPage.fetch(this.catalog, page)));
		model.addAttribute("payments", Panel.of(this.payments::charges));
		this.breakers.ifAvailable((states) -> model.addAttribute("breakers", states.of("payments")));
		model.addAttribute("shipping", Panel.of(this.shipping::parcels));
		this.troubles.ifAvailable((present) -> model.addAttribute("troubles", present.all()));
		// Last, so that the calls for this page are among them.
		model.addAttribute("exchanges", this.exchanges.all());
		model.addAttribute("elapsed", this.elapsed.rows());
		return "desk";
	}

	@PostMapping("/orders")
	String order(@RequestParam String item, @RequestParam int quantity, RedirectAttributes next) {
		try {
			Parcel parcel = this.orders.place(item, quantity);
			next.addFlashAttribute("message", "Ordered: parcel " + parcel.id() + " is on its way.");
		}
		catch (RequestException ex) {
			next.addFlashAttribute("failure", "The order was not completed. " + Panel.explain(ex));
		}
		catch (IllegalArgumentException ex) {
			next.addFlashAttribute("failure", ex.getMessage());
		}
		return "redirect:/";
	}

}
