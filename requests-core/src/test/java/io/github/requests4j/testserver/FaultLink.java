package io.github.requests4j.testserver;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * One connection through a {@link FaultProxy}: a socket to the client, one to the server,
 * and a thread for each direction.
 */
public final class FaultLink {

	private final Socket client;

	private final Socket server;

	private final ScheduledExecutorService timer;

	private final CountDownLatch over = new CountDownLatch(1);

	private final CountDownLatch directions = new CountDownLatch(2);

	FaultLink(Socket client, Socket server, ScheduledExecutorService timer) {
		this.client = client;
		this.server = server;
		this.timer = timer;
	}

	/** Carries data both ways until both have ended; then everything is closed. */
	void run(List<Toxic> upstream, List<Toxic> downstream) throws IOException {
		this.client.setTcpNoDelay(true);
		this.server.setTcpNoDelay(true);
		Toxic.Stage up = chain(upstream, this.server);
		Toxic.Stage down = chain(downstream, this.client);
		RawServer.daemon("test-fault-down", () -> pump(this.server, down)).start();
		pump(this.client, up);
		try {
			this.directions.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finish(Toxic.Ending.CLOSE);
	}

	private Toxic.Stage chain(List<Toxic> toxics, Socket target) {
		Toxic.Stage stage = new Sink(target);
		for (int i = toxics.size() - 1; i >= 0; i--) {
			stage = toxics.get(i).begin(stage, this);
		}
		return stage;
	}

	private void pump(Socket source, Toxic.Stage stage) {
		try {
			InputStream in = source.getInputStream();
			byte[] buffer = new byte[16 * 1024];
			int count = in.read(buffer);
			while (count >= 0) {
				stage.data(buffer, 0, count);
				count = in.read(buffer);
			}
			stage.end();
		}
		catch (IOException ex) {
			// A reset of one side resets the other.
			finish(Toxic.Ending.RESET);
		}
		finally {
			this.directions.countDown();
		}
	}

	/** Does something later, unless the connection has ended before. */
	void after(Duration delay, Runnable action) {
		this.timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	/** Waits, but not beyond the end of the connection. */
	void sleep(Duration time) throws IOException {
		try {
			if (this.over.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new IOException("The connection has ended");
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
	}

	/** Ends the connection in this way; what comes later is ignored. */
	void finish(Toxic.Ending ending) {
		if (ending == Toxic.Ending.STALL || this.over.getCount() == 0) {
			return;
		}
		this.over.countDown();
		if (ending == Toxic.Ending.RESET) {
			reset(this.client);
			reset(this.server);
		}
		RawServer.quietly(this.client);
		RawServer.quietly(this.server);
	}

	private static void reset(Socket socket) {
		try {
			socket.setSoLinger(true, 0);
		}
		catch (IOException ex) {
			// Closed already.
			return;
		}
	}

	/** Writes to a socket. */
	private record Sink(Socket target) implements Toxic.Stage {

		@Override
		public void data(byte[] bytes, int offset, int length) throws IOException {
			this.target.getOutputStream().write(bytes, offset, length);
		}

		@Override
		public void end() throws IOException {
			this.target.shutdownOutput();
		}

	}

}
