package io.github.requests4j.interop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.RequestOptions;

/**
 * The ways to upload a file.
 */
enum Upload {

	/** With a length. */
	FILE {
		@Override
		Consumer<RequestOptions> of(Path file) {
			return (request) -> request.data(file);
		}
	},

	/** With a length, from memory. */
	BYTES {
		@Override
		Consumer<RequestOptions> of(Path file) {
			return (request) -> request.data(read(file));
		}
	},

	/** In chunks, because the stream is not recognised as a file. */
	STREAM {
		@Override
		Consumer<RequestOptions> of(Path file) {
			return (request) -> request.data(open(file));
		}
	},

	/** In chunks. */
	ITERATOR {
		@Override
		Consumer<RequestOptions> of(Path file) {
			return (request) -> request.data(pieces(read(file)));
		}
	},

	/** As the only part of a form. */
	MULTIPART {
		@Override
		Consumer<RequestOptions> of(Path file) {
			return (request) -> request.files(FilePart.of("upload", file));
		}
	};

	/** The size of a large file, beyond the buffers of sockets. */
	static final int LARGE = (Boolean.getBoolean("deep") ? 20 : 8) << 20;

	private static final int PIECE = 50_000;

	abstract Consumer<RequestOptions> of(Path file);

	/** Writes a file that no encoding makes smaller, always with the same content. */
	static Path write(Path file, int size) throws IOException {
		byte[] block = new byte[1 << 20];
		Random random = new Random(size);
		try (var out = Files.newOutputStream(file)) {
			for (int left = size; left > 0; left -= block.length) {
				random.nextBytes(block);
				out.write(block, 0, Math.min(left, block.length));
			}
		}
		return file;
	}

	private static byte[] read(Path file) {
		try {
			return Files.readAllBytes(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InputStream open(Path file) {
		try {
			return Files.newInputStream(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Iterator<byte[]> pieces(byte[] content) {
		return IntStream.iterate(0, (at) -> at < content.length, (at) -> at + PIECE)
			.mapToObj((at) -> Arrays.copyOfRange(content, at, Math.min(at + PIECE, content.length)))
			.iterator();
	}

}
