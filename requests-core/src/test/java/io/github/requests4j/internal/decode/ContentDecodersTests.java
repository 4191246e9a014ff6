package io.github.requests4j.internal.decode;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;

import com.github.luben.zstd.ZstdCompressCtx;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.requests4j.testserver.AllocatedBytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ContentDecodersTests {

	private static final DecodeLimits UNBOUNDED = new DecodeLimits(5, -1, -1);

	private static final byte[] TEXT = "Requests is an elegant and simple HTTP library. ".repeat(9)
		.getBytes(StandardCharsets.US_ASCII);

	@Test
	@DisplayName("10: br and zstd are announced if their decoders are available")
	void availableDecodersAreAnnounced() {
		assertThat(OptionalCodecs.acceptEncoding()).isEqualTo("gzip, deflate, br, zstd");
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("226: every coding is decoded")
	void everyCodingIsDecoded(Encoded encoded) throws IOException {
		assertThat(read(encoded.of(TEXT), encoded.coding)).isEqualTo(TEXT);
		assertThat(read(encoded.of(new byte[0]), encoded.coding)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("226: a body is decoded however it is split in transit and however it is read")
	void bodyIsDecodedWhateverTheReadSize(Encoded encoded) throws IOException {
		byte[] random = new byte[100_000];
		new Random(7).nextBytes(random);
		System.arraycopy(new byte[50_000], 0, random, 20_000, 50_000);
		InputStream slow = new Source(encoded.of(random), 1);
		assertThat(ContentDecoders.decode(slow, encoded.coding, UNBOUNDED).readAllBytes()).isEqualTo(random);
		InputStream decoded = ContentDecoders.decode(new Source(encoded.of(TEXT), 3), encoded.coding, UNBOUNDED);
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		for (int next = decoded.read(); next >= 0; next = decoded.read()) {
			out.write(next);
		}
		assertThat(out.toByteArray()).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@CsvSource({ "gzip, GZIP", "GZip, GZIP", "x-gzip, GZIP", "X-GZIP, GZIP", "Deflate, ZLIB", "BR, BR", "ZSTD, ZSTD",
			"' gzip ', GZIP", "'identity, gzip', GZIP", "'gzip, identity,', GZIP", "',gzip', GZIP" })
	@DisplayName("226: names of codings ignore case, and identity is not a coding")
	void codingNamesIgnoreCase(String contentEncoding, Encoded encoded) throws IOException {
		assertThat(read(encoded.of(TEXT), contentEncoding)).isEqualTo(TEXT);
	}

	@Test
	@DisplayName("226: several codings are decoded from right to left")
	void severalCodingsAreDecodedFromRightToLeft() throws IOException {
		byte[] body = Encoded.ZSTD.of(Encoded.BR.of(Encoded.ZLIB.of(Encoded.GZIP.of(TEXT))));
		assertThat(read(body, "gzip, deflate, br, zstd")).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@ValueSource(strings = { "compress", "identity", "", "gzip, compress", "x" })
	@DisplayName("226: a body in an unknown coding is returned as the same stream")
	void unknownCodingIsNotDecoded(String contentEncoding) throws IOException {
		InputStream raw = new ByteArrayInputStream(TEXT);
		assertThat(ContentDecoders.decode(raw, contentEncoding, UNBOUNDED)).isSameAs(raw);
		assertThat(ContentDecoders.isEncoded("gzip")).isTrue();
		assertThat(ContentDecoders.isEncoded(null)).isFalse();
		assertThat(ContentDecoders.isEncoded("identity")).isFalse();
	}

	@Test
	@DisplayName("226: codings are decoded up to an unknown one")
	void decodingStopsAtAnUnknownCoding() throws IOException {
		assertThat(read(Encoded.GZIP.of(TEXT), "compress, gzip")).isEqualTo(TEXT);
		byte[] gzip = Encoded.GZIP.of(TEXT);
		assertThat(read(Encoded.ZLIB.of(gzip), "gzip, compress, deflate")).isEqualTo(gzip);
	}

	@Test
	@DisplayName("threat 25 (urllib3 CVE-2025-66418): at most five codings are decoded")
	void atMostFiveCodingsAreDecoded() throws IOException {
		byte[] body = TEXT;
		for (int i = 0; i < 5; i++) {
			body = Encoded.GZIP.of(body);
		}
		assertThat(read(body, "gzip, gzip, gzip, gzip, gzip")).isEqualTo(TEXT);
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(TEXT, "gzip, gzip, gzip, gzip, gzip, gzip"))
			.withMessageContaining("more than 5 content codings");
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(TEXT, "x, x, x, x, x, x" + ", x".repeat(100_000)));
	}

	@Test
	@DisplayName("226: the members of a gzip body are joined")
	void membersOfAGzipBodyAreJoined() throws IOException {
		byte[] two = concat(Encoded.GZIP.of(TEXT), Encoded.GZIP.of(new byte[0]), Encoded.GZIP.of(TEXT));
		assertThat(read(two, "gzip")).isEqualTo(concat(TEXT, TEXT));
		assertThat(read(concat(Encoded.ZSTD.of(TEXT), Encoded.ZSTD.of(TEXT)), "zstd")).isEqualTo(concat(TEXT, TEXT));
	}

	@ParameterizedTest
	@EnumSource(names = { "GZIP", "ZLIB", "BARE_DEFLATE" })
	@DisplayName("226: garbage after the coded data is consumed and ignored")
	void trailingGarbageIsIgnored(Encoded encoded) throws IOException {
		for (String garbage : new String[] { "\0", "garbage", "\u001f", "\u001f\u008b", "g".repeat(50_000) }) {
			byte[] body = concat(encoded.of(TEXT), garbage.getBytes(StandardCharsets.ISO_8859_1));
			Source source = new Source(body, 1000);
			assertThat(ContentDecoders.decode(source, encoded.coding, UNBOUNDED).readAllBytes()).isEqualTo(TEXT);
			assertThat(source.atEnd).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("226 (difference): a body that is truncated anywhere is an error")
	void truncatedBodyIsAnError(Encoded encoded) throws IOException {
		byte[] whole = encoded.of(TEXT);
		assertThat(read(new byte[0], encoded.coding)).isEmpty();
		for (int length = 1; length < whole.length; length++) {
			byte[] cut = Arrays.copyOf(whole, length);
			assertThatExceptionOfType(DecodingException.class).as("cut to %d of %d", length, whole.length)
				.isThrownBy(() -> read(cut, encoded.coding));
		}
	}

	@Test
	@DisplayName("226 (difference): a truncated second gzip member is an error, too")
	void truncatedSecondMemberIsAnError() {
		byte[] first = Encoded.GZIP.of(TEXT);
		byte[] second = Encoded.GZIP.of(TEXT);
		for (int length = 3; length < second.length; length++) {
			byte[] body = concat(first, Arrays.copyOf(second, length));
			assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(body, "gzip"))
				.withMessage("The gzip data is truncated.");
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("227: data that does not match its coding is always a DecodingException")
	void invalidDataIsAnError(Encoded encoded) {
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read("This is no such thing.".getBytes(StandardCharsets.US_ASCII), encoded.coding));
		byte[] whole = encoded.of(TEXT);
		Random random = new Random(11);
		for (int i = 0; i < 2000; i++) {
			byte[] broken = whole.clone();
			broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
			try {
				read(broken, encoded.coding);
			}
			catch (Exception ex) {
				assertThat(ex).isInstanceOf(DecodingException.class);
			}
		}
	}

	@Test
	@DisplayName("227: the checksum and length of gzip are verified")
	void gzipChecksumAndLengthAreVerified() {
		byte[] body = Encoded.GZIP.of(TEXT);
		for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
			byte[] broken = body.clone();
			broken[broken.length - fromEnd] ^= 1;
			assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(broken, "gzip"))
				.withMessageMatching("The gzip data is invalid: its (length|checksum) is wrong");
		}
	}

	@Test
	@DisplayName("226: all optional fields of a gzip header are accepted")
	void optionalGzipHeaderFieldsAreAccepted() throws IOException {
		byte[] plain = Encoded.GZIP.of(TEXT);
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.write(plain, 0, 3);
		body.write(2 | 4 | 8 | 16);
		body.write(plain, 4, 6);
		body.write(new byte[] { 3, 0, 9, 9, 9 });
		body.write("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
		body.write(new byte[] { 1, 2 });
		body.write(plain, 10, plain.length - 10);
		assertThat(read(body.toByteArray(), "gzip")).isEqualTo(TEXT);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x20, 0x40, 0x80, 0xe0 })
	@DisplayName("227: reserved flags of a gzip header are rejected, because they may add unknown fields")
	void reservedGzipFlagsAreRejected(int flags) {
		byte[] body = Encoded.GZIP.of(TEXT);
		body[3] = (byte) flags;
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(body, "gzip"))
			.withMessage("The gzip data is invalid: its header has reserved flags");
	}

	@Test
	@DisplayName("227: errors of the source are not wrapped")
	void errorsOfTheSourceAreNotWrapped() {
		for (Encoded encoded : Encoded.values()) {
			IOException reset = new IOException("reset");
			InputStream failing = new SequenceInputStream(new ByteArrayInputStream(Arrays.copyOf(encoded.of(TEXT), 12)),
					new InputStream() {
						@Override
						public int read() throws IOException {
							throw reset;
						}
					});
			assertThatIOException()
				.isThrownBy(() -> ContentDecoders.decode(failing, encoded.coding, UNBOUNDED).readAllBytes())
				.isSameAs(reset);
		}
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("233: closing closes the source once, whether it was read or not")
	void closeClosesTheSourceOnce(Encoded encoded) throws IOException {
		Source source = new Source(encoded.of(TEXT), 10);
		InputStream decoded = ContentDecoders.decode(source, encoded.coding, UNBOUNDED);
		assertThat(source.atEnd).isFalse();
		decoded.read();
		decoded.close();
		decoded.close();
		assertThat(source.closed).isEqualTo(1);
		assertThat(decoded.read()).isEqualTo(-1);
		Source unread = new Source(encoded.of(TEXT), 10);
		ContentDecoders.decode(unread, encoded.coding, UNBOUNDED).close();
		assertThat(unread.closed).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("threat 24 (urllib3 CVE-2025-66471): a compression bomb is decoded in bounded memory")
	void compressionBombIsDecodedInBoundedMemory(Encoded encoded) throws IOException {
		int repeats = encoded.coding.equals("gzip") || encoded.coding.equals("zstd") ? 16 : 1;
		byte[] member = encoded.of(new byte[16 * 1024 * 1024]);
		InputStream bomb = new SequenceInputStream(Collections
			.enumeration(IntStream.range(0, repeats).mapToObj((i) -> new ByteArrayInputStream(member)).toList()));
		byte[] buffer = new byte[8 * 1024];
		long before = AllocatedBytes.ofThisThread();
		long total = 0;
		try (InputStream decoded = ContentDecoders.decode(bomb, encoded.coding, UNBOUNDED)) {
			for (int count = decoded.read(buffer); count >= 0; count = decoded.read(buffer)) {
				total += count;
			}
		}
		assertThat(total).isEqualTo(repeats * 16L * 1024 * 1024);
		// Some decoders take new buffers for each member, so that many members may take
		// more.
		assertThat(AllocatedBytes.ofThisThread() - before).isLessThan(Math.max(2 * 1024 * 1024, total / 32));
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("threat 24: the decoded size can be limited")
	void decodedSizeCanBeLimited(Encoded encoded) throws IOException {
		byte[] body = encoded.of(TEXT);
		assertThat(read(body, encoded.coding, new DecodeLimits(5, TEXT.length, -1))).isEqualTo(TEXT);
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(body, encoded.coding, new DecodeLimits(5, TEXT.length - 1, -1)))
			.withMessageContaining("larger than " + (TEXT.length - 1) + " bytes after decoding");
	}

	@Test
	@DisplayName("threat 24: a limit on the decoded size applies to a body without coding, too")
	void sizeOfAPlainBodyCanBeLimited() throws IOException {
		assertThat(read(TEXT, "", new DecodeLimits(5, TEXT.length, 1))).isEqualTo(TEXT);
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(TEXT, "", new DecodeLimits(5, 3, -1)));
		InputStream raw = new ByteArrayInputStream(TEXT);
		assertThat(ContentDecoders.decode(raw, null, new DecodeLimits(5, -1, 10))).isSameAs(raw);
	}

	@ParameterizedTest
	@EnumSource
	@DisplayName("threat 24: the decoding ratio can be limited, from 1 MiB on")
	void decodingRatioCanBeLimited(Encoded encoded) throws IOException {
		DecodeLimits limits = new DecodeLimits(5, -1, 10);
		assertThat(read(encoded.of(new byte[1024 * 1024]), encoded.coding, limits)).hasSize(1024 * 1024);
		byte[] bomb = encoded.of(new byte[1024 * 1024 + 8 * 1024]);
		assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(bomb, encoded.coding, limits))
			.withMessageContaining("more than 10 times larger after decoding");
	}

	@Test
	@DisplayName("threat 24: each of several layers is limited, not only the last")
	void eachLayerIsLimited() {
		byte[] empty = Encoded.GZIP.of(new byte[0]);
		byte[] manyEmpty = new byte[empty.length * 200_000];
		for (int i = 0; i < manyEmpty.length; i++) {
			manyEmpty[i] = empty[i % empty.length];
		}
		byte[] body = Encoded.GZIP.of(manyEmpty);
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> read(body, "gzip, gzip", new DecodeLimits(5, 1000, -1)));
	}

	@Test
	@DisplayName("threat 24 (RFC 9659): zstd rejects windows above 8 MiB")
	void zstdWindowIsLimited() throws IOException {
		byte[] data = new byte[9 * 1024 * 1024];
		new Random(3).nextBytes(data);
		try (ZstdCompressCtx compressor = new ZstdCompressCtx()) {
			byte[] usual = compressor.setLong(23).compress(data);
			assertThat(read(usual, "zstd")).isEqualTo(data);
			byte[] wide = compressor.setContentSize(false).setLong(27).compress(data);
			assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> read(wide, "zstd"));
		}
	}

	private static byte[] read(byte[] body, String contentEncoding) throws IOException {
		return read(body, contentEncoding, UNBOUNDED);
	}

	private static byte[] read(byte[] body, String contentEncoding, DecodeLimits limits) throws IOException {
		try (InputStream decoded = ContentDecoders.decode(new ByteArrayInputStream(body), contentEncoding, limits)) {
			return decoded.readAllBytes();
		}
	}

	private static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
	}

	private static final class Source extends InputStream {

		private final byte[] data;

		private final int step;

		private int position;

		boolean atEnd;

		int closed;

		Source(byte[] data, int step) {
			this.data = data;
			this.step = step;
		}

		@Override
		public int read() {
			this.atEnd = this.position == this.data.length;
			return this.atEnd ? -1 : this.data[this.position++] & 0xff;
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			int count = Math.min(Math.min(length, this.step), this.data.length - this.position);
			System.arraycopy(this.data, this.position, target, offset, count);
			this.position += count;
			this.atEnd = count == 0 && length > 0;
			return this.atEnd ? -1 : count;
		}

		@Override
		public void close() {
			this.closed++;
		}

	}

}
