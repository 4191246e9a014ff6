package io.github.requests4j.sample.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.RequestException;

/**
 * Transfers large files and reports the progress to the browser as JSON lines.
 */
@RestController
class TransferController {

	private static final int DOCUMENT_BYTES = 12 * 1024 * 1024;

	private final Shipping shipping;

	private final JsonMapper json;

	TransferController(Shipping shipping, JsonMapper json) {
		this.shipping = shipping;
		this.json = json;
	}

	@PostMapping("/transfers/export")
	void export(HttpServletResponse browser) throws IOException {
		stream(browser, (progress) -> {
			try (InputStream parcels = this.shipping.export(progress)) {
				return megabytes(parcels.transferTo(OutputStream.nullOutputStream())) + " received";
			}
		});
	}

	@PostMapping("/transfers/upload")
	void upload(HttpServletResponse browser) throws IOException {
		stream(browser, (progress) -> {
			Path document = Files.createTempFile("report", ".csv");
			try {
				Files.write(document, new byte[DOCUMENT_BYTES]);
				return megabytes(this.shipping.upload(document, progress).size()) + " stored";
			}
			finally {
				Files.delete(document);
			}
		});
	}

	private void stream(HttpServletResponse browser, Transfer transfer) throws IOException {
		browser.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
		ProgressLines lines = new ProgressLines(browser.getOutputStream(), this.json);
		try {
			lines.end(transfer.run(lines), true);
		}
		catch (RequestException ex) {
			lines.end(Panel.explain(ex), false);
		}
	}

	private static String megabytes(long bytes) {
		return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
	}

	/** Transfers a file and returns a description of the result. */
	@FunctionalInterface
	private interface Transfer {

		String run(ProgressListener progress) throws IOException;

	}

}
