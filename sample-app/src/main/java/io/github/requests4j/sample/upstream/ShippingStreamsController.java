package io.github.requests4j.sample.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import jakarta.servlet.http.HttpServletResponse;

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
 * Streams tracking events, a large export and uploads. No body is ever in memory as a
 * whole.
 */
@UpstreamController
@RequestMapping("/upstream/shipping")
class ShippingStreamsController {

	private static final String ROW = "%09d,Depot,delivered,%-24s\n";

	private static final int ROW_LENGTH = String.format(ROW, 0, "").length();

	private static final int PIECE = 64 * 1024;

	private final UpstreamProperties properties;

	ShippingStreamsController(UpstreamProperties properties) {
		this.properties = properties;
	}

	/**
	 * Sends server-sent events (WHATWG HTML standard, section 9.2), starting after the
	 * last event that the client received.
	 */
	@GetMapping("/parcels/{id}/events")
	void events(@PathVariable String id, @RequestHeader(name = "Last-Event-ID", defaultValue = "0") int last,
			HttpServletResponse response) throws IOException {
		response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
		for (int station = last + 1; station <= Parcel.STATIONS.size(); station++) {
			write(response.getOutputStream(), "id: " + station + "\nevent: station\ndata: {\"parcel\":\"" + id
					+ "\",\"station\":\"" + Parcel.STATIONS.get(station - 1) + "\"}\n\n");
			pause(this.properties.stationTime().toMillis());
		}
	}

	@GetMapping("/export")
	ResponseEntity<StreamingResponseBody> export(@RequestParam(defaultValue = "200000") int rows) {
		StreamingResponseBody body = (out) -> {
			int rowsOfPiece = PIECE / ROW_LENGTH;
			for (int row = 0; row < rows; row++) {
				out.write(String.format(ROW, row, "row " + row).getBytes(StandardCharsets.US_ASCII));
				if (row % rowsOfPiece == 0) {
					pause(this.properties.pace().toMillis());
				}
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
		long size = 0;
		for (byte[] piece = body.readNBytes(PIECE); piece.length > 0; piece = body.readNBytes(PIECE)) {
			digest.update(piece);
			size += piece.length;
			pause(this.properties.pace().toMillis());
		}
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
			throw new IOException("Interrupted during a pause", ex);
		}
	}

	/** The result of an upload. */
	record Upload(String name, long size, String sha256) {

	}

}
