package io.github.requests4j.sample.desk;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Handles the forms that place and complete orders.
 */
@Controller
class OrderController {

	private final Orders orders;

	OrderController(Orders orders) {
		this.orders = orders;
	}

	@PostMapping("/orders")
	String place(@RequestParam String item, @RequestParam(defaultValue = "1") int quantity,
			@RequestParam(defaultValue = "1") int page, RedirectAttributes next) {
		next.addAttribute("page", page);
		return this.orders.place(item, quantity).showAt("order-" + item, next);
	}

	@PostMapping("/orders/{key}")
	String complete(@PathVariable String key, @RequestParam(defaultValue = "1") int page, RedirectAttributes next) {
		next.addAttribute("page", page);
		return this.orders.complete(key).showAt("complete", next);
	}

}
