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
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.RequestException;

/**
 * Transfers large files. It reports the progress to the script of the page as JSON lines,
 * and the outcome to browsers without scripts.
 */
@Controller
class TransferController {

	private static final String TRANSFERS = "/transfers/{transfer:export|upload}";

	private static final int DOCUMENT_BYTES = 12_000_000;

	private final Shipping shipping;

	private final JsonMapper json;

	TransferController(Shipping shipping, JsonMapper json) {
		this.shipping = shipping;
		this.json = json;
	}

	@PostMapping(TRANSFERS)
	String run(@PathVariable String transfer, RedirectAttributes next) throws IOException {
		return transfer(transfer, (direction, bytes, total) -> {
		}).showAt(transfer, next);
	}

	@PostMapping(path = TRANSFERS, produces = MediaType.APPLICATION_NDJSON_VALUE)
	void stream(@PathVariable String transfer, HttpServletResponse browser) throws IOException {
		browser.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
		ProgressLines lines = new ProgressLines(browser.getOutputStream(), this.json);
		lines.end(transfer(transfer, lines));
	}

	private Outcome transfer(String transfer, ProgressListener progress) throws IOException {
		try {
			return Outcome.success(transfer.equals("export") ? export(progress) : upload(progress));
		}
		catch (RequestException ex) {
			return Outcome.failure(Failures.explain("Shipping", ex));
		}
	}

	private String export(ProgressListener progress) throws IOException {
		try (InputStream parcels = this.shipping.export(progress)) {
			return megabytes(parcels.transferTo(OutputStream.nullOutputStream())) + " received";
		}
	}

	private String upload(ProgressListener progress) throws IOException {
		Path document = Files.createTempFile("report", ".csv");
		try {
			Files.write(document, new byte[DOCUMENT_BYTES]);
			return megabytes(this.shipping.upload(document, progress).size()) + " stored";
		}
		finally {
			Files.delete(document);
		}
	}

	private static String megabytes(long bytes) {
		return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
	}

}
