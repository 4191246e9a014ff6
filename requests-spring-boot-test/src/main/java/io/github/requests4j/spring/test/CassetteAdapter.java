package io.github.requests4j.spring.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.Body;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timings;

/**
 * Records the responses of a transport, or plays them back instead of using it.
 * Thread-safe.
 */
final class CassetteAdapter implements Adapter {

	private final CassettePlayer player;

	private final Adapter transport;

	CassetteAdapter(CassettePlayer player, Adapter transport) {
		this.player = player;
		this.transport = transport;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		Cassette cassette = this.player.current();
		if (cassette == null) {
			return this.transport.send(request, options);
		}
		return cassette.isRecording() ? record(cassette, request, options) : play(cassette, request, options);
	}

	/**
	 * Sends a request and records the exchange. The whole encoded body is read, so that
	 * both the file and the caller can decode it.
	 */
	private Response record(Cassette cassette, PreparedRequest request, SendOptions options) {
		RecordedCall call = call(request);
		Instant started = Instant.now();
		cassette.announce(call);
		try (Response response = this.transport.send(request, options)) {
			byte[] received = received(response);
			Response copy = withBody(response, received);
			copy.content();
			cassette.record(call, copy, received, started);
			return withBody(response, received);
		}
	}

	private static byte[] received(Response response) {
		try {
			InputStream raw = response.raw();
			return (raw != null) ? raw.readAllBytes() : new byte[0];
		}
		catch (IOException ex) {
			throw new RequestException("The response body could not be recorded: " + ex.getMessage(), ex).attach(null,
					response);
		}
	}

	private static Response withBody(Response response, byte[] body) {
		return response.toBuilder().raw(new ByteArrayInputStream(body)).build();
	}

	/** Returns the call for the recording, without a body that can be sent only once. */
	private static RecordedCall call(PreparedRequest request) {
		Body body = request.body();
		if (body == null || !body.isRewindable()) {
			PreparedRequest head = request.copy();
			head.body(null);
			return RecordedCall.of(head, null);
		}
		RecordedCall call = RecordedCall.of(request, null);
		body.rewind();
		return call;
	}

	private Response play(Cassette cassette, PreparedRequest request, SendOptions options) {
		ExchangeRecord record = ExchangeRecord.begin(request, options, 1);
		record.enter(Timings.Phase.FIRST_BYTE);
		try {
			Reply reply = cassette.play(call(request));
			Response response = reply.toResponse(request, record, this);
			record.responded(response);
			return response;
		}
		catch (AssertionError ex) {
			record.failed(new RequestException("The cassette has no response to this call.", ex).attach(request, null));
			throw ex;
		}
	}

	@Override
	public void close() {
		this.transport.close();
	}

}
