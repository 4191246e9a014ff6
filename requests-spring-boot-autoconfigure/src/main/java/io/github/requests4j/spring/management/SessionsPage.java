package io.github.requests4j.spring.management;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.springframework.util.ReflectionUtils;

import io.github.requests4j.internal.url.UrlText;
import io.github.requests4j.spring.internal.config.EffectiveSettings.Setting;
import io.github.requests4j.spring.internal.redis.Digests;

/**
 * Writes the report of the endpoint as a page without scripts. Each part of the report
 * becomes a table, so new parts appear on the page automatically.
 */
final class SessionsPage {

	/**
	 * The style sheet. It must not contain characters that HTML escapes, because style
	 * sheets have no escapes.
	 */
	private static final String STYLE = """
			:root { color-scheme: light dark; --line: #c3c7cd; --head: #eef0f3; --soft: #50575f; --link: #0b57b8 }
			@media (prefers-color-scheme: dark) {
				:root { --line: #454b54; --head: #22262c; --soft: #aab2bd; --link: #8ab8f5 }
				body { background: #15181c; color: #e6e9ed }
			}
			body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; max-width: 84rem; padding: 1rem }
			h1 { font-size: 1.5rem; margin: 0 0 .25rem }
			h2 { font-size: 1.25rem; margin: 2.5rem 0 .25rem; border-bottom: 2px solid var(--line) }
			h3 { font-size: 1rem; margin: 1.25rem 0 .35rem }
			p { margin: .25rem 0 .75rem; color: var(--soft) }
			a { color: var(--link) }
			a:focus-visible, summary:focus-visible, .wide:focus-visible { outline: 3px solid var(--link) }
			.wide { overflow-x: auto }
			.parts { display: flex; flex-wrap: wrap; gap: 0 2rem; align-items: flex-start }
			.parts div { max-width: 100% }
			h1, h2, p, li { overflow-wrap: anywhere }
			table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums }
			th, td { border: 1px solid var(--line); padding: .25rem .6rem; text-align: left; vertical-align: top }
			th { background: var(--head); font-weight: 600 }
			td { overflow-wrap: break-word; max-width: 40rem }
			td.number { text-align: right }
			td.time { white-space: nowrap }
			thead + tbody th { min-width: 12rem }
			summary { cursor: pointer; font-weight: 600; margin-top: 1.25rem }
			""";

	/** The policy, which allows nothing but the style sheet. */
	private static final String POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
			+ sha256(STYLE) + "'";

	/** The labels of components whose names are not clear enough. */
	private static final Map<String, String> LABELS = Map.ofEntries(Map.entry("SessionDescriptor.mounts", "Transports"),
			Map.entry("SessionDescriptor.pools", "Connections by origin"),
			Map.entry("SessionDescriptor.breakers", "Circuit breakers"),
			Map.entry("SessionDescriptor.concurrency", "Concurrency limit"),
			Map.entry("SessionDescriptor.counts", "Activity"), Map.entry("SessionDescriptor.rate", "Rate limit"),
			Map.entry("SessionDescriptor.hedges", "Hedging"), Map.entry("SessionDescriptor.recent", "Recent exchanges"),
			Map.entry("PoolStatistics.leased", "Connections in use"),
			Map.entry("PoolStatistics.available", "Idle connections"),
			Map.entry("PoolStatistics.pending", "Waiting calls"),
			Map.entry("PoolStatistics.max", "Maximum connections"), Map.entry("Budget.percent", "Percent of requests"),
			Map.entry("Budget.available", "Retries possible now"), Map.entry("CacheStatistics.size", "Size in bytes"),
			Map.entry("State.active", "In progress"), Map.entry("InstanceState.active", "In progress"),
			Map.entry("InstanceState.share", "Share in percent"),
			Map.entry("InstanceState.readiness", "Readiness in percent"),
			Map.entry("InstanceState.latency", "Latency in milliseconds"));

	/** The components that do not become separate tables. */
	private static final Set<String> SHOWN_ELSEWHERE = Set.of("bean", "created", "settings");

	/** The components whose tables come last, because they are wide or rarely needed. */
	private static final List<String> LAST = List.of("instances", "pools", "recent", "mounts", "interceptors");

	private final HtmlWriter html = new HtmlWriter();

	private SessionsPage() {
	}

	/** Returns the page of all sessions. */
	static String of(SessionDescriptor.All all) {
		SessionsPage page = new SessionsPage();
		page.begin("Sessions");
		page.overview(all.sessions());
		if (all.refresh() != null) {
			page.part("refresh", "h2", "Last refresh of the settings", all.refresh());
		}
		int number = 0;
		for (Map.Entry<String, SessionDescriptor> session : all.sessions().entrySet()) {
			number++;
			page.html.element("h2", session.getKey(), "id", "s" + number);
			page.session("s" + number, session.getValue());
		}
		return page.finish();
	}

	/** Returns the page of one session. */
	static String of(String name, SessionDescriptor session) {
		SessionsPage page = new SessionsPage();
		page.begin("Session " + name);
		page.session("s", session);
		return page.finish();
	}

	private void begin(String title) {
		this.html.begin("html", "lang", "en").begin("head");
		this.html.empty("meta", "charset", "UTF-8");
		this.html.empty("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
		this.html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
		this.html.empty("meta", "name", "robots", "content", "noindex");
		this.html.empty("meta", "name", "referrer", "content", "no-referrer");
		this.html.element("title", title + " - requests4j").element("style", STYLE).end();
		this.html.begin("body").begin("main").element("h1", title);
		this.html.element("p", "Numbers count from the start of this process until "
				+ Instant.now().truncatedTo(ChronoUnit.SECONDS) + ". Reload the page for new ones.");
	}

	private String finish() {
		return this.html.end().end().end().toString();
	}

	private void overview(Map<String, SessionDescriptor> sessions) {
		this.html.element("h2", "Overview", "id", "overview");
		beginTable("overview", List.of("Session", "Calls", "Errors", "Retries", "Connections in use", "Waiting calls",
				"Circuit breakers"));
		int number = 0;
		for (Map.Entry<String, SessionDescriptor> entry : sessions.entrySet()) {
			number++;
			SessionDescriptor session = entry.getValue();
			this.html.begin("tr").begin("th", "scope", "row");
			this.html.element("a", entry.getKey(), "href", "#s" + number).end();
			SessionActivity.Counts counts = session.counts();
			cell((counts != null) ? counts.calls() : 0);
			cell((counts != null) ? counts.errors() : 0);
			cell((counts != null) ? counts.retries() : 0);
			cell(session.pools().stream().mapToInt((pool) -> pool.connections().leased()).sum());
			cell(session.pools().stream().mapToInt((pool) -> pool.connections().pending()).sum());
			cell(session.breakers());
			this.html.end();
		}
		endTable();
	}

	private void session(String id, SessionDescriptor session) {
		this.html.element("p",
				session.created() ? "Bean " + session.bean() : "Bean " + session.bean() + ", which is not used yet");
		this.html.begin("div", "class", "parts");
		Map<String, Object> parts = values(session);
		parts.keySet().removeAll(SHOWN_ELSEWHERE);
		List<String> names = new ArrayList<>(parts.keySet());
		names.removeAll(LAST);
		names.addAll(LAST);
		names.forEach((name) -> part(id + "-" + name, "h3", label(session.getClass(), name),
				parts.getOrDefault(name, List.of())));
		this.html.end();
		settings(id + "-settings", session.settings());
	}

	private void settings(String id, Map<String, Setting> settings) {
		this.html.begin("details").element("summary", "Settings (" + settings.size() + ")", "id", id);
		beginTable(id, List.of("Key", "Value", "Set by", "Origin"));
		settings.forEach((key, setting) -> {
			this.html.begin("tr").element("th", text(key), "scope", "row");
			cell(setting.value());
			cell((setting.property() != null) ? setting.property() : "default");
			cell((setting.origin() != null) ? setting.origin() : "");
			this.html.end();
		});
		endTable();
		this.html.end();
	}

	/** Writes a part of the report, unless it is empty. */
	private void part(String id, String heading, String title, Object value) {
		if (value.equals(List.of()) || value.equals(Map.of())) {
			return;
		}
		this.html.begin("div").element(heading, title, "id", id);
		if (value instanceof Record group) {
			rows(id, labelled(group));
		}
		else if (value instanceof Map<?, ?> map) {
			rows(id, map);
		}
		else if (value instanceof List<?> list && list.get(0) instanceof Record) {
			records(id, list);
		}
		else if (value instanceof List<?> list) {
			this.html.begin("ol");
			list.forEach((element) -> this.html.element("li", text(element)));
			this.html.end();
		}
		else {
			this.html.element("p", text(value));
		}
		this.html.end();
	}

	private void rows(String id, Map<?, ?> values) {
		beginTable(id, List.of());
		values.forEach((key, value) -> {
			this.html.begin("tr").element("th", text(key), "scope", "row");
			cell(value);
			this.html.end();
		});
		endTable();
	}

	private void records(String id, List<?> records) {
		List<Map<String, Object>> rows = records.stream().map((value) -> labelled((Record) value)).toList();
		Set<String> columns = new LinkedHashSet<>();
		addLabels(records.get(0).getClass(), columns);
		columns.removeIf((column) -> rows.stream().noneMatch((row) -> row.containsKey(column)));
		beginTable(id, List.copyOf(columns));
		for (Map<String, Object> row : rows) {
			this.html.begin("tr");
			columns.forEach((column) -> cell(row.getOrDefault(column, "")));
			this.html.end();
		}
		endTable();
	}

	/**
	 * Begins a table. One with many columns may be wider than the page, so it scrolls
	 * separately.
	 */
	private void beginTable(String heading, List<String> columns) {
		if (columns.isEmpty()) {
			this.html.begin("div", "class", "wide");
		}
		else {
			this.html.begin("div", "class", "wide", "role", "group", "aria-labelledby", heading, "tabindex", "0");
		}
		this.html.begin("table", "aria-labelledby", heading);
		if (!columns.isEmpty()) {
			this.html.begin("thead").begin("tr");
			columns.forEach((column) -> this.html.element("th", column, "scope", "col"));
			this.html.end().end();
		}
		this.html.begin("tbody");
	}

	private void endTable() {
		this.html.end().end().end();
	}

	private void cell(Object value) {
		if (value instanceof Number || value instanceof Duration) {
			this.html.element("td", text(value), "class", "number");
		}
		else if (value instanceof Instant) {
			this.html.element("td", text(value), "class", "time");
		}
		else {
			this.html.element("td", text(value));
		}
	}

	private static String text(Object value) {
		if (value instanceof List<?> list) {
			return list.stream().map(SessionsPage::text).collect(Collectors.joining(", "));
		}
		if (value instanceof Map<?, ?> map) {
			return map.entrySet()
				.stream()
				.map((entry) -> text(entry.getKey()) + ": " + text(entry.getValue()))
				.collect(Collectors.joining(", "));
		}
		if (value instanceof Instant instant) {
			return instant.truncatedTo(ChronoUnit.MILLIS).toString();
		}
		if (value instanceof Duration duration) {
			return String.valueOf(duration.toMillis());
		}
		if (value instanceof Boolean yes) {
			return yes ? "yes" : "no";
		}
		return UrlText.printable(String.valueOf(value));
	}

	/** Returns the components of a record that are not {@code null}. */
	private static Map<String, Object> values(Record group) {
		Map<String, Object> values = new LinkedHashMap<>();
		for (RecordComponent component : group.getClass().getRecordComponents()) {
			ReflectionUtils.makeAccessible(component.getAccessor());
			Object value = ReflectionUtils.invokeMethod(component.getAccessor(), group);
			if (value != null) {
				values.put(component.getName(), value);
			}
		}
		return values;
	}

	/** Returns the values by label, together with those of nested records. */
	private static Map<String, Object> labelled(Record group) {
		Map<String, Object> labelled = new LinkedHashMap<>();
		values(group).forEach((name, value) -> {
			if (value instanceof Record inner) {
				labelled.putAll(labelled(inner));
			}
			else {
				labelled.put(label(group.getClass(), name), value);
			}
		});
		return labelled;
	}

	/**
	 * Adds the labels of all components in their order, which rows without some share.
	 */
	private static void addLabels(Class<?> type, Set<String> labels) {
		for (RecordComponent component : type.getRecordComponents()) {
			if (component.getType().isRecord()) {
				addLabels(component.getType(), labels);
			}
			else {
				labels.add(label(type, component.getName()));
			}
		}
	}

	/** Returns words for the name of a component, such as "Retry budget". */
	private static String label(Class<?> group, String name) {
		String known = LABELS.get(group.getSimpleName() + "." + name);
		if (known != null) {
			return known;
		}
		String words = name.replaceAll("(\\p{Lu})", " $1").toLowerCase(Locale.ROOT);
		return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
	}

	private static String sha256(String text) {
		return Base64.getEncoder().encodeToString(Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
	}

}
