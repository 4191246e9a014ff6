package io.github.requests4j.spring.test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.Response;
import io.github.requests4j.internal.url.SecretMasker;
import io.github.requests4j.internal.url.Secrets;
import io.github.requests4j.spring.test.RequestsCassette.Matching;

/**
 * The exchanges of one file: being recorded, or being played. Safe for many threads.
 */
final class Cassette {

	private final Path file;

	private final Matching matching;

	private final SecretMasker mask;

	private final boolean recording;

	private final ReentrantLock lock = new ReentrantLock();

	/** What was recorded, or is still to be played. */
	private final List<HarEntry> entries;

	private @Nullable AssertionError failure;

	Cassette(RequestsCassette annotation) {
		this.file = Path.of(annotation.directory()).resolve(annotation.value());
		this.matching = annotation.matching();
		this.mask = SecretMasker.with(List.of(annotation.masked()));
		this.recording = !Files.exists(this.file);
		this.entries = this.recording ? new ArrayList<>() : new ArrayList<>(HarFile.read(this.file));
	}

	boolean isRecording() {
		return this.recording;
	}

	/** Keeps an exchange, with a place for each in the order in which they began. */
	void record(RecordedCall call, Response response, Instant started) {
		HarEntry entry = new HarEntry(started, response.elapsed().toMillis(), call.method(),
				this.mask.address(call.url()), headers(call.headers()), (call.body().length > 0) ? sent(call) : null,
				response.statusCode(), Objects.requireNonNullElse(response.reason(), ""), headers(response.headers()),
				received(response));
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

	/** The recorded answer to a call. */
	Reply play(RecordedCall call) {
		this.lock.lock();
		try {
			HarEntry entry = (this.matching == Matching.STRICT) ? next(call) : any(call);
			if (entry == null) {
				AssertionError error = new AssertionError(this.file + " has no answer to this call:\n" + call
						+ "\nIt has" + ((this.matching == Matching.STRICT) ? " next:\n" : ":\n") + remaining()
						+ "\nDelete the file to record it again.");
				this.failure = (this.failure != null) ? this.failure : error;
				throw error;
			}
			return reply(entry);
		}
		finally {
			this.lock.unlock();
		}
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

	/** The boundary is another one each time. */
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
		return this.entries.isEmpty() ? "  nothing more"
				: this.entries.stream().limit(shown).map(HarEntry::describe).collect(Collectors.joining("\n"));
	}

	/** The body was decoded when it was recorded, and has a length of its own. */
	private static Reply reply(HarEntry entry) {
		Reply reply = Reply.status(entry.status());
		String type = entry.header(entry.headers(), "Content-Type");
		for (HarEntry.Header header : entry.headers()) {
			String name = header.name().toLowerCase(Locale.ROOT);
			boolean masked = name.equals("set-cookie") && header.value().equals(Secrets.MASK);
			if (!masked && !List.of("content-encoding", "content-length", "transfer-encoding", "content-type")
				.contains(name)) {
				reply = reply.header(header.name(), header.value());
			}
		}
		return (type != null) ? reply.body(type, entry.body()) : reply.bytes(entry.body());
	}

	/** Writes what was recorded, or checks that everything was played. */
	void end(boolean passed) {
		if (this.recording) {
			if (passed && !this.entries.isEmpty()) {
				HarFile.write(this.file, this.entries);
			}
			return;
		}
		if (passed && this.failure != null) {
			throw this.failure;
		}
		if (passed && this.matching == Matching.STRICT && !this.entries.isEmpty()) {
			throw new AssertionError(this.file + " has answers to calls that were not made:\n" + remaining()
					+ "\nDelete the file to record it again.");
		}
	}

}
