package io.github.requests4j.internal.url;

/**
 * Masks the values of secret names in JSON. Processes a stream of tokens, so it also
 * masks several documents, a truncated document, and one that is not quite valid. Each
 * instance masks one text. Not thread-safe.
 */
final class JsonMasker {

	private static final String MASK = '"' + Secrets.MASK + '"';

	private final SecretMasker names;

	private final String text;

	private final boolean compact;

	private final StringBuilder masked;

	private int index;

	private int depth;

	/**
	 * Creates a masker for a text.
	 * @param compact whether to remove white space and to mask an array or object with a
	 * secret name as a whole
	 */
	JsonMasker(SecretMasker names, String text, boolean compact) {
		this.names = names;
		this.text = text;
		this.compact = compact;
		this.masked = new StringBuilder(text.length());
	}

	String mask() {
		while (this.index < this.text.length()) {
			char c = this.text.charAt(this.index);
			if (c == '"') {
				appendString();
			}
			else {
				this.depth += (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
				append(c);
			}
		}
		return this.masked.toString();
	}

	private void append(char c) {
		if (!this.compact || this.depth <= 0 || !isBlank(c)) {
			this.masked.append(c);
		}
		this.index++;
	}

	private void appendString() {
		int end = stringEnd(this.index);
		String content = this.text.substring(this.index + 1, contentEnd(end));
		if (!isName(end)) {
			this.masked.append(shown(content, this.text.substring(this.index, end)));
			this.index = end;
			return;
		}
		appendName(end);
		String name = unescape(content);
		if (this.names.isSecret(name)) {
			maskValue(Secrets.isSecretNumber(name));
		}
	}

	/** Appends a name, its colon and the blanks around it. */
	private void appendName(int end) {
		this.masked.append(this.text, this.index, end);
		this.index = end;
		boolean colon = false;
		while (this.index < this.text.length()) {
			char c = this.text.charAt(this.index);
			if (!isBlank(c) && (colon || c != ':')) {
				return;
			}
			colon |= c == ':';
			append(c);
		}
	}

	/** Masks secrets of documents and URLs within a string. */
	private String shown(String content, String quoted) {
		if (content.indexOf("\\\"") >= 0) {
			String inner = unescape(content);
			return new JsonMasker(this.names, inner, false).mask().equals(inner) ? quoted : MASK;
		}
		String url = unescape(content);
		boolean address = url.startsWith("http://") || url.startsWith("https://");
		return (address && !this.names.url(url).equals(url)) ? quote(this.names.url(url)) : quoted;
	}

	private static String quote(String plain) {
		return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

	private void maskValue(boolean numbers) {
		if (this.index >= this.text.length()) {
			return;
		}
		char c = this.text.charAt(this.index);
		if (c != '{' && c != '[') {
			maskScalar(numbers);
			return;
		}
		int start = this.masked.length();
		int open = 0;
		do {
			c = this.text.charAt(this.index);
			if (isStructure(c)) {
				open += (c == '{' || c == '[') ? 1 : (c == '}' || c == ']') ? -1 : 0;
				this.masked.append(c);
				this.index++;
			}
			else if (c == '"' && isName(stringEnd(this.index))) {
				appendName(stringEnd(this.index));
			}
			else {
				maskScalar(numbers);
			}
		}
		while (open > 0 && this.index < this.text.length());
		if (this.compact) {
			this.masked.setLength(start);
			this.masked.append(MASK);
		}
	}

	private static boolean isStructure(char c) {
		return isBlank(c) || "{}[],:".indexOf(c) >= 0;
	}

	/**
	 * Masks a value. Booleans and null are not masked, because they reveal nothing and
	 * readers expect them.
	 */
	private void maskScalar(boolean numbers) {
		int end = this.index;
		if (this.text.charAt(end) == '"') {
			end = stringEnd(end);
		}
		else {
			while (end < this.text.length() && !isStructure(this.text.charAt(end))) {
				end++;
			}
		}
		// Other characters are processed one by one, so that the loop ends
		end = Math.max(end, this.index + 1);
		String token = this.text.substring(this.index, Math.min(end, this.text.length()));
		boolean number = "-0123456789".indexOf(token.charAt(0)) >= 0;
		boolean plain = token.equals("true") || token.equals("false") || token.equals("null")
				|| isStructure(token.charAt(0)) || (number && !numbers);
		this.masked.append(plain ? token : MASK);
		this.index = end;
	}

	private boolean isName(int end) {
		int next = end;
		while (next < this.text.length() && isBlank(this.text.charAt(next))) {
			next++;
		}
		return next < this.text.length() && this.text.charAt(next) == ':';
	}

	/** Returns the end of a string, after its closing quote if it has one. */
	private int stringEnd(int start) {
		int i = start + 1;
		while (i < this.text.length()) {
			char c = this.text.charAt(i);
			if (c == '"') {
				return i + 1;
			}
			i += (c == '\\') ? 2 : 1;
		}
		return this.text.length();
	}

	private int contentEnd(int end) {
		boolean closed = end > this.index + 1 && this.text.charAt(end - 1) == '"';
		return Math.max(this.index + 1, closed ? end - 1 : end);
	}

	private static boolean isBlank(char c) {
		return c == ' ' || c == '\t' || c == '\r' || c == '\n';
	}

	private static String unescape(String content) {
		if (content.indexOf('\\') < 0) {
			return content;
		}
		StringBuilder plain = new StringBuilder(content.length());
		int i = 0;
		while (i < content.length()) {
			char c = content.charAt(i++);
			if (c == '\\' && i < content.length()) {
				c = content.charAt(i++);
				int code = (c == 'u') ? hex(content, i) : -1;
				if (code >= 0) {
					c = (char) code;
					i += 4;
				}
			}
			plain.append(c);
		}
		return plain.toString();
	}

	private static int hex(String text, int start) {
		if (start + 4 > text.length()) {
			return -1;
		}
		int value = 0;
		for (int i = start; i < start + 4; i++) {
			int digit = Character.digit(text.charAt(i), 16);
			if (digit < 0) {
				return -1;
			}
			value = value << 4 | digit;
		}
		return value;
	}

}
