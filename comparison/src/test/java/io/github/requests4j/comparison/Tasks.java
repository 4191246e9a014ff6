package io.github.requests4j.comparison;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * The tasks as one library does them; the slice test is a test of its own.
 */
interface Tasks {

	/** One item by one of these: json, timeouts, retry, basic, and so on. */
	Item item(String task);

	List<Item> pages(URI first) throws IOException;

	long download(Path file, LongConsumer progress) throws IOException;

}
