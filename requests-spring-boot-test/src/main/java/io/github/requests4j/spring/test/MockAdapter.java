package io.github.requests4j.spring.test;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.ConnectionException;
import io.github.requests4j.http.ExchangeRecord;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.ReadTimeoutException;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Timings;

/**
 * Replaces the transport. Everything above it works as usual, including redirects,
 * cookies and exchange listeners, but not the retries of the transport. Thread-safe.
 */
final class MockAdapter implements Adapter {

	private final MockSession session;

	MockAdapter(MockSession session) {
		this.session = session;
	}

	@Override
	public Response send(PreparedRequest request, SendOptions options) {
		ExchangeRecord record = ExchangeRecord.begin(request, options, 1);
		record.enter(Timings.Phase.FIRST_BYTE);
		try {
			Reply reply = this.session.answer(RecordedCall.of(request, record.headers()));
			throwIfFailed(reply, options.timeouts());
			Response response = reply.toResponse(request, record, this);
			record.responded(response);
			return response;
		}
		catch (RequestException ex) {
			ex.attach(request, null);
			record.failed(ex);
			throw ex;
		}
		catch (AssertionError ex) {
			record.failed(new RequestException("The test did not expect this call.", ex).attach(request, null));
			throw ex;
		}
	}

	private static void throwIfFailed(Reply reply, @Nullable Timeouts timeouts) {
		if (reply.isBroken()) {
			throw new ConnectionException("The mock broke the connection.");
		}
		if (timeouts != null && reply.isSlowerThan(timeouts.read())) {
			throw new ReadTimeoutException("The mock would have replied after " + reply.delay().toMillis()
					+ " ms, but the read timeout is " + timeouts.read() + ".");
		}
	}

	@Override
	public void close() {
		// There are no resources to release
	}

}
