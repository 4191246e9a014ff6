package io.github.requests4j.internal.url;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A URI with variables in braces, as in <code>/items/{id}?q={text}</code> (RFC 6570 level
 * 1). Operators, prefixes and patterns are rejected when the template is parsed. A
 * template is parsed once and can be expanded many times. Immutable and thread-safe.
 * <p>
 * A value can never add a path segment, a query or a host. In path, query and fragment,
 * all characters except unreserved ones are percent-encoded. A path segment that becomes
 * "." or ".." is rejected, even if the dots are escaped. Before the path, only letters,
 * digits, dots, hyphens and underscores are allowed. Values are never expanded
 * themselves. A path variable must not be empty, because the URL would identify another
 * resource, unless a question mark follows its name, as in <code>/files/{folder?}</code>.
 */
public final class UriTemplate {

	private final String template;

	// Literals and variables alternate, with a literal first and last
	private final List<String> literals;

	private final List<String> variables;

	/** The indexes of the variables that may be empty. */
	private final Set<Integer> optional;

	private final int authorityEnd;

	private UriTemplate(String template, List<String> literals, List<String> variables, Set<Integer> optional) {
		this.template = template;
		this.optional = Set.copyOf(optional);
		this.literals = List.copyOf(literals);
		this.variables = List.copyOf(variables);
		this.authorityEnd = authorityEnd(template);
	}

	/**
	 * Parses a template. The name of a variable consists of letters, digits, "_", "-" and
	 * ".". A dot must have other characters on both sides. A question mark after the name
	 * allows an empty value.
	 * @param template the template
	 * @return the parsed template
	 * @throws IllegalArgumentException if a brace is not part of a variable
	 */
	public static UriTemplate parse(String template) {
		List<String> literals = new ArrayList<>();
		List<String> variables = new ArrayList<>();
		Set<Integer> optional = new HashSet<>();
		int copied = 0;
		for (int brace = nextBrace(template, 0); brace < template.length(); brace = nextBrace(template, copied)) {
			int end = nameEnd(template, brace + 1);
			boolean mayBeEmpty = template.startsWith("?}", end);
			if (template.charAt(brace) == '}' || !(mayBeEmpty || template.startsWith("}", end))
					|| !isName(template.substring(brace + 1, end))) {
				throw notAVariable(template, brace);
			}
			if (mayBeEmpty) {
				optional.add(variables.size());
			}
			literals.add(template.substring(copied, brace));
			variables.add(template.substring(brace + 1, end));
			copied = end + (mayBeEmpty ? 2 : 1);
		}
		literals.add(template.substring(copied));
		return new UriTemplate(template, literals, variables, optional);
	}

	/**
	 * Returns a template without its query, for metrics.
	 * @param template the template
	 * @return the text before the query
	 */
	public static String withoutQuery(String template) {
		int query = template.indexOf('?');
		while (template.startsWith("?}", query)) {
			query = template.indexOf('?', query + 1);
		}
		return (query >= 0) ? template.substring(0, query) : template;
	}

	private static int nextBrace(String template, int start) {
		int i = start;
		while (i < template.length() && template.charAt(i) != '{' && template.charAt(i) != '}') {
			i++;
		}
		return i;
	}

	private static int nameEnd(String template, int start) {
		int end = start;
		while (end < template.length() && isNamePart(template.codePointAt(end))) {
			end += Character.charCount(template.codePointAt(end));
		}
		return end;
	}

	// Names of Java parameters may contain letters that are not US-ASCII.
	private static boolean isNamePart(int codePoint) {
		if (codePoint < 0x80) {
			return codePoint != '~' && UrlChars.is(codePoint, UrlChars.UNRESERVED);
		}
		return Character.isUnicodeIdentifierPart(codePoint) && !Character.isIdentifierIgnorable(codePoint);
	}

	private static boolean isName(String text) {
		return !text.isEmpty() && text.charAt(0) != '.' && text.charAt(text.length() - 1) != '.'
				&& !text.contains("..");
	}

	private static IllegalArgumentException notAVariable(String template, int brace) {
		int close = template.indexOf('}', brace);
		String problem;
		if (template.charAt(brace) == '}') {
			problem = "a '}' without a '{' before it";
		}
		else if (close < 0) {
			problem = "a '{' that is never closed";
		}
		else {
			problem = UrlText.quoted(template.substring(brace, close + 1)) + ", which is not a variable";
		}
		return new IllegalArgumentException("The URI template " + UrlText.quoted(template) + " contains " + problem
				+ ". Write a variable as {name}, without an operator, a pattern or blanks, and a literal brace as"
				+ " %7B or %7D.");
	}

	/**
	 * Returns the start of the path if the template has a scheme and a host, otherwise 0.
	 */
	private static int authorityEnd(String template) {
		int slashes = template.indexOf("://");
		if (slashes < 0 || delimiter(template, 0) != slashes + 1) {
			return 0;
		}
		return delimiter(template, slashes + 3);
	}

	private static int delimiter(String template, int from) {
		int i = from;
		while (i < template.length() && "/?#\\".indexOf(template.charAt(i)) < 0) {
			i++;
		}
		return i;
	}

	/**
	 * Returns the names of the variables in order, including repeated ones.
	 * @return the names
	 */
	public List<String> variables() {
		return this.variables;
	}

	/**
	 * Replaces the variables with their values.
	 * @param values a value for each variable, converted with
	 * {@link String#valueOf(Object)}; elements of a list or an array, and the keys and
	 * values of a map, are joined by commas; optionals, paths and JSON nodes as in
	 * {@link PlainValues}; other entries are ignored
	 * @return the expanded text, neither resolved nor prepared
	 * @throws IllegalArgumentException if a value is missing, null, empty in the path, or
	 * not allowed at its position
	 */
	public String expand(Map<String, ? extends @Nullable Object> values) {
		if (this.variables.isEmpty()) {
			return this.template;
		}
		return new Expansion(values).run();
	}

	private String value(String name, Map<String, ? extends @Nullable Object> values) {
		Object value = PlainValues.of(values.get(name));
		if (value == null) {
			throw new IllegalArgumentException("The variable '" + name + "' of the URI template "
					+ UrlText.quoted(this.template) + " has no value. Add it to the URI variables.");
		}
		if (value instanceof Iterable<?> iterable) {
			return joined(iterable);
		}
		if (value instanceof Map<?, ?> map) {
			return joined(listOf(map));
		}
		return value.getClass().isArray() ? joined(listOf(value)) : PercentCodec.encode(String.valueOf(value));
	}

	private static List<@Nullable Object> listOf(Object array) {
		List<@Nullable Object> list = new ArrayList<>();
		for (int i = 0; i < Array.getLength(array); i++) {
			list.add(Array.get(array, i));
		}
		return list;
	}

	private static List<@Nullable Object> listOf(Map<?, ?> map) {
		List<@Nullable Object> list = new ArrayList<>();
		map.forEach((key, value) -> {
			if (value != null) {
				list.add(key);
				list.add(value);
			}
		});
		return list;
	}

	private static String joined(Iterable<?> values) {
		StringBuilder joined = new StringBuilder();
		for (Object element : values) {
			Object value = PlainValues.of(element);
			if (value != null) {
				joined.append(joined.isEmpty() ? "" : ",").append(PercentCodec.encode(String.valueOf(value)));
			}
		}
		return joined.toString();
	}

	/**
	 * Returns the template, for example for a metric tag.
	 * @return the template
	 */
	@Override
	public String toString() {
		return this.template;
	}

	/** The state of an expansion. */
	private final class Expansion {

		private final Map<String, ? extends @Nullable Object> values;

		private final StringBuilder target = new StringBuilder(UriTemplate.this.template.length() + 32);

		private int position;

		private int segmentStart;

		private @Nullable String segmentVariable;

		private boolean pathEnded;

		private Expansion(Map<String, ? extends @Nullable Object> values) {
			this.values = values;
		}

		private String run() {
			for (int i = 0; i < UriTemplate.this.variables.size(); i++) {
				appendLiteral(UriTemplate.this.literals.get(i));
				appendValue(UriTemplate.this.variables.get(i), UriTemplate.this.optional.contains(i));
			}
			appendLiteral(UriTemplate.this.literals.get(UriTemplate.this.variables.size()));
			endSegment();
			return this.target.toString();
		}

		private void appendLiteral(String literal) {
			for (int i = 0; i < literal.length(); i++) {
				char character = literal.charAt(i);
				boolean suffix = character == '?' || character == '#';
				if (character == '/' || suffix) {
					endSegment();
				}
				this.target.append(character);
				this.segmentStart = (character == '/') ? this.target.length() : this.segmentStart;
				this.pathEnded |= suffix;
			}
			this.position += literal.length();
		}

		private void appendValue(String name, boolean optional) {
			String value = value(name, this.values);
			if (this.position < UriTemplate.this.authorityEnd) {
				rejectDelimiters(name, value);
			}
			if (value.isEmpty() && !this.pathEnded && !optional) {
				throw new IllegalArgumentException(
						"The variable '" + name + "' of the URI template " + UrlText.quoted(UriTemplate.this.template)
								+ " is empty, which would change the path. Give it a" + " value, or write {" + name
								+ "?} in the template if it may be empty.");
			}
			this.target.append(value);
			this.position += name.length() + (optional ? 3 : 2);
			this.segmentVariable = name;
		}

		private void rejectDelimiters(String name, String encoded) {
			if (encoded.indexOf('%') >= 0 || encoded.indexOf(',') >= 0 || encoded.indexOf('~') >= 0) {
				throw new IllegalArgumentException("The value of the variable '" + name
						+ "' is not allowed before the path of " + "the URI template "
						+ UrlText.quoted(UriTemplate.this.template) + ". Use only letters, digits, '.', '-' and '_'.");
			}
		}

		/** Rejects values that make a path segment "." or "..". */
		private void endSegment() {
			if (this.segmentVariable != null && !this.pathEnded
					&& DotSegments.dots(this.target, this.segmentStart, this.target.length()) > 0) {
				throw new IllegalArgumentException("The value of the variable '" + this.segmentVariable
						+ "' creates a \".\" or \"..\" path segment in the URI template "
						+ UrlText.quoted(UriTemplate.this.template) + ", which would change the path.");
			}
			this.segmentVariable = null;
		}

	}

}
