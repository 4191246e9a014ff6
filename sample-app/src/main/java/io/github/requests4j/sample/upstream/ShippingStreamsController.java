package io.github.requests4j.sample.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * What shipping sends and takes piece by piece: tracking events, a large export and
 * uploads. Nothing of it is ever held in memory as a whole.
 */
@UpstreamController
@RequestMapping("/upstream/shipping")
class ShippingStreamsController {

	private static final String ROW = "%09d,Depot,delivered,%-24s\n";

	private static final int ROW_LENGTH = String.format(ROW, 0, "").length();

	/**
	 * Server-sent events (WHATWG HTML, section 9.2); goes on after the last event seen.
	 */
	@GetMapping("/parcels/{id}/events")
	ResponseEntity<StreamingResponseBody> events(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "0") int last,
			@RequestParam(defaultValue = "200") long pauseMillis) {
		return ResponseEntity.ok().contentType(MediaType.TEXT_EVENT_STREAM).body((out) -> {
			for (int station = last + 1; station <= Parcel.STATIONS.size(); station++) {
				write(out, "id: " + station + "\nevent: station\ndata: {\"parcel\":\"" + id + "\",\"station\":\""
						+ Parcel.STATIONS.get(station - 1) + "\"}\n\n");
				pause(pauseMillis);
			}
		});
	}

	@GetMapping("/export")
	ResponseEntity<StreamingResponseBody> export(@RequestParam(defaultValue = "200000") int rows) {
		StreamingResponseBody body = (out) -> {
			for (int row = 0; row < rows; row++) {
				out.write(String.format(ROW, row, "row " + row).getBytes(StandardCharsets.US_ASCII));
			}
		};
		return ResponseEntity.ok()
			.contentType(MediaType.parseMediaType("text/csv"))
			.contentLength((long) rows * ROW_LENGTH)
			.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"parcels.csv\"")
			.body(body);
	}

	@PutMapping("/documents/{name}")
	Upload upload(@PathVariable String name, InputStream body) throws IOException, NoSuchAlgorithmException {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		long size = new DigestInputStream(body, digest).transferTo(OutputStream.nullOutputStream());
		return new Upload(name, size, HexFormat.of().formatHex(digest.digest()));
	}

	private static void write(OutputStream out, String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
		out.flush();
	}

	private static void pause(long millis) throws IOException {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("Interrupted between two events", ex);
		}
	}

	/**
	 * What arrived.
	 */
	record Upload(String name, long size, String sha256) {

	}

}
