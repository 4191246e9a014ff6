package io.github.requests4j.suites;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.Session;
import io.github.requests4j.adapters.HttpAdapter;
import io.github.requests4j.auth.HttpDigestAuth;
import io.github.requests4j.cookies.Cookie;
import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.cookies.CookiePolicy;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.http.RequestException;
import io.github.requests4j.http.RequestOptions;
import io.github.requests4j.http.RequestsEnvironment;

/**
 * A command line of curl, as far as it has a counterpart here.
 */
final class CurlCommand {

	/** Options with an argument that do not change what is sent. */
	private static final Set<String> IGNORED = Set.of("-o", "--output", "-D", "--dump-header", "-w", "--write-out",
			"--output-dir", "--stderr", "--max-time", "-m", "--libcurl", "--etag-save", "--max-filesize");

	/** Options without an argument that do not change what is sent. */
	private static final Set<String> SILENT = Set.of("-i", "-s", "-S", "-v", "-O", "-J", "-f", "-4", "-g", "-N", "-#",
			"--include", "--silent", "--show-error", "--fail", "--fail-with-body", "--no-progress-meter",
			"--no-include", "--show-headers", "--globoff", "--http1.1", "--no-remote-name", "--ipv4", "--raw",
			"--remove-on-error", "--http0.9", "--no-http0.9", "--basic", "-R", "--no-clobber", "--clobber",
			"--out-null", "--remote-time", "--netrc", "--netrc-optional", "--compressed", "--no-basic", "-n");

	private static final Map<String, String> LONG = Map.ofEntries(Map.entry("--request", "-X"),
			Map.entry("--head", "-I"), Map.entry("--header", "-H"), Map.entry("--data", "-d"),
			Map.entry("--data-ascii", "-d"), Map.entry("--user", "-u"), Map.entry("--referer", "-e"),
			Map.entry("--user-agent", "-A"), Map.entry("--cookie", "-b"), Map.entry("--cookie-jar", "-c"),
			Map.entry("--proxy", "-x"), Map.entry("--location", "-L"), Map.entry("--upload-file", "-T"),
			Map.entry("--form", "-F"), Map.entry("--range", "-r"), Map.entry("--time-cond", "-z"),
			Map.entry("--proxy-user", "-U"), Map.entry("--get", "-G"));

	private static final Set<String> WITH_ARGUMENT = Set.of("-X", "-H", "-d", "--data-binary", "--data-raw",
			"--data-urlencode", "--json", "-u", "-e", "-A", "-b", "-c", "-x", "-T", "-F", "--form-string", "-r", "-z",
			"-U", "-C", "--max-redirs", "--url", "--url-query", "--oauth2-bearer", "--netrc-file", "--noproxy",
			"--resolve");

	private static final Set<String> FLAGS = Set.of("-I", "-L", "-G", "--digest", "--anyauth");

	private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.appendPattern("MMM d HH:mm:ss yyyy 'GMT'")
		.toFormatter(Locale.ENGLISH);

	// Possessive, since other groups would recurse for each character of long words.
	private static final Pattern WORD = Pattern
		.compile("(?:\"(?:[^\"\\\\]++|\\\\.)*+\"|'[^']*+'|\\\\.|[^\\s\"'\\\\]++)++", Pattern.DOTALL);

	private static final Pattern PIECE = Pattern
		.compile("\"((?:[^\"\\\\]++|\\\\.)*+)\"|'([^']*+)'|(?:\\\\.|[^\\s\"'\\\\]++)++", Pattern.DOTALL);

	private static final String FORM = "application/x-www-form-urlencoded";

	private final CurlTest test;

	private final List<Transfer> transfers = new ArrayList<>();

	private CurlCommand(CurlTest test) {
		this.test = test;
	}

	/** The options up to {@code --next}, and their URLs. */
	private record Transfer(Map<String, List<String>> options, List<String> urls) {

		boolean has(String option) {
			return this.options.containsKey(option);
		}

		List<String> all(String option) {
			return this.options.getOrDefault(option, List.of());
		}

		@Nullable String last(String option) {
			List<String> all = all(option);
			return all.isEmpty() ? null : all.get(all.size() - 1);
		}

		void add(String option, String value) {
			this.options.computeIfAbsent(option, (key) -> new ArrayList<>()).add(value);
		}

	}

	/** Reads the command; null if something in it has no counterpart. */
	static @Nullable CurlCommand of(CurlTest test, String text) {
		CurlCommand command = new CurlCommand(test);
		Transfer transfer = new Transfer(new HashMap<>(), new ArrayList<>());
		command.transfers.add(transfer);
		String utf8 = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
		Iterator<String> words = words(utf8).iterator();
		while (words.hasNext()) {
			String word = words.next();
			String option = LONG.getOrDefault(word, word);
			if (option.equals("--next")) {
				transfer = new Transfer(new HashMap<>(), new ArrayList<>());
				command.transfers.add(transfer);
			}
			else if (IGNORED.contains(option)) {
				words.next();
			}
			else if (WITH_ARGUMENT.contains(option)) {
				transfer.add(option, words.next());
			}
			else if (FLAGS.contains(option)) {
				transfer.add(option, "");
			}
			else if (!word.startsWith("-")) {
				transfer.urls().add(word);
			}
			else if (!SILENT.contains(word) && !word.matches("-[isSvOJf4gNR]+")) {
				return null;
			}
			transfer.urls().addAll(transfer.all("--url"));
			transfer.options().remove("--url");
		}
		// The file of options in the home directory, and options from other files.
		if (text.contains("--url @") || test.text().contains("option=\"no-q\"")) {
			return null;
		}
		return command.transfers.stream().allMatch(command::isRunnable) ? command : null;
	}

	/** Quotes as the shell reads them. */
	private static List<String> words(String command) {
		List<String> words = new ArrayList<>();
		Matcher matcher = WORD.matcher(command);
		while (matcher.find()) {
			StringBuilder word = new StringBuilder();
			Matcher piece = PIECE.matcher(matcher.group());
			while (piece.find()) {
				if (piece.group(1) != null) {
					word.append(piece.group(1).replaceAll("\\\\(.)", "$1"));
				}
				else {
					word.append((piece.group(2) != null) ? piece.group(2) : piece.group().replaceAll("\\\\(.)", "$1"));
				}
			}
			words.add(word.toString());
		}
		return words;
	}

	private boolean isRunnable(Transfer transfer) {
		boolean globs = transfer.urls().stream().anyMatch((url) -> url.matches(".*[{}\\[\\]].*"));
		boolean other = transfer.urls().stream().anyMatch((url) -> url.matches("(?i)(?!http:)[a-z0-9]+://.*"));
		boolean prompts = transfer.all("-u").stream().anyMatch((user) -> !user.contains(":"));
		boolean resumes = transfer.all("-C").contains("-") || (transfer.has("-C") && transfer.has("-T"));
		boolean cookieHeaders = transfer.all("-b").stream().anyMatch((cookie) -> cookie.contains("heads"));
		boolean digestOfNetrc = transfer.has("--digest") && !transfer.has("-u");
		boolean readsHeaders = transfer.all("-H").stream().anyMatch((header) -> header.startsWith("@"));
		boolean variants = transfer.all("-T").stream().anyMatch((file) -> file.contains("{"))
				|| transfer.all("-F").stream().anyMatch((form) -> form.contains(",") || form.contains(";encoder="));
		boolean anyAuth = transfer.has("--anyauth") && !this.test.text().contains("Authenticate: Digest");
		boolean socks = transfer.all("-x").stream().anyMatch((proxy) -> proxy.startsWith("socks"));
		return !transfer.urls().isEmpty() && !globs && !other && !prompts && !resumes && !cookieHeaders
				&& !digestOfNetrc && !readsHeaders && !variants && !anyAuth && !socks
				&& transfer.all("-e").stream().noneMatch((referer) -> referer.contains(";auto"))
				&& transfer.all("--resolve").stream().allMatch((host) -> host.endsWith(":127.0.0.1"));
	}

	/** Makes the calls; returns how the last of them failed, or null. */
	@Nullable String run() throws IOException {
		InetAddress loopback = InetAddress.getByName("127.0.0.1");
		HttpAdapter adapter = HttpAdapter.builder().hostResolver((host) -> List.of(loopback)).build();
		boolean cookies = this.transfers.stream()
			.anyMatch((transfer) -> transfer.has("-c")
					|| transfer.all("-b").stream().anyMatch((cookie) -> !cookie.contains("=")));
		CookieJar jar = new CookieJar(cookies ? CookiePolicy.defaults() : CookiePolicy.blockAll());
		String failure = null;
		Session.Builder builder = Session.builder()
			.environment(environment())
			.cookies(jar)
			.mount("http://", adapter)
			.timeout(Duration.ofSeconds(3));
		String redirects = this.transfers.get(0).last("--max-redirs");
		if (redirects != null) {
			builder.maxRedirects(Integer.parseInt(redirects));
		}
		try (Session session = builder.build()) {
			for (Transfer transfer : this.transfers) {
				for (String file : transfer.all("-b")) {
					loadCookies(jar, file);
				}
				for (int i = 0; i < transfer.urls().size(); i++) {
					String problem = call(session, transfer, i);
					failure = (problem != null) ? problem : failure;
				}
			}
		}
		return failure;
	}

	private RequestsEnvironment environment() {
		Map<String, String> variables = this.test.environment();
		for (Transfer transfer : this.transfers) {
			String netrc = transfer.last("--netrc-file");
			if (netrc != null) {
				variables.put("NETRC", netrc);
			}
			String without = transfer.last("--noproxy");
			if (without != null) {
				variables.put("no_proxy", without);
			}
		}
		return new RequestsEnvironment() {

			@Override
			public Map<String, String> variables() {
				return variables;
			}

			@Override
			public @Nullable Path home() {
				return null;
			}

			@Override
			public @Nullable String property(String name) {
				return null;
			}

		};
	}

	private static void loadCookies(CookieJar jar, String file) throws IOException {
		if (file.contains("=") || !Files.isRegularFile(Path.of(file))) {
			return;
		}
		for (String line : Files.readAllLines(Path.of(file), StandardCharsets.ISO_8859_1)) {
			String[] columns = line.replaceFirst("^#HttpOnly_", "").split("\t", -1);
			if (columns.length == 7 && !columns[0].startsWith("#")) {
				try {
					Cookie cookie = Cookie.builder(columns[5], columns[6])
						.domain(columns[1].equals("TRUE") ? columns[0] : "")
						.path(columns[2])
						.secure(columns[3].equals("TRUE"))
						.build();
					jar.setCookie(columns[1].equals("TRUE") ? cookie : cookie.bindTo(columns[0]));
				}
				catch (IllegalArgumentException ex) {
					// A cookie that no jar takes.
					continue;
				}
			}
		}
	}

	private @Nullable String call(Session session, Transfer transfer, int index) throws IOException {
		String url = transfer.urls().get(index);
		String target = url.contains("://") ? url : "http://" + url;
		String method = transfer.has("-I") ? "HEAD" : "GET";
		String data = data(transfer);
		String query = transfer.has("-G") ? data : transfer.last("--url-query");
		if (query != null) {
			int fragment = target.indexOf('#');
			String start = (fragment >= 0) ? target.substring(0, fragment) : target;
			target = start + ((start.indexOf('?') >= 0) ? "&" : "?") + query;
		}
		List<String> uploads = transfer.all("-T");
		String upload = uploads.isEmpty() ? null : uploads.get(Math.min(index, uploads.size() - 1));
		if (upload != null) {
			method = "PUT";
			target = target.endsWith("/") ? target + Path.of(upload).getFileName() : target;
		}
		else if (!transfer.has("-G") && (data != null || transfer.has("-F") || transfer.has("--form-string"))) {
			method = "POST";
		}
		String given = transfer.last("-X");
		try {
			session.request((given != null) ? given : method, target, (request) -> {
				fill(request, transfer);
				try {
					body(request, transfer, upload, transfer.has("-G") ? null : data);
				}
				catch (IOException ex) {
					throw new IllegalArgumentException(ex);
				}
			});
			return null;
		}
		catch (RequestException | IllegalArgumentException ex) {
			return ex.getClass().getSimpleName() + ": " + ex.getMessage();
		}
	}

	private @Nullable String data(Transfer transfer) throws IOException {
		List<String> pieces = new ArrayList<>();
		for (String option : List.of("-d", "--data-binary", "--data-raw", "--data-urlencode", "--json")) {
			for (String value : transfer.all(option)) {
				boolean file = value.startsWith("@") && !option.equals("--data-raw");
				String text = file ? read(value.substring(1)) : value;
				if (option.equals("-d") && file) {
					text = text.replaceAll("[\\r\\n]", "");
				}
				if (option.equals("--data-urlencode")) {
					int equals = text.indexOf('=');
					text = text.substring(0, equals + 1)
							+ URLEncoder.encode(text.substring(equals + 1), StandardCharsets.ISO_8859_1);
				}
				pieces.add(text);
			}
		}
		return pieces.isEmpty() ? null : String.join(transfer.has("--json") ? "" : "&", pieces);
	}

	private String read(String file) throws IOException {
		return file.equals("-") ? this.test.part("stdin", "")
				: Files.readString(Path.of(file), StandardCharsets.ISO_8859_1);
	}

	private void fill(RequestOptions request, Transfer transfer) {
		request.allowRedirects(transfer.has("-L"));
		header(request, "Referer", transfer.last("-e"));
		header(request, "User-Agent", transfer.last("-A"));
		String range = transfer.has("-C") ? transfer.last("-C") : transfer.last("-r");
		if (range != null) {
			header(request, "Range", "bytes=" + range + (range.contains("-") ? "" : "-"));
		}
		String since = transfer.last("-z");
		if (since != null) {
			boolean until = since.startsWith("-");
			LocalDateTime time = LocalDateTime.parse(until ? since.substring(1) : since, DATE);
			header(request, until ? "If-Unmodified-Since" : "If-Modified-Since",
					DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
						.format(time.atOffset(ZoneOffset.UTC)));
		}
		List<String> cookies = transfer.all("-b").stream().filter((cookie) -> cookie.contains("=")).toList();
		header(request, "Cookie", cookies.isEmpty() ? null : String.join("; ", cookies));
		String token = transfer.last("--oauth2-bearer");
		header(request, "Authorization", (token != null) ? "Bearer " + token : null);
		for (String line : transfer.all("-H")) {
			Matcher matcher = Pattern.compile("([^:]+)(?::\\s*(.*))|([^:;]+);", Pattern.DOTALL).matcher(line);
			if (matcher.matches() && matcher.group(3) != null) {
				header(request, matcher.group(3), "");
			}
			else if (matcher.matches() && !matcher.group(2).isBlank()) {
				header(request, matcher.group(1), matcher.group(2));
			}
		}
		String user = transfer.last("-u");
		if (user != null) {
			String[] parts = user.split(":", 2);
			if (transfer.has("--digest") || transfer.has("--anyauth")) {
				request.auth(new HttpDigestAuth(parts[0], parts[1]));
			}
			else {
				request.auth(parts[0], parts[1]);
			}
		}
		String proxy = transfer.last("-x");
		if (proxy != null && !proxy.isEmpty()) {
			String url = proxy.contains("://") ? proxy : "http://" + proxy;
			String credentials = transfer.last("-U");
			if (credentials != null) {
				String[] parts = credentials.split(":", 2);
				url = url.replaceFirst("://", Matcher.quoteReplacement(
						"://" + encode(parts[0]) + ":" + encode((parts.length > 1) ? parts[1] : "") + "@"));
			}
			request.proxy("http", url);
			String without = transfer.last("--noproxy");
			if (without != null) {
				request.proxy("no_proxy", without);
			}
		}
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static void header(RequestOptions request, String name, @Nullable String value) {
		if (value != null) {
			request.header(name, value);
		}
	}

	private void body(RequestOptions request, Transfer transfer, @Nullable String upload, @Nullable String data)
			throws IOException {
		if ("-".equals(upload) || ".".equals(upload)) {
			// An iterator does not report its length.
			request.data(List.of(this.test.part("stdin", "").getBytes(StandardCharsets.ISO_8859_1)).iterator());
		}
		else if (upload != null) {
			request.data(Files.readAllBytes(Path.of(upload)));
		}
		else if (data != null) {
			boolean typed = transfer.all("-H")
				.stream()
				.anyMatch((h) -> h.toLowerCase(Locale.ROOT).startsWith("content-type"));
			if (!typed) {
				request.header("Content-Type", transfer.has("--json") ? "application/json" : FORM);
			}
			request.data(data.getBytes(StandardCharsets.ISO_8859_1));
		}
		else if (transfer.has("-F") || transfer.has("--form-string")) {
			List<FilePart> parts = new ArrayList<>();
			for (String form : transfer.all("-F")) {
				parts.add(part(form));
			}
			for (String form : transfer.all("--form-string")) {
				int equals = form.indexOf('=');
				parts.add(FilePart.of(form.substring(0, equals), null, form.substring(equals + 1)));
			}
			request.files(parts.toArray(new FilePart[0]));
		}
	}

	/**
	 * {@code name=value}, or {@code name=@file}, with {@code ;type=} and
	 * {@code ;filename=}.
	 */
	private static FilePart part(String form) throws IOException {
		int equals = form.indexOf('=');
		String name = form.substring(0, equals);
		String[] pieces = form.substring(equals + 1).split(";(?=type=|filename=|headers=)");
		String type = null;
		String filename = null;
		for (int i = 1; i < pieces.length; i++) {
			String value = unquoted(pieces[i].substring(pieces[i].indexOf('=') + 1));
			type = pieces[i].startsWith("type=") ? value : type;
			filename = pieces[i].startsWith("filename=") ? value : filename;
		}
		String content = pieces[0];
		if (content.startsWith("@") || content.startsWith("<")) {
			Path file = Path.of(unquoted(content.substring(1)));
			String shown = (filename != null) ? filename : String.valueOf(file.getFileName());
			String guessed = shown.endsWith(".txt") ? "text/plain"
					: shown.endsWith(".html") ? "text/html" : "application/octet-stream";
			boolean asFile = content.startsWith("@");
			return FilePart.of(name, asFile ? shown : null, Files.readAllBytes(file))
				.withContentType((type != null) ? type : asFile ? guessed : null);
		}
		return FilePart.of(name, filename, unquoted(content.stripLeading())).withContentType(type);
	}

	private static String unquoted(String text) {
		if (text.length() < 2 || !text.startsWith("\"") || !text.endsWith("\"")) {
			return text;
		}
		return text.substring(1, text.length() - 1).replaceAll("\\\\([\\\\\"])", "$1");
	}

}
