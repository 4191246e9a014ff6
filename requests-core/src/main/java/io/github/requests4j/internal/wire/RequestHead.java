package io.github.requests4j.internal.wire;

import java.util.Arrays;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CaseInsensitiveHeaders;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.internal.text.HeaderRules;
import io.github.requests4j.internal.text.PrintableText;

/**
 * Encodes a request head, before a connection is opened. Rejects control characters in
 * the method, the target, the host and the headers (request injection). Values are
 * encoded as ISO-8859-1.
 */
public final class RequestHead {

	private static final String VERSION = " HTTP/1.1\r\n";

	private byte[] bytes;

	private int length;

	private RequestHead(int capacity) {
		this.bytes = new byte[capacity];
	}

	/**
	 * Encodes the head of a request. The headers keep their order, with Host first unless
	 * the caller has set it.
	 * @param host the value of the Host header unless the caller has set it
	 * @param more headers for this attempt only, or {@code null}
	 * @param addChunked whether to add the header for a chunked body
	 * @param forProxy the headers for the proxy that forwards the request, appended last;
	 * {@code null} without such a proxy
	 */
	public static byte[] encode(String method, String target, String host, CaseInsensitiveHeaders headers,
			@Nullable CaseInsensitiveHeaders more, boolean addChunked, @Nullable Map<String, String> forProxy) {
		RequestHead head = new RequestHead(estimate(method, target, host, headers));
		head.startLine(method, target);
		if (!headers.containsKey("Host")) {
			head.hostLine(host);
		}
		head.fields(headers, more, forProxy);
		if (more != null) {
			head.fields(more, null, forProxy);
		}
		if (addChunked) {
			head.field("Transfer-Encoding", "chunked");
		}
		if (forProxy != null) {
			head.fields(forProxy);
		}
		return head.end();
	}

	/**
	 * Encodes the head of a CONNECT request, which contains only the headers for the
	 * proxy.
	 */
	static byte[] encodeConnect(String authority, Map<String, String> headers) {
		RequestHead head = new RequestHead(256);
		head.startLine("CONNECT", authority);
		head.hostLine(authority);
		head.fields(headers);
		return head.end();
	}

	private static int estimate(String method, String target, String host, CaseInsensitiveHeaders headers) {
		int size = method.length() + target.length() + host.length() + 24;
		for (int i = 0; i < headers.size(); i++) {
			String value = headers.valueAt(i);
			size += headers.nameAt(i).length() + ((value != null) ? value.length() : 0) + 4;
		}
		return size;
	}

	private void startLine(String method, String target) {
		int bad = HeaderRules.indexOfNonToken(method);
		if (bad >= 0) {
			throw new IllegalArgumentException(
					"Method cannot contain non-token characters: there is one at position " + bad);
		}
		append(method);
		append(" ");
		bad = HeaderRules.indexOfInvisible(target);
		if (bad >= 0) {
			throw HeadFaults.invalidUrl("The request target cannot be sent: the character at position " + bad
					+ " is not allowed. Percent-encode it.");
		}
		append(target);
		append(VERSION);
	}

	private void hostLine(String host) {
		int bad = HeaderRules.indexOfInvisible(host);
		if (bad >= 0) {
			throw HeadFaults.invalidUrl("The Host header cannot be sent: the character at position " + bad
					+ " is not allowed. Check the host in the URL.");
		}
		append("Host: ");
		append(host);
		append("\r\n");
	}

	private void fields(Map<String, String> headers) {
		for (Map.Entry<String, String> header : headers.entrySet()) {
			field(header.getKey(), header.getValue());
		}
	}

	private void fields(CaseInsensitiveHeaders headers, @Nullable CaseInsensitiveHeaders overriding,
			@Nullable Map<String, String> forProxy) {
		for (int i = 0; i < headers.size(); i++) {
			String name = headers.nameAt(i);
			String value = headers.valueAt(i);
			if (value != null && !isOmitted(name, forProxy) && (overriding == null || !overriding.containsKey(name))) {
				field(name, value);
			}
		}
	}

	/**
	 * Returns whether a header is omitted. Proxy-Authorization is only for a proxy that
	 * forwards the request and must never reach an origin (CVE-2023-32681). Headers that
	 * are appended for the proxy are not repeated.
	 */
	private static boolean isOmitted(String name, @Nullable Map<String, String> forProxy) {
		if (forProxy == null) {
			return name.length() == 19 && name.equalsIgnoreCase("Proxy-Authorization");
		}
		for (String own : forProxy.keySet()) {
			if (own.equalsIgnoreCase(name)) {
				return true;
			}
		}
		return false;
	}

	private void field(String name, String value) {
		checkName(name);
		append(name);
		append(": ");
		appendValue(name, value);
		append("\r\n");
	}

	/**
	 * Checks and writes a value in one pass, because values are the largest part of a
	 * head.
	 */
	private void appendValue(String name, String value) {
		int size = value.length();
		ensureCapacity(size);
		byte[] target = this.bytes;
		int at = this.length;
		for (int i = 0; i < size; i++) {
			char c = value.charAt(i);
			if (!HeaderRules.isValue(c)) {
				throw invalidValue(name, c, i);
			}
			target[at + i] = (byte) c;
		}
		this.length = at + size;
	}

	private static void checkName(String name) {
		if (!HeaderRules.isName(name)) {
			throw HeadFaults.invalidHeader(
					"Invalid leading whitespace, reserved character(s), or return character(s) in header name: "
							+ PrintableText.quoted(name));
		}
	}

	private static RequestException invalidValue(String name, char c, int position) {
		return HeadFaults.invalidHeader("The value of header '" + name + "' cannot be sent: the character at position "
				+ position + ((c > 0xff) ? " is not in ISO-8859-1. Encode it, for instance as in RFC 8187."
						: " is a control character. Remove it."));
	}

	private void append(String text) {
		int size = text.length();
		ensureCapacity(size);
		int at = this.length;
		for (int i = 0; i < size; i++) {
			this.bytes[at + i] = (byte) text.charAt(i);
		}
		this.length = at + size;
	}

	private void ensureCapacity(int more) {
		if (this.length + more > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.length + more));
		}
	}

	private byte[] end() {
		append("\r\n");
		if (this.length == this.bytes.length) {
			return this.bytes;
		}
		return Arrays.copyOf(this.bytes, this.length);
	}

}
