package io.github.requests4j.spring.test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.env.Environment;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.spring.test.RequestsCassette.Matching;
import io.github.requests4j.spring.test.RequestsCassette.Mode;

/**
 * The exchanges of one file, which are recorded or played back. Thread-safe.
 */
final class Cassette {

	/** Overrides the mode of all cassettes. */
	static final String MODE_PROPERTY = "requests.test.cassette.mode";

	private static final String ADVICE = "\nDelete the file to record it again, or run the test once with -D"
			+ MODE_PROPERTY + "=all.";

	private static final Logger logger = LoggerFactory.getLogger(RequestsCassette.class);

	private final Path file;

	private final Mode mode;

	private final Matching matching;

	private final SecretMasker mask;

	private final boolean recording;

	private final ReentrantLock lock = new ReentrantLock();

	/** The recorded exchanges, or those that have not been played back yet. */
	private final List<HarEntry> entries;

	private @Nullable AssertionError failure;

	private boolean announced;

	private boolean passed = true;

	Cassette(RequestsCassette annotation, Environment environment) {
		this.file = Path.of(annotation.directory()).resolve(annotation.value());
		this.mode = mode(annotation, environment);
		this.matching = annotation.matching();
		this.mask = SecretMasker.with(List.of(annotation.masked()));
		boolean exists = Files.exists(this.file);
		this.recording = this.mode == Mode.ALL || (this.mode == Mode.ONCE && !exists);
		this.entries = (exists && !this.recording) ? new ArrayList<>(HarFile.read(this.file)) : new ArrayList<>();
	}

	private static Mode mode(RequestsCassette annotation, Environment environment) {
		String property = environment.getProperty(MODE_PROPERTY, "").strip();
		Mode mode = property.isEmpty() ? annotation.mode() : parse(property);
		if (mode != Mode.AUTO) {
			return mode;
		}
		String ci = environment.getProperty("CI", "").strip();
		return (ci.isEmpty() || ci.equalsIgnoreCase("false")) ? Mode.ONCE : Mode.NONE;
	}

	private static Mode parse(String property) {
		for (Mode mode : Mode.values()) {
			if (mode.name().equalsIgnoreCase(property)) {
				return mode;
			}
		}
		throw new IllegalStateException("The property " + MODE_PROPERTY + " is '" + property
				+ "', which is not a mode. Set it to none, once, all or auto.");
	}

	boolean isRecording() {
		return this.recording;
	}

	/** Logs that the network is used, once for each cassette. */
	void announce(RecordedCall call) {
		this.lock.lock();
		try {
			if (!this.announced) {
				logger.info("Recording {}. {} {} and all other calls of this test are sent to their servers.",
						this.file, call.method(), this.mask.address(call.url()));
			}
			this.announced = true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Adds an exchange.
	 * @param call the request
	 * @param response the response, with its decoded content
	 * @param encoded the body of the response as it was received
	 * @param started when the request was sent
	 */
	void record(RecordedCall call, Response response, byte[] encoded, Instant started) {
		byte[] body = received(response);
		boolean encodable = ContentCodings.of(response.headers().get("Content-Encoding")).areSupported();
		boolean masked = !Arrays.equals(body, response.content());
		HarEntry entry = new HarEntry(started, response.elapsed().toMillis(), call.method(),
				this.mask.address(call.url()), headers(call.headers()), (call.body().length > 0) ? sent(call) : null,
				response.statusCode(), Objects.requireNonNullElse(response.reason(), ""), headers(response.headers()),
				body, (encodable || masked) ? null : encoded);
		this.lock.lock();
		try {
			this.entries.add(entry);
		}
		finally {
			this.lock.unlock();
		}
	}

	private List<HarEntry.Header> headers(CaseInsensitiveHeaders headers) {
		List<HarEntry.Header> list = new ArrayList<>();
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			headers.getAll(name).forEach((value) -> list.add(new HarEntry.Header(name, this.mask.header(name, value))));
		}
		return list;
	}

	private String sent(RecordedCall call) {
		return this.mask.body(call.headers().get("Content-Type"), call.text());
	}

	private byte[] received(Response response) {
		byte[] content = response.content();
		String text = HarFile.text(content);
		return (text == null) ? content
				: this.mask.body(response.headers().get("Content-Type"), text).getBytes(StandardCharsets.UTF_8);
	}

	/** Returns the recorded response to a call. */
	Reply play(RecordedCall call) {
		this.lock.lock();
		try {
			HarEntry entry = (this.matching == Matching.STRICT) ? next(call) : any(call);
			if (entry == null) {
				AssertionError error = new AssertionError(describe(call));
				this.failure = (this.failure != null) ? this.failure : error;
				throw error;
			}
			return reply(entry);
		}
		finally {
			this.lock.unlock();
		}
	}

	private String describe(RecordedCall call) {
		if (!Files.exists(this.file)) {
			return this.file + " does not exist, and the mode " + this.mode.name().toLowerCase(Locale.ROOT)
					+ " does not record. This call was not sent:\n" + call
					+ "\nRun the test without the environment variable CI, or with -D" + MODE_PROPERTY
					+ "=once, and commit the file.";
		}
		return this.file + " has no response to this call:\n" + call + ((this.matching == Matching.STRICT)
				? "\nThe next recorded call is:\n" : "\nThe recorded calls are:\n") + remaining() + ADVICE;
	}

	private @Nullable HarEntry next(RecordedCall call) {
		if (this.entries.isEmpty()) {
			return null;
		}
		HarEntry entry = this.entries.get(0);
		String body = (call.body().length > 0) ? sent(call) : null;
		boolean same = sameTarget(entry, call) && (isMultipart(call) || Objects.equals(body, entry.requestBody()));
		return same ? this.entries.remove(0) : null;
	}

	/**
	 * Returns whether the body is multipart, whose boundary is different for each call.
	 */
	private static boolean isMultipart(RecordedCall call) {
		String type = call.headers().get("Content-Type");
		return type != null && type.startsWith("multipart/");
	}

	private @Nullable HarEntry any(RecordedCall call) {
		List<HarEntry> same = this.entries.stream().filter((entry) -> sameTarget(entry, call)).toList();
		if (same.size() > 1) {
			this.entries.remove(same.get(0));
		}
		return same.isEmpty() ? null : same.get(0);
	}

	private boolean sameTarget(HarEntry entry, RecordedCall call) {
		return entry.method().equalsIgnoreCase(call.method())
				&& UrlMatch.same(entry.url(), this.mask.address(call.url()));
	}

	private String remaining() {
		long shown = (this.matching == Matching.STRICT) ? 1 : 20;
		return this.entries.isEmpty() ? "  none"
				: this.entries.stream().limit(shown).map(HarEntry::describe).collect(Collectors.joining("\n"));
	}

	/**
	 * Returns a reply with the original headers and body, so that the body is decoded as
	 * in a call over the network. The length is that of the masked body.
	 */
	private static Reply reply(HarEntry entry) {
		ContentCodings codings = ContentCodings.of(entry.header("Content-Encoding"));
		boolean empty = entry.body().length == 0;
		boolean decoded = !empty && entry.encoded() == null && !codings.areSupported();
		byte[] body = entry.body();
		if (entry.encoded() != null) {
			body = entry.encoded();
		}
		else if (!empty && !decoded) {
			body = codings.encode(body);
		}
		Reply reply = Reply.status(entry.status()).reason(entry.reason());
		for (HarEntry.Header header : entry.headers()) {
			String name = header.name().toLowerCase(Locale.ROOT);
			boolean masked = name.equals("set-cookie") && header.value().equals(Secrets.MASK);
			if (name.equals("content-length") && !empty) {
				reply = reply.header(header.name(), String.valueOf(body.length));
			}
			else if (!masked && !(decoded && name.equals("content-encoding"))) {
				reply = reply.header(header.name(), header.value());
			}
		}
		return reply.bytes(body);
	}

	/**
	 * Fails the test if the application caught the error for a call that was not
	 * recorded.
	 * @param success whether the test has passed so far
	 */
	void endOfMethod(boolean success) {
		this.passed &= success;
		AssertionError error = this.failure;
		this.failure = null;
		if (error != null) {
			this.passed = false;
			if (success) {
				throw error;
			}
		}
	}

	/** Writes the recorded exchanges, or checks that all were played back. */
	void end() {
		if (!this.passed || this.entries.isEmpty()) {
			return;
		}
		if (this.recording) {
			HarFile.write(this.file, this.entries);
			logger.info("Recorded {} exchanges in {}. Check the file for secrets before you commit it.",
					this.entries.size(), this.file);
		}
		else if (this.matching == Matching.STRICT) {
			throw new AssertionError(this.file + " has recorded calls that were not made:\n" + remaining() + ADVICE);
		}
	}

}
