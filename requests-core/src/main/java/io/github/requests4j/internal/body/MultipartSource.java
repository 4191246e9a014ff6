package io.github.requests4j.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.body.BodySource;

/**
 * A multipart message, by default {@code multipart/form-data} (RFC 7578). Its parts are
 * streamed. Its length is known if the lengths of all parts are.
 */
public final class MultipartSource implements BodySource {

	private static final int BOUNDARY_BYTES = 16;

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final byte[] CRLF = { '\r', '\n' };

	/** The media type of a form with files. */
	public static final String FORM_DATA = "multipart/form-data";

	private final String type;

	private final String boundary;

	private final List<MultipartPart> parts;

	private final List<byte[]> heads;

	private final byte[] end;

	/**
	 * Creates a message with a random boundary.
	 * @param parts the parts in order
	 */
	public MultipartSource(List<MultipartPart> parts) {
		this(parts, FORM_DATA);
	}

	/**
	 * Creates a message of another multipart type, with its own boundary.
	 * @param parts the parts in their order
	 * @param type the media type, without a boundary
	 */
	public MultipartSource(List<MultipartPart> parts, String type) {
		this(parts, type, randomBoundary());
	}

	MultipartSource(List<MultipartPart> parts, String type, String boundary) {
		this.type = type;
		this.boundary = boundary;
		this.parts = List.copyOf(parts);
		this.heads = new ArrayList<>(parts.size());
		for (MultipartPart part : this.parts) {
			this.heads.add(bytes("--" + boundary + "\r\n" + part.head()));
		}
		this.end = bytes("--" + boundary + "--\r\n");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Returns the Content-Type with the boundary.
	 * @return the media type with its parameter
	 */
	public String contentType() {
		return this.type + "; boundary=" + this.boundary;
	}

	/**
	 * Returns the media type without its boundary.
	 * @return the media type
	 */
	public String type() {
		return this.type;
	}

	/**
	 * Returns the parts.
	 * @return the parts in order
	 */
	public List<MultipartPart> parts() {
		return this.parts;
	}

	@Override
	public long contentLength() {
		long length = this.end.length;
		for (int i = 0; i < this.parts.size(); i++) {
			long content = this.parts.get(i).content().contentLength();
			if (content == UNKNOWN_LENGTH) {
				return UNKNOWN_LENGTH;
			}
			length += this.heads.get(i).length + content + CRLF.length;
		}
		return length;
	}

	@Override
	public byte @Nullable [] bytes() {
		int length = this.end.length;
		List<byte[]> contents = new ArrayList<>(this.parts.size());
		for (int i = 0; i < this.parts.size(); i++) {
			byte[] content = this.parts.get(i).content().bytes();
			if (content == null) {
				return null;
			}
			contents.add(content);
			length = Math.addExact(length, this.heads.get(i).length + content.length + CRLF.length);
		}
		return join(contents, length);
	}

	private byte[] join(List<byte[]> contents, int length) {
		ByteBuffer joined = ByteBuffer.allocate(length);
		for (int i = 0; i < contents.size(); i++) {
			joined.put(this.heads.get(i)).put(contents.get(i)).put(CRLF);
		}
		return joined.put(this.end).array();
	}

	@Override
	public void prepare() throws IOException {
		for (MultipartPart part : this.parts) {
			part.content().prepare();
		}
	}

	@Override
	public void writeTo(OutputStream out) throws IOException {
		for (int i = 0; i < this.parts.size(); i++) {
			out.write(this.heads.get(i));
			this.parts.get(i).content().writeTo(out);
			out.write(CRLF);
		}
		out.write(this.end);
	}

	@Override
	public boolean isRewindable() {
		for (MultipartPart part : this.parts) {
			if (!part.content().isRewindable()) {
				return false;
			}
		}
		return true;
	}

	@Override
	public boolean isShareable() {
		for (MultipartPart part : this.parts) {
			if (!part.content().isShareable()) {
				return false;
			}
		}
		return true;
	}

	@Override
	public void rewind() throws IOException {
		for (MultipartPart part : this.parts) {
			part.content().rewind();
		}
	}

	/**
	 * Returns 128 random bits as 32 lower-case hexadecimal digits. They cannot be
	 * guessed, so the content of a part cannot end the part (CVE-2025-7783 in another
	 * client).
	 */
	static String randomBoundary() {
		byte[] bytes = new byte[BOUNDARY_BYTES];
		RANDOM.nextBytes(bytes);
		return HexFormat.of().formatHex(bytes);
	}

}
