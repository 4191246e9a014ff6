package io.github.requests4j.sample.watch;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * Serves the state of a session, which the page reloads regularly.
 */
@Controller
class WatchController {

	private final Watch watch;

	WatchController(Watch watch) {
		this.watch = watch;
	}

	@GetMapping("/watch/{session}")
	String show(@PathVariable String session, Model model) {
		model.addAttribute("view", this.watch.of(session));
		return "watch :: session";
	}

}
