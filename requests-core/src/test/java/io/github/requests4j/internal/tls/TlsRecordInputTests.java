package io.github.requests4j.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of the input of TLS: how often the socket is read, and which alert is removed.
 */
class TlsRecordInputTests {

	private static final String WARNING = "15 0303 0002 01 70";

	private static final String SERVER_HELLO = "16 0303 0004 02 00 00 00";

	private static final String CHANGE_CIPHER_SPEC = "14 0303 0001 01";

	private static final String ENCRYPTED = "17 0303 0003 aa bb cc";

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

	/** The output, read as JSSE reads it: a header, then its record. */
	private static String throughRecords(InputStream in) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		while (true) {
			byte[] header = in.readNBytes(5);
			out.writeBytes(header);
			if (header.length < 5) {
				return HexFormat.of().formatHex(out.toByteArray());
			}
			out.writeBytes(in.readNBytes((header[3] & 0xff) << 8 | header[4] & 0xff));
		}
	}

	private static String plain(String... hex) {
		return String.join("", hex).replace(" ", "");
	}

	@Test
	void wholeRecordIsReadWithOneSocketRead() throws IOException {
		Pieces socket = new Pieces(bytes(ENCRYPTED), bytes(ENCRYPTED + ENCRYPTED));
		TlsRecordInput in = new TlsRecordInput(socket, true);
		assertThat(in.readNBytes(5)).isEqualTo(bytes("17 0303 0003"));
		assertThat(in.buffered()).isEqualTo(3);
		assertThat(in.readNBytes(3)).isEqualTo(bytes("aa bb cc"));
		assertThat(socket.reads).isEqualTo(1);
		assertThat(in.readNBytes(16)).hasSize(16);
		assertThat(socket.reads).isEqualTo(2);
		assertThat(in.buffered()).isZero();
	}

	@Test
	void largestRecordIsReadAtOnce() throws IOException {
		byte[] record = new byte[5 + 16 * 1024 + 256];
		Arrays.fill(record, (byte) 0x17);
		Pieces socket = new Pieces(record);
		TlsRecordInput in = new TlsRecordInput(socket, true);
		assertThat(in.readNBytes(record.length)).isEqualTo(record);
		assertThat(socket.reads).isEqualTo(1);
	}

	@Test
	void longerReadReturnsTheBufferedBytes() throws IOException {
		Pieces socket = new Pieces(bytes(ENCRYPTED));
		TlsRecordInput in = new TlsRecordInput(socket, true);
		assertThat(in.read()).isEqualTo(0x17);
		byte[] target = new byte[100];
		assertThat(in.read(target, 10, 90)).isEqualTo(7);
		assertThat(Arrays.copyOfRange(target, 10, 17)).isEqualTo(bytes("0303 0003 aa bb cc"));
		assertThat(socket.reads).isEqualTo(1);
		assertThat(in.read(target, 0, 0)).isZero();
		assertThat(in.read(target, 0, 1)).isEqualTo(-1);
		assertThat(in.read()).isEqualTo(-1);
	}

	@Test
	void availableIncludesBufferAndSocket() throws IOException {
		TlsRecordInput in = new TlsRecordInput(new Pieces(bytes(ENCRYPTED), bytes("01 02")), true);
		assertThat(in.available()).isEqualTo(10);
		in.readNBytes(6);
		assertThat(in.buffered()).isEqualTo(2);
		assertThat(in.available()).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unrecognizedNameWarningIsRemoved(boolean readAhead) throws IOException {
		String rest = plain(SERVER_HELLO, CHANGE_CIPHER_SPEC, ENCRYPTED);
		for (String warning : new String[] { WARNING, "15 0301 0002 01 70", "15 0300 0002 01 70" }) {
			assertThat(throughRecords(new TlsRecordInput(new Pieces(bytes(warning + rest)), readAhead)))
				.isEqualTo(rest);
		}
		assertThat(throughRecords(new TlsRecordInput(new Pieces(bytes(SERVER_HELLO + WARNING + ENCRYPTED)), readAhead)))
			.isEqualTo(plain(SERVER_HELLO, ENCRYPTED));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void warningIsRemovedHoweverItIsSplit(boolean readAhead) throws IOException {
		byte[] all = bytes(WARNING + SERVER_HELLO + ENCRYPTED);
		for (int size = 1; size <= all.length; size++) {
			assertThat(throughRecords(new TlsRecordInput(Pieces.of(all, size), readAhead))).as("in pieces of %d", size)
				.isEqualTo(plain(SERVER_HELLO, ENCRYPTED));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "15 0303 0002 02 70", "15 0303 0002 01 00", "15 0303 0002 02 28", "15 0303 0003 01 70 00",
			"15 0303 0004 01 70 01 70", "16 0303 0002 01 70", "17 0303 0002 01 70", "14 0303 0002 01 70",
			"15 0203 0002 01 70", "15 0303 0102 01 70" })
	void otherRecordsAreNotRemoved(String record) throws IOException {
		for (boolean readAhead : new boolean[] { true, false }) {
			byte[] all = bytes(record + SERVER_HELLO);
			assertThat(throughRecords(new TlsRecordInput(new Pieces(all), readAhead)))
				.isEqualTo(plain(record, SERVER_HELLO));
		}
	}

	@Test
	void onlyOneWarningIsRemoved() throws IOException {
		byte[] all = bytes(WARNING + WARNING + SERVER_HELLO);
		assertThat(throughRecords(new TlsRecordInput(new Pieces(all), true))).isEqualTo(plain(WARNING, SERVER_HELLO));
	}

	@ParameterizedTest
	@ValueSource(strings = { CHANGE_CIPHER_SPEC, ENCRYPTED, "48 54 54 50 2f" })
	void nothingIsRemovedOnceRecordsAreEncrypted(String first) throws IOException {
		byte[] all = bytes(first + WARNING);
		TlsRecordInput in = new TlsRecordInput(new Pieces(all), true);
		assertThat(in.readAllBytes()).isEqualTo(all);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "15", "15 0303", "15 0303 0002", "15 0303 0002 01", "16 0303 0004 02" })
	void endOfStreamWithinARecordIsReported(String cut) throws IOException {
		for (boolean readAhead : new boolean[] { true, false }) {
			TlsRecordInput in = new TlsRecordInput(new Pieces(bytes(cut)), readAhead);
			assertThat(in.readAllBytes()).isEqualTo(bytes(cut));
			assertThat(in.read()).isEqualTo(-1);
		}
	}

	@Test
	void nothingIsReadInAdvanceWithoutReadAhead() throws IOException {
		Pieces socket = new Pieces(bytes(WARNING + SERVER_HELLO + CHANGE_CIPHER_SPEC + ENCRYPTED + "7f 7f"));
		TlsRecordInput in = new TlsRecordInput(socket, false);
		in.readNBytes(9);
		in.readNBytes(6);
		in.readNBytes(8);
		assertThat(in.buffered()).isZero();
		assertThat(socket.available()).isEqualTo(2);
	}

	@Test
	void timedOutReadLosesNoData() throws IOException {
		Pieces socket = new Pieces(bytes("15 0303"), null, bytes("0002 01"), null, bytes("70" + SERVER_HELLO));
		TlsRecordInput in = new TlsRecordInput(socket, true);
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> in.read(new byte[5], 0, 5));
		}
		assertThat(throughRecords(in)).isEqualTo(plain(SERVER_HELLO));
	}

	/** A socket that returns one piece for each read; {@code null} is a timeout. */
	private static final class Pieces extends InputStream {

		private final Deque<byte[]> pieces = new ArrayDeque<>();

		private int reads;

		Pieces(byte[]... pieces) {
			for (byte[] piece : pieces) {
				this.pieces.add((piece != null) ? piece : new byte[0]);
			}
			if (pieces.length == 1 && pieces[0].length == 0) {
				this.pieces.clear();
			}
		}

		static Pieces of(byte[] all, int size) {
			Pieces pieces = new Pieces();
			for (int i = 0; i < all.length; i += size) {
				pieces.pieces.add(Arrays.copyOfRange(all, i, Math.min(all.length, i + size)));
			}
			return pieces;
		}

		@Override
		public int read() {
			throw new UnsupportedOperationException();
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			this.reads++;
			byte[] piece = this.pieces.poll();
			if (piece == null) {
				return -1;
			}
			if (piece.length == 0) {
				throw new SocketTimeoutException("Read timed out");
			}
			int count = Math.min(length, piece.length);
			System.arraycopy(piece, 0, target, offset, count);
			if (count < piece.length) {
				this.pieces.addFirst(Arrays.copyOfRange(piece, count, piece.length));
			}
			return count;
		}

		@Override
		public int available() {
			return this.pieces.stream().mapToInt((piece) -> piece.length).sum();
		}

	}

}
