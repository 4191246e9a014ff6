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
 * 1). Parsed once, expanded often; immutable, and safe for use by many threads.
 * <p>
 * A value is data and nothing else: whatever it holds, it cannot add a path segment, a
 * query or a host. In path, query and fragment all but unreserved characters are
 * percent-encoded; a path segment that becomes "." or ".." is refused, also where the
 * dots are escaped; before the path only letters, digits, dots, hyphens and underscores
 * are taken. Values are never themselves expanded. A variable of the path must not be
 * empty, since it would name another resource, unless a question mark follows its name,
 * as in <code>/files/{folder?}</code>.
 */
public final class UriTemplate {

	private final String template;

	// Literals and variables by turns, a literal first and last
	private final List<String> literals;

	private final List<String> variables;

	/** The places among the variables of those that may be empty. */
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
	 * Parse a template. Braces that do not enclose a name (letters, digits, "_", "-",
	 * "."), with or without a question mark behind it, are literal text.
	 * @param template the template
	 * @return the parsed template
	 */
	public static UriTemplate parse(String template) {
		List<String> literals = new ArrayList<>();
		List<String> variables = new ArrayList<>();
		Set<Integer> optional = new HashSet<>();
		int copied = 0;
		for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
			int end = nameEnd(template, open + 1);
			boolean mayBeEmpty = template.startsWith("?}", end);
			if (end > open + 1 && (mayBeEmpty || template.startsWith("}", end))) {
				String name = template.substring(open + 1, end);
				literals.add(template.substring(copied, open));
				copied = end + 1;
				if (mayBeEmpty) {
					optional.add(variables.size());
					copied++;
				}
				variables.add(name);
			}
		}
		literals.add(template.substring(copied));
		return new UriTemplate(template, literals, variables, optional);
	}

	/**
	 * Returns a template without its query, for metrics.
	 * @param template the template
	 * @return what comes before the question mark that begins the query
	 */
	public static String withoutQuery(String template) {
		int query = template.indexOf('?');
		while (template.startsWith("?}", query)) {
			query = template.indexOf('?', query + 1);
		}
		return (query >= 0) ? template.substring(0, query) : template;
	}

	private static int nameEnd(String template, int start) {
		int end = start;
		while (end < template.length() && UrlChars.is(template.charAt(end), UrlChars.UNRESERVED)
				&& template.charAt(end) != '~') {
			end++;
		}
		return end;
	}

	/** Where the path begins if the template has a scheme and a host, else 0. */
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
	 * The names of the variables, in order; a name that occurs twice is there twice.
	 * @return the names
	 */
	public List<String> variables() {
		return this.variables;
	}

	/**
	 * Put the values in.
	 * @param values a value for each variable: its {@link String#valueOf(Object)} is
	 * used, elements of a list or an array are joined by commas; further entries are
	 * ignored
	 * @return the expanded text, yet to be resolved and prepared
	 * @throws IllegalArgumentException if a value is missing, null, empty in the path, or
	 * not allowed in its place
	 */
	public String expand(Map<String, ? extends @Nullable Object> values) {
		if (this.variables.isEmpty()) {
			return this.template;
		}
		return new Expansion(values).run();
	}

	private String value(String name, Map<String, ? extends @Nullable Object> values) {
		Object value = values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("The variable '" + name + "' of the URI template "
					+ UrlText.quoted(this.template) + " has no value; add it to the URI variables");
		}
		if (value instanceof Iterable<?> iterable) {
			return joined(iterable);
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

	private static String joined(Iterable<?> values) {
		StringBuilder joined = new StringBuilder();
		for (Object value : values) {
			if (value != null) {
				joined.append(joined.isEmpty() ? "" : ",").append(PercentCodec.encode(String.valueOf(value)));
			}
		}
		return joined.toString();
	}

	/**
	 * The template as written, for instance as a tag of metrics.
	 * @return the template
	 */
	@Override
	public String toString() {
		return this.template;
	}

	/** One expansion: what has been written, and where its last path segment begins. */
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
				refuseDelimiters(name, value);
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

		private void refuseDelimiters(String name, String encoded) {
			if (encoded.indexOf('%') >= 0 || encoded.indexOf(',') >= 0 || encoded.indexOf('~') >= 0) {
				throw new IllegalArgumentException("The value of the variable '" + name + "' stands before the path of "
						+ "the URI template " + UrlText.quoted(UriTemplate.this.template)
						+ ", where only letters, digits, '.', '-' and '_' are allowed");
			}
		}

		/** A value must not become a step up or sideways in the tree of paths. */
		private void endSegment() {
			if (this.segmentVariable != null && !this.pathEnded
					&& DotSegments.dots(this.target, this.segmentStart, this.target.length()) > 0) {
				throw new IllegalArgumentException("The value of the variable '" + this.segmentVariable
						+ "' makes a path segment of dots in the URI template "
						+ UrlText.quoted(UriTemplate.this.template) + "; it would change the path");
			}
			this.segmentVariable = null;
		}

	}

}
