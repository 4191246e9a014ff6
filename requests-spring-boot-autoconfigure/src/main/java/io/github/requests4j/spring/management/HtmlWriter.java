package io.github.requests4j.spring.management;

import java.util.ArrayDeque;
import java.util.Deque;

import org.springframework.web.util.HtmlUtils;

/**
 * Writes HTML. All text and all values of attributes are escaped, so that none of them
 * can add an element. For one thread.
 */
final class HtmlWriter {

	private final StringBuilder html = new StringBuilder("<!DOCTYPE html>\n");

	private final Deque<String> open = new ArrayDeque<>();

	/**
	 * Begins an element.
	 * @param element its name
	 * @param attributes names, each followed by its value
	 */
	HtmlWriter begin(String element, String... attributes) {
		tag(element, attributes);
		this.open.push(element);
		return this;
	}

	/** Ends the innermost element. */
	HtmlWriter end() {
		String element = this.open.pop();
		this.html.append("</").append(element).append(">\n");
		return this;
	}

	/** Writes an element with a text. */
	HtmlWriter element(String element, String text, String... attributes) {
		return begin(element, attributes).text(text).end();
	}

	/** Writes an element that has neither content nor an end. */
	HtmlWriter empty(String element, String... attributes) {
		tag(element, attributes);
		return this;
	}

	HtmlWriter text(String text) {
		this.html.append(escaped(text));
		return this;
	}

	private void tag(String element, String... attributes) {
		this.html.append('<').append(element);
		for (int i = 0; i < attributes.length; i += 2) {
			this.html.append(' ').append(attributes[i]).append("=\"").append(escaped(attributes[i + 1])).append('"');
		}
		this.html.append('>');
	}

	private static String escaped(String text) {
		return HtmlUtils.htmlEscape(text, "UTF-8");
	}

	@Override
	public String toString() {
		return this.html.toString();
	}

}
