package io.github.requests4j.internal.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Decodes bytes to text, with the names of encodings in Python. Immutable.
 *
 * @param charset the charset
 * @param dropsMark whether a leading byte order mark is removed from the text
 */
public record TextCodec(Charset charset, boolean dropsMark) {

	/** UTF-8, which does not remove a byte order mark. */
	public static final TextCodec UTF_8 = new TextCodec(StandardCharsets.UTF_8, false);

	/** The byte order mark. */
	public static final char MARK = '\ufeff';

	private static final TextCodec UTF_8_SIG = new TextCodec(StandardCharsets.UTF_8, true);

	/**
	 * Returns the codec with this name.
	 * @param name a case-insensitive name of Python or Java
	 * @return the codec, or {@code null} if there is none
	 */
	public static @Nullable TextCodec named(String name) {
		if (name.equalsIgnoreCase("utf-8")) {
			return UTF_8;
		}
		if (name.equalsIgnoreCase("iso-8859-1")) {
			return new TextCodec(StandardCharsets.ISO_8859_1, false);
		}
		String key = Names.key(name);
		if (key.equals("utf8sig")) {
			return UTF_8_SIG;
		}
		Charset charset = Names.CHARSETS.get(key);
		return (charset != null) ? new TextCodec(charset, false) : null;
	}

	/**
	 * Decodes bytes. Malformed input becomes U+FFFD.
	 * @param bytes the bytes
	 * @return the text
	 */
	public String decode(byte[] bytes) {
		return withoutMark(new String(bytes, this.charset));
	}

	/**
	 * Decodes bytes.
	 * @param bytes the bytes
	 * @return the text, or {@code null} if the input is malformed
	 */
	public @Nullable String decodeStrictly(byte[] bytes) {
		try {
			return withoutMark(this.charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	/**
	 * Returns a decoder for content in pieces. Malformed input becomes U+FFFD. The caller
	 * must remove the byte order mark.
	 * @return a new decoder
	 */
	CharsetDecoder newDecoder() {
		return this.charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.onUnmappableCharacter(CodingErrorAction.REPLACE);
	}

	private String withoutMark(String text) {
		return (this.dropsMark && !text.isEmpty() && text.charAt(0) == MARK) ? text.substring(1) : text;
	}

	/**
	 * The names of all encodings without punctuation. Initialized only when an uncommon
	 * name is first used, because it loads every charset.
	 */
	private static final class Names {

		static final Map<String, Charset> CHARSETS = all();

		private Names() {
		}

		static String key(String name) {
			StringBuilder key = new StringBuilder(name.length());
			for (int i = 0; i < name.length(); i++) {
				char c = name.charAt(i);
				if (" -_.:".indexOf(c) < 0) {
					key.append(c);
				}
			}
			return key.toString().toLowerCase(Locale.ROOT);
		}

		private static Map<String, Charset> all() {
			Map<String, Charset> all = new HashMap<>();
			for (Charset charset : Charset.availableCharsets().values()) {
				if (charset.canEncode()) {
					all.put(key(charset.name()), charset);
				}
			}
			for (Charset charset : Charset.availableCharsets().values()) {
				charset.aliases().forEach((alias) -> all.putIfAbsent(key(alias), charset));
			}
			putPythonNames(all);
			return Map.copyOf(all);
		}

		private static void putPythonNames(Map<String, Charset> all) {
			// Without a mark, Python uses the byte order of the machine, usually
			// little-endian like browsers.
			put(all, "x-UTF-16LE-BOM", "utf16", "u16");
			put(all, "UTF-32", "u32");
			put(all, "UTF-8", "u8", "utf", "cp65001", "utf8ucs2", "utf8ucs4");
			put(all, "ISO-8859-1", "latin", "8859", "iso8859");
			for (int page = 1250; page <= 1258; page++) {
				put(all, "windows-" + page, Integer.toString(page));
			}
			put(all, "windows-31j", "cp932", "932");
			put(all, "GBK", "cp936", "936", "ms936");
			put(all, "GB18030", "gb180302000");
			put(all, "GB2312", "chinese", "csiso58gb231280", "eucgb2312cn", "isoir58");
			put(all, "Big5", "big5tw");
			put(all, "Big5-HKSCS", "hkscs");
			put(all, "EUC-JP", "ujis");
			put(all, "EUC-KR", "korean", "ksx1001");
			put(all, "x-windows-949", "cp949", "949", "uhc");
			put(all, "x-windows-950", "cp950", "950");
			put(all, "x-Johab", "cp1361");
			put(all, "TIS-620", "thai", "isoir166", "tis6200", "tis62025290", "tis62025291", "iso8859112001");
			put(all, "ISO-8859-13", "l7", "latin7");
			put(all, "x-MacRoman", "macintosh");
		}

		private static void put(Map<String, Charset> all, String charset, String... names) {
			Charset found = all.get(key(charset));
			if (found != null) {
				for (String name : names) {
					all.put(name, found);
				}
			}
		}

	}

}
