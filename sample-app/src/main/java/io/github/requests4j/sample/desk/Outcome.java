package io.github.requests4j.sample.desk;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.util.UriUtils;

/**
 * The outcome of an action.
 *
 * @param parcel the parcel that is on its way now, or {@code null} if there is none
 */
record Outcome(boolean ok, String text, @Nullable String parcel) {

	static Outcome success(String text) {
		return new Outcome(true, text, null);
	}

	static Outcome failure(String text) {
		return new Outcome(false, text, null);
	}

	/**
	 * Shows the outcome next to the control that caused it, after a redirect to the page.
	 */
	String showAt(String control, RedirectAttributes next) {
		next.addFlashAttribute("outcome", this);
		next.addFlashAttribute("control", control);
		return "redirect:/#result-" + UriUtils.encodeFragment(control, StandardCharsets.UTF_8);
	}

}
