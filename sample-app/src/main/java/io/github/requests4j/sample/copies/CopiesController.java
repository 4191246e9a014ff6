package io.github.requests4j.sample.copies;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.ThrottledException;
import io.github.requests4j.sample.copies.UsageClient.Copy;

/**
 * Shows what the copies of Depot have used, as the services counted it.
 */
@Controller
class CopiesController {

	private final UsageClient usage;

	private final CarrierClient carrier;

	private final ThisCopy thisCopy;

	private final Duration busy;

	CopiesController(UsageClient usage, CarrierClient carrier, @Value("${depot.copy}") String copy,
			@Value("${requests.sessions.carrier.rate.limit}") String limit,
			@Value("${requests.sessions.carrier.rate.store:memory}") String store,
			@Value("${depot.busy}") Duration busy) {
		this.usage = usage;
		this.carrier = carrier;
		this.thisCopy = new ThisCopy(copy, limit, store.equals("redis"));
		this.busy = busy;
	}

	@GetMapping("/copies")
	String show(Model model) {
		model.addAttribute("here", this.thisCopy);
		model.addAttribute("seconds", this.busy.toSeconds());
		try {
			model.addAttribute("copies", withTotal(this.usage.copies()));
		}
		catch (RequestException ex) {
			model.addAttribute("error", ex.getMessage());
		}
		return "copies";
	}

	private static List<Copy> withTotal(List<Copy> copies) {
		List<Copy> rows = new ArrayList<>(copies);
		copies.stream().reduce(Copy::plus).ifPresent(rows::add);
		return rows;
	}

	/** Asks for as many quotes as the rate limit lets through for a while. */
	@PostMapping("/copies/quotes")
	String quotes(RedirectAttributes next) {
		int received = 0;
		int rejected = 0;
		long start = System.nanoTime();
		while (System.nanoTime() - start < this.busy.toNanos()) {
			try {
				this.carrier.quote(1);
				received++;
			}
			catch (ThrottledException ex) {
				rejected++;
			}
			catch (RequestException ex) {
				next.addFlashAttribute("failure", ex.getMessage());
				break;
			}
		}
		next.addFlashAttribute("received", received);
		next.addFlashAttribute("rejected", rejected);
		return "redirect:/copies";
	}

	/**
	 * The copy that serves the page.
	 *
	 * @param name its name
	 * @param limit the rate limit of the carrier
	 * @param shared whether the copies share their state in Redis
	 */
	record ThisCopy(String name, String limit, boolean shared) {
	}

}
