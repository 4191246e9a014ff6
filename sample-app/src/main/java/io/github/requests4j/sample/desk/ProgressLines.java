package io.github.requests4j.sample.desk;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

import tools.jackson.databind.json.JsonMapper;

import io.github.requests4j.http.ProgressListener;

/**
 * Writes the progress of a transfer, one line for each percent. If the browser has
 * disconnected, it throws an exception, which also ends the transfer.
 */
final class ProgressLines implements ProgressListener {

	private final OutputStream browser;

	private final JsonMapper json;

	private long lastPercent = -1;

	ProgressLines(OutputStream browser, JsonMapper json) {
		this.browser = browser;
		this.json = json;
	}

	@Override
	public void onProgress(Direction direction, long bytes, long total) {
		long percent = (total > 0) ? 100 * bytes / total : 0;
		if (percent > this.lastPercent) {
			this.lastPercent = percent;
			write(new Moved(percent));
		}
	}

	void end(Outcome outcome) {
		write(new Ended(outcome.text(), outcome.ok()));
	}

	private void write(Object line) {
		try {
			this.browser.write(this.json.writeValueAsBytes(line));
			this.browser.write('\n');
			this.browser.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	record Moved(long percent) {
	}

	record Ended(String text, boolean ok) {
	}

}
