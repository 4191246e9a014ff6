package io.github.requests4j.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.body.UnrepeatableSourceException;

/**
 * Items, each of which is sent as one chunk. Empty items are skipped, because an empty
 * chunk would end the body (RFC 9112 section 7.1).
 */
final class ItemsSource extends PositionedSource {

	private final Supplier<? extends Iterator<?>> items;

	private final boolean repeatable;

	ItemsSource(Supplier<? extends Iterator<?>> items, boolean repeatable) {
		this.items = Objects.requireNonNull(items, "items");
		this.repeatable = repeatable;
	}

	@Override
	public long contentLength() {
		return UNKNOWN_LENGTH;
	}

	@Override
	public boolean isRewindable() {
		return this.repeatable;
	}

	@Override
	void recordPosition() {
	}

	@Override
	void restorePosition() throws IOException {
		if (!this.repeatable) {
			throw new UnrepeatableSourceException("an iterator can be read only once");
		}
	}

	@Override
	void send(OutputStream out) throws IOException {
		Iterator<?> items = this.items.get();
		while (items.hasNext()) {
			byte[] bytes = bytesOf(items.next());
			if (bytes.length > 0) {
				out.write(bytes);
				out.flush();
			}
		}
	}

	private static byte[] bytesOf(@Nullable Object item) {
		if (item instanceof byte[] bytes) {
			return bytes;
		}
		if (item instanceof CharSequence text) {
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}
		String type = (item != null) ? item.getClass().getName() : "null";
		throw new IllegalArgumentException(
				"The items of a body must be strings or byte arrays, but one is " + type + ".");
	}

}
