package io.github.requests4j.spring.client.parity;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.DefaultUriBuilderFactory;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.spring.client.parity.RequestApi.Item;
import io.github.requests4j.spring.client.parity.RequestApi.Size;

/**
 * Calls with arguments of all kinds.
 */
final class RequestCases {

	static final List<String> TEXTS = List.of("x", "", "a b", "a+b", "a/b", "ä€𝄞", "a&b=c", "%41%2F%", "{x}", "a;b=c",
			"~!*'()", "?#", "\"<>\\^`|", ".", "..", "a..b", "@:$,", "a\tb", "[1]");

	private final List<Case> cases = new ArrayList<>();

	private final String url;

	private final Path file;

	private RequestCases(String url, Path file) {
		this.url = url;
		this.file = file;
	}

	/**
	 * All cases.
	 * @param url the URL of the server
	 * @param file a file to upload
	 */
	static List<Case> all(String url, Path file) {
		RequestCases cases = new RequestCases(url, file);
		cases.paths();
		cases.params();
		cases.headers();
		cases.cookies();
		cases.targets();
		cases.bodies();
		cases.typedBodies();
		cases.forms();
		cases.parts();
		return cases.cases;
	}

	private void add(String name, Consumer<RequestApi> call, Difference... expected) {
		this.cases.add(new Case(name, call, List.of(expected)));
	}

	/** The result of a text as a path variable that is a whole segment. */
	private static Difference[] inPath(String text) {
		if (text.isEmpty()) {
			return new Difference[] { Difference.EMPTY_VARIABLE };
		}
		return text.matches("\\.{1,2}") ? new Difference[] { Difference.DOT_SEGMENTS } : new Difference[0];
	}

	private void paths() {
		for (String text : TEXTS) {
			add("path variable '" + text + "'", (api) -> api.path(text), inPath(text));
			add("path variable inside a segment '" + text + "'", (api) -> api.pathInside(text),
					text.isEmpty() ? inPath(text) : new Difference[0]);
			add("variable of the query '" + text + "'", (api) -> api.templateQuery(text));
		}
		add("path variable int", (api) -> api.pathInt(-7));
		add("path variable List", (api) -> api.pathList(List.of("a", "b c")));
		add("path variable List, empty", (api) -> api.pathList(List.of()), Difference.EMPTY_VARIABLE);
		add("path variable array", (api) -> api.pathArray(new String[] { "a", "b" }));
		add("path variable enum", (api) -> api.pathEnum(Size.LARGE));
		add("path variable date with format", (api) -> api.pathDate(LocalDate.of(2026, 3, 1)));
		add("path variable date", (api) -> api.pathPlainDate(LocalDate.of(2026, 3, 1)), Difference.DATES);
		add("path variable Optional", (api) -> api.pathOptional(Optional.of("o")));
		add("path variable Optional, empty", (api) -> api.pathOptional(Optional.empty()));
		add("path variable null", (api) -> api.pathNullable(null));
		add("path variables Map", (api) -> api.pathMap(Map.of("a", "1", "b", "2")));
		add("path variables Map, one missing", (api) -> api.pathMap(Map.of("a", "1")));
		add("path variable used twice", (api) -> api.pathTwice("t"));
		add("path variable with umlaut", (api) -> api.pathUmlaut("g"));
		add("fragment", (api) -> api.templateFragment("f"));
		add("literal path", RequestApi::literal);
		add("literal query", RequestApi::literalQuery, Difference.PERCENT);
		add("no path", RequestApi::noPath);
		add("empty path", RequestApi::emptyPath);
		add("relative path", (api) -> api.relative("r"));
		add("placeholder", (api) -> api.placeholder("r"));
	}

	private void params() {
		for (String text : TEXTS) {
			add("parameter '" + text + "'", (api) -> api.param(text),
					text.contains(" ") ? new Difference[] { Difference.BLANKS } : new Difference[0]);
		}
		add("parameter null", (api) -> api.param(null));
		add("parameter required but null", (api) -> api.paramRequired(null));
		add("parameter optional null", (api) -> api.paramOptional(null, "z"));
		add("parameter default", (api) -> api.paramDefault(null));
		add("parameter List", (api) -> api.paramList(List.of("a", "b c", "")), Difference.BLANKS);
		add("parameter List of one", (api) -> api.paramList(List.of("a")));
		add("parameter List, empty", (api) -> api.paramList(List.of()));
		add("parameter List with null", (api) -> api.paramList(Arrays.asList("a", null)));
		add("parameter Set", (api) -> api.paramSet(new LinkedHashSet<>(List.of(3, 1, 2))));
		add("parameter array", (api) -> api.paramArray(new String[] { "a", "b" }));
		add("parameter enum", (api) -> api.paramEnum(Size.SMALL, List.of(Size.LARGE, Size.SMALL)));
		add("parameter Map", (api) -> api.paramMap(ordered("a", "1", "b b", "ä")), Difference.BLANKS);
		add("parameter Map with null", (api) -> api.paramMap(Collections.singletonMap("a", null)));
		add("parameter MultiValueMap", (api) -> api.paramMultiMap(multi("a", "1", "a", "2", "b", "3")));
		add("parameter Optional", (api) -> api.paramJavaOptional(Optional.of("o")));
		add("parameter Optional, empty", (api) -> api.paramJavaOptional(Optional.empty()));
		add("parameter numbers", (api) -> api.paramNumbers(1, -2L, 1.5e10, true));
		add("parameter number with format", (api) -> api.paramNumberFormat(12345.678));
		add("parameter date with format", (api) -> api.paramDate(LocalDate.of(2026, 3, 1)));
		add("parameter ISO date", (api) -> api.paramIsoDate(LocalDateTime.of(2026, 3, 1, 12, 30)));
		add("parameter Date with format", (api) -> api.paramOldDate(new Date(0)));
		add("parameter date", (api) -> api.paramPlainDate(LocalDate.of(2026, 3, 1)), Difference.DATES);
		add("parameter beside a query", (api) -> api.paramBesideQuery("o", "q"));
		add("parameter beside a literal query", (api) -> api.paramBesideLiteral("q"));
		add("parameter of the same name as in the query", (api) -> api.paramBesideSame("q"));
		add("parameter fixed by the annotation", (api) -> api.paramFixed("q"));
		add("parameter names", (api) -> api.paramNames("1", "2"), Difference.BLANKS);
		add("parameter with a colon in its name", (api) -> api.paramColon("q"));
		add("parameter of POST without content type", (api) -> api.paramPost("q r"), Difference.BLANKS);
	}

	private void headers() {
		for (String text : List.of("x", "", "a b", "a,b", "€", "\"q\"", "a\r\nX-Evil: 1", "a\tb", "after ")) {
			add("header '" + text + "'", (api) -> api.header(text));
		}
		add("header with a blank before", (api) -> api.header(" before"), Difference.PADDED_HEADER);
		add("header in Latin-1", (api) -> api.header("ä"), Difference.LATIN_1);
		add("header null", (api) -> api.header(null));
		add("header optional null", (api) -> api.headerOptional(null));
		add("header default", (api) -> api.headerDefault(null));
		add("header List", (api) -> api.headerList(List.of("a", "b")));
		add("header List, empty", (api) -> api.headerList(List.of()));
		add("header array", (api) -> api.headerArray(new String[] { "a", "b" }));
		add("header numbers", (api) -> api.headerNumbers(1, true, Size.LARGE));
		add("header date with format", (api) -> api.headerDate(LocalDate.of(2026, 3, 1)));
		add("header Map", (api) -> api.headerMap(ordered("X-A", "1", "X-B", "2")));
		add("header MultiValueMap", (api) -> api.headerMultiMap(multi("X-A", "1", "X-A", "2")));
		add("header Optional", (api) -> api.headerJavaOptional(Optional.of("o")));
		add("header Optional, empty", (api) -> api.headerJavaOptional(Optional.empty()));
		add("headers fixed by the annotation", RequestApi::headerFixed);
		add("header fixed and given", (api) -> api.headerFixedAndGiven("2"));
		add("accept of the annotation", RequestApi::headerAccept);
		add("header Accept", (api) -> api.headerAcceptGiven("text/csv"));
		add("header User-Agent", (api) -> api.headerUserAgent("me/1"));
		add("header Authorization", (api) -> api.headerAuthorization("Bearer t"));
		add("header Cookie", (api) -> api.headerCookie(List.of("a=1", "b=2")));
	}

	private void cookies() {
		for (String text : List.of("x", "", "a b", "a,b", "\"q\"", "a=b", "a;b")) {
			add("cookie '" + text + "'", (api) -> api.cookie(text));
		}
		add("cookie in Latin-1", (api) -> api.cookie("ä"), Difference.LATIN_1);
		add("cookie null", (api) -> api.cookie(null));
		add("cookie optional null", (api) -> api.cookieOptional(null));
		add("cookie default", (api) -> api.cookieDefault(null));
		add("cookie List", (api) -> api.cookieList(List.of("1", "2")));
		add("cookie List of equal values", (api) -> api.cookieList(List.of("1", "1")));
		add("cookie array beside another", (api) -> api.cookieArray(new String[] { "1", "2" }, 3));
		add("cookie Map", (api) -> api.cookieMap(ordered("a", "1", "b", "2")));
		add("cookie MultiValueMap", (api) -> api.cookieMultiMap(multi("a", "1", "a", "2", "b", "3")));
		add("cookie Optional", (api) -> api.cookieJavaOptional(Optional.of("o")));
		add("cookie Optional, empty", (api) -> api.cookieJavaOptional(Optional.empty()));
	}

	private void targets() {
		add("attribute", (api) -> api.attribute("v"));
		add("URI null", (api) -> api.uri(null));
		for (String target : List.of("/abs", "/abs?z=1&y=%20", "/a%2Fb/%C3%A4", "", "/a+b?c+d", "?q")) {
			add("URI '" + target + "'", (api) -> api.uri(URI.create(this.url + target)));
		}
		for (String text : List.of("a", "a/b", "ä b")) {
			add("UriBuilderFactory, '" + text + "'",
					(api) -> api.uriFactory(new DefaultUriBuilderFactory(this.url + "/base"), text));
			add("UriBuilderFactory with parameters, '" + text + "'",
					(api) -> api.uriFactoryParam(new DefaultUriBuilderFactory(this.url), text, List.of(text, "b c")));
		}
		for (HttpMethod method : HttpMethod.values()) {
			if (method != HttpMethod.TRACE) {
				add("method " + method, (api) -> api.method(method));
			}
		}
		add("method of one's own", (api) -> api.method(HttpMethod.valueOf("PURGE")));
		add("PUT without body", RequestApi::put);
		add("POST without body", RequestApi::post);
		add("PATCH", (api) -> api.patch("p"));
		add("DELETE", RequestApi::delete);
		add("DELETE with a body", (api) -> api.deleteBody(new Item("i", 1)));
		add("OPTIONS", RequestApi::options);
	}

	private void bodies() {
		add("body String", (api) -> api.bodyString("text ä"));
		add("body String, empty", (api) -> api.bodyString(""));
		add("body record", (api) -> api.bodyItem(new Item("ä\"", 1)));
		add("body null", (api) -> api.bodyNullable(null));
		add("body List", (api) -> api.bodyList(List.of(new Item("a", 1), new Item("b", 2))));
		add("body List, empty", (api) -> api.bodyList(List.of()));
		add("body Map", (api) -> api.bodyMap(Map.of("a", List.of(1, 2))));
		add("body byte[]", (api) -> api.bodyBytes(new byte[] { 0, -1, 10 }));
		add("body byte[], empty", (api) -> api.bodyBytes(new byte[0]));
		for (Map.Entry<String, Resource> resource : resources().entrySet()) {
			add("body Resource, " + resource.getKey(), (api) -> api.bodyResource(resources().get(resource.getKey())));
		}
		add("body form", (api) -> api.bodyForm(multi("a", "1 ä", "a", "2", "b", "~*'()+&=")));
		add("body form, empty", (api) -> api.bodyForm(multi()));
		add("body form with null", (api) -> api.bodyForm(multi("a", null)));
		add("body parts", (api) -> api.bodyParts(mixedParts()));
		add("body parts of text and numbers", (api) -> api.bodyParts(objects("a", "1", "b", 2)));
		add("body parts with null", (api) -> api.bodyParts(objects("a", null, "b", 2)));
		add("body entities", (api) -> api.bodyEntities(entities()));
		add("body callback",
				(api) -> api.bodyStreaming((out) -> out.write("callback".getBytes(StandardCharsets.UTF_8))));
		add("body Path", (api) -> api.bodyPath(this.file), Difference.STREAMED_ARGUMENTS);
		add("body InputStream", (api) -> api.bodyStream(new ByteArrayInputStream(new byte[] { 'i', 'n' })),
				Difference.STREAMED_ARGUMENTS);
		add("body of requests4j", (api) -> api.bodyOfRequests(Body.of("text")), Difference.STREAMED_ARGUMENTS);
		add("body number", (api) -> api.body(17));
		add("body boolean", (api) -> api.body(true));
		add("body enum", (api) -> api.body(Size.LARGE));
		add("body array of int", (api) -> api.body(new int[] { 1, 2 }));
		add("body StringBuilder", (api) -> api.body(new StringBuilder("sb")));
		add("body LocalDate", (api) -> api.body(LocalDate.of(2026, 3, 1)));
		add("body Optional", (api) -> api.body(Optional.of("o")));
		add("body String as Object", (api) -> api.body("text ä"));
	}

	private void typedBodies() {
		List<Object> values = List.of("text ä", new Item("ä", 1), List.of("a", "b"), Map.of("a", "1"),
				multi("a", "ä", "b", "2"), "bytes".getBytes(StandardCharsets.UTF_8), 17,
				new ByteArrayResource("resource".getBytes(StandardCharsets.UTF_8)));
		List<String> types = List.of("application/json", "application/json;charset=UTF-8",
				"application/json;charset=ISO-8859-1", "application/vnd.api+json", "text/plain",
				"text/plain;charset=UTF-8", "text/plain;charset=ISO-8859-1", "application/octet-stream",
				"application/x-www-form-urlencoded", "application/x-www-form-urlencoded;charset=ISO-8859-1",
				"application/xml", "text/csv", "multipart/form-data", "multipart/mixed", "image/png",
				"application/x-ndjson");
		for (String type : types) {
			for (Object value : values) {
				add("body " + value.getClass().getSimpleName() + " as " + type, (api) -> api.typed(type, value));
			}
		}
		for (Object value : values) {
			add("body " + value.getClass().getSimpleName() + " as JSON by annotation", (api) -> api.json(value));
		}
	}

	private void forms() {
		for (String text : TEXTS) {
			add("form field '" + text + "'", (api) -> api.form(text, List.of("1", "2")));
		}
		add("form field null", (api) -> api.form(null, List.of()));
		add("form in Latin-1", (api) -> api.formLatin("ä&"));
		add("form Map", (api) -> api.formMap(ordered("a", "1", "b", "2")));
		add("form body of numbers and null", (api) -> api.formBody(objects("a", 1, "b", true, "c", null)));
	}

	private void parts() {
		List<Object> values = List.of("text ä", new Item("ä", 1), 17, "bytes".getBytes(StandardCharsets.UTF_8),
				Size.LARGE, Map.of("a", 1));
		for (Object value : values) {
			add("part of " + value.getClass().getSimpleName(), (api) -> api.part(value),
					(value instanceof String) ? new Difference[] { Difference.TEXT_PARTS } : new Difference[0]);
			for (MediaType type : List.of(MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN,
					MediaType.APPLICATION_OCTET_STREAM, MediaType.parseMediaType("text/plain;charset=ISO-8859-1"))) {
				add("part entity of " + value.getClass().getSimpleName() + " as " + type,
						(api) -> api.partEntity(entity(value, type)));
			}
		}
		for (Map.Entry<String, Resource> resource : resources().entrySet()) {
			add("part Resource, " + resource.getKey(), (api) -> api.partResource(resources().get(resource.getKey())),
					resource.getKey().endsWith("unusual name") ? new Difference[] { Difference.FILE_NAMES }
							: new Difference[0]);
		}
		add("part String", (api) -> api.partString("text ä"), Difference.TEXT_PARTS);
		add("part String, empty", (api) -> api.partString(""), Difference.TEXT_PARTS);
		add("part record", (api) -> api.partItem(new Item("ä", 1)));
		add("part List", (api) -> api.partList(List.of("a", "b")), Difference.TEXT_PARTS);
		add("part optional null", (api) -> api.partOptional(null, "q"), Difference.TEXT_PARTS);
		for (String name : List.of("f.txt", "", "ä.txt", "a\"b.txt", "a\\b.txt", "a;b.txt", "a%22b.txt")) {
			add("MultipartFile named '" + name + "'", (api) -> api.partFile(file("p", name, "text/plain")),
					name.matches(".*[\"\\\\].*") ? new Difference[] { Difference.FILE_NAMES } : new Difference[0]);
		}
		add("MultipartFile without type", (api) -> api.partFile(file("p", "f.txt", null)));
		add("MultipartFile empty", (api) -> api.partFile(new MockMultipartFile("p", "f", "text/plain", new byte[0])));
		add("MultipartFiles", (api) -> api.partFiles(List.of(file("p", "1.txt", "text/plain"), file("p", "2", null))));
		add("MultipartFile without annotation", (api) -> api.file(file("p", "f.txt", "text/plain")));
		add("part and MultipartFile", (api) -> api.partsAndFile(new Item("m", 1), file("x", "f.bin", "image/png")));
		add("multipart/mixed", (api) -> api.mixed("a ä", new Item("b", 1)));
		add("multipart/related", (api) -> api.related(new Item("a", 1), resources().get("bytes with a name")));
		add("multipart/form-data by annotation", (api) -> api.formData("a"));
		add("part Path", (api) -> api.partPath(this.file), Difference.STREAMED_ARGUMENTS);
		add("part of requests4j", (api) -> api.partFilePart(FilePart.of("q", "f.txt", "text")),
				Difference.STREAMED_ARGUMENTS);
		add("part headers", (api) -> api.partEntity(withHeaders()), Difference.PART_HEADERS);
		add("part disposition", (api) -> api.partEntity(withDisposition()));
	}

	private static Map<String, Resource> resources() {
		Map<String, Resource> resources = new LinkedHashMap<>();
		byte[] bytes = "résource".getBytes(StandardCharsets.UTF_8);
		resources.put("bytes", new ByteArrayResource(bytes));
		resources.put("bytes with a name", named(bytes, "r.txt"));
		resources.put("bytes with an unusual name", named(bytes, "ä \"b\".json"));
		resources.put("empty", new ByteArrayResource(new byte[0]));
		resources.put("stream", new InputStreamResource(new ByteArrayInputStream(bytes)));
		return resources;
	}

	private static Resource named(byte[] bytes, String name) {
		return new ByteArrayResource(bytes) {
			@Override
			public String getFilename() {
				return name;
			}
		};
	}

	private static MockMultipartFile file(String name, String filename, String type) {
		return new MockMultipartFile(name, filename, type, "content ä".getBytes(StandardCharsets.UTF_8));
	}

	private static HttpEntity<?> entity(Object value, MediaType type) {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentType(type);
		return new HttpEntity<>(value, headers);
	}

	private static HttpEntity<?> withHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.add("X-Part", "1");
		headers.add("X-Part", "2");
		headers.add("Content-ID", "<a>");
		return new HttpEntity<>("text", headers);
	}

	private static HttpEntity<?> withDisposition() {
		HttpHeaders headers = new HttpHeaders();
		headers.setContentDispositionFormData("other", "given.txt");
		return new HttpEntity<>(new ByteArrayResource("x".getBytes(StandardCharsets.UTF_8)), headers);
	}

	private static MultiValueMap<String, Object> mixedParts() {
		return objects("text", "ä", "item", new Item("i", 1), "entity", entity("{}", MediaType.APPLICATION_JSON),
				"resource", named("r".getBytes(StandardCharsets.UTF_8), "r.txt"));
	}

	private static MultiValueMap<String, HttpEntity<?>> entities() {
		MultiValueMap<String, HttpEntity<?>> map = new LinkedMultiValueMap<>();
		map.add("a", entity("1", MediaType.TEXT_PLAIN));
		map.add("a", new HttpEntity<>(new Item("i", 2)));
		return map;
	}

	private static MultiValueMap<String, String> multi(String... pairs) {
		MultiValueMap<String, String> map = new LinkedMultiValueMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			map.add(pairs[i], pairs[i + 1]);
		}
		return map;
	}

	private static MultiValueMap<String, Object> objects(Object... pairs) {
		MultiValueMap<String, Object> map = new LinkedMultiValueMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			map.add((String) pairs[i], pairs[i + 1]);
		}
		return map;
	}

	private static Map<String, String> ordered(String... pairs) {
		Map<String, String> map = new LinkedHashMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			map.put(pairs[i], pairs[i + 1]);
		}
		return map;
	}

	/**
	 * A call.
	 *
	 * @param name the name of the case
	 * @param call the call
	 * @param expected how the outcomes differ, and in no other way
	 */
	record Case(String name, Consumer<RequestApi> call, List<Difference> expected) {
	}

}
