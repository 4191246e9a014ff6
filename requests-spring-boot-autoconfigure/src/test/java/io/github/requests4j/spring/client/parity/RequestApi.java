package io.github.requests4j.spring.client.parity;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.format.annotation.NumberFormat;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PatchExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;
import org.springframework.web.util.UriBuilderFactory;

import io.github.requests4j.http.Body;
import io.github.requests4j.http.FilePart;
import io.github.requests4j.spring.client.RequestsClient;

/**
 * Each kind of argument that spring-web supports.
 */
@RequestsClient("s")
@HttpExchange
public interface RequestApi {

	@GetExchange("/p/{v}/end")
	void path(@PathVariable String v);

	@GetExchange("/p/{v}")
	void pathInt(@PathVariable int v);

	@GetExchange("/p/{v}")
	void pathList(@PathVariable("v") List<String> values);

	@GetExchange("/p/{v}")
	void pathArray(@PathVariable("v") String[] values);

	@GetExchange("/p/{v}")
	void pathEnum(@PathVariable Size v);

	@GetExchange("/p/{v}")
	void pathDate(@PathVariable @DateTimeFormat(pattern = "yyyy.MM.dd") LocalDate v);

	@GetExchange("/p/{v}")
	void pathPlainDate(@PathVariable LocalDate v);

	@GetExchange("/p/{v}")
	void pathOptional(@PathVariable Optional<String> v);

	@GetExchange("/p/{v}")
	void pathNullable(@PathVariable(required = false) @Nullable String v);

	@GetExchange("/p/{a}/{b}")
	void pathMap(@PathVariable Map<String, String> all);

	@GetExchange("/p/{a}/{a}")
	void pathTwice(@PathVariable String a);

	@GetExchange("/p/{größe}")
	void pathUmlaut(@PathVariable("größe") String value);

	@GetExchange("/p/x{v}y")
	void pathInside(@PathVariable String v);

	@GetExchange("/p?fixed={v}")
	void templateQuery(@PathVariable String v);

	@GetExchange("/p?fixed={v}#f{v}")
	void templateFragment(@PathVariable String v);

	@GetExchange("/literal/ä b")
	void literal();

	@GetExchange("/literal?q=ä b+c&r=%41")
	void literalQuery();

	@GetExchange
	void noPath();

	@GetExchange("")
	void emptyPath();

	@GetExchange("relative/{v}")
	void relative(@PathVariable String v);

	@GetExchange("${parity.prefix}/{v}")
	void placeholder(@PathVariable String v);

	@GetExchange("/q")
	void param(@RequestParam @Nullable String q);

	@GetExchange("/q")
	void paramRequired(@RequestParam String q);

	@GetExchange("/q")
	void paramOptional(@RequestParam(required = false) @Nullable String q, @RequestParam String z);

	@GetExchange("/q")
	void paramDefault(@RequestParam(defaultValue = "dflt") @Nullable String q);

	@GetExchange("/q")
	void paramList(@RequestParam List<String> q);

	@GetExchange("/q")
	void paramSet(@RequestParam Set<Integer> q);

	@GetExchange("/q")
	void paramArray(@RequestParam String[] q);

	@GetExchange("/q")
	void paramEnum(@RequestParam Size q, @RequestParam List<Size> all);

	@GetExchange("/q")
	void paramMap(@RequestParam Map<String, String> all);

	@GetExchange("/q")
	void paramMultiMap(@RequestParam MultiValueMap<String, String> all);

	@GetExchange("/q")
	void paramJavaOptional(@RequestParam Optional<String> q);

	@GetExchange("/q")
	void paramNumbers(@RequestParam int i, @RequestParam long l, @RequestParam double d, @RequestParam boolean b);

	@GetExchange("/q")
	void paramNumberFormat(@RequestParam @NumberFormat(pattern = "#,##0.00") double q);

	@GetExchange("/q")
	void paramDate(@RequestParam @DateTimeFormat(pattern = "dd/MM/yyyy") LocalDate q);

	@GetExchange("/q")
	void paramIsoDate(@RequestParam @DateTimeFormat(iso = DateTimeFormat.ISO.DATE_TIME) LocalDateTime q);

	@GetExchange("/q")
	void paramOldDate(@RequestParam @DateTimeFormat(pattern = "yyyy-MM-dd") Date q);

	@GetExchange("/q")
	void paramPlainDate(@RequestParam LocalDate q);

	@GetExchange("/q?own={o}")
	void paramBesideQuery(@PathVariable String o, @RequestParam String q);

	@GetExchange("/q?own=1")
	void paramBesideLiteral(@RequestParam String q);

	@GetExchange("/q?q=1")
	void paramBesideSame(@RequestParam String q);

	@HttpExchange(method = "GET", url = "/q?fixed=1")
	void paramFixed(@RequestParam String q);

	@GetExchange("/q")
	void paramNames(@RequestParam("ä b") String a, @RequestParam("x[0]") String b);

	@PostExchange("/q")
	void paramPost(@RequestParam String q);

	@GetExchange("/h")
	void header(@RequestHeader("X-H") @Nullable String h);

	@GetExchange("/h")
	void headerOptional(@RequestHeader(name = "X-H", required = false) @Nullable String h);

	@GetExchange("/h")
	void headerDefault(@RequestHeader(name = "X-H", defaultValue = "dflt") @Nullable String h);

	@GetExchange("/h")
	void headerList(@RequestHeader("X-H") List<String> h);

	@GetExchange("/h")
	void headerArray(@RequestHeader("X-H") String[] h);

	@GetExchange("/h")
	void headerNumbers(@RequestHeader("X-I") int i, @RequestHeader("X-B") boolean b, @RequestHeader("X-E") Size e);

	@GetExchange("/h")
	void headerDate(@RequestHeader("X-D") @DateTimeFormat(pattern = "yyyy.MM.dd") LocalDate d);

	@GetExchange("/h")
	void headerMap(@RequestHeader Map<String, String> all);

	@GetExchange("/h")
	void headerMultiMap(@RequestHeader MultiValueMap<String, String> all);

	@GetExchange("/h")
	void headerJavaOptional(@RequestHeader("X-H") Optional<String> h);

	@HttpExchange(method = "GET", url = "/h", headers = { "X-Fixed=1", "X-More=${parity.prefix}" })
	void headerFixed();

	@HttpExchange(method = "GET", url = "/h", headers = "X-Fixed=1")
	void headerFixedAndGiven(@RequestHeader("X-Fixed") String h);

	@GetExchange("/q")
	void paramColon(@RequestParam("a:b") String q);

	@GetExchange(url = "/h", accept = { "application/json", "text/plain" })
	void headerAccept();

	@GetExchange("/h")
	void headerAcceptGiven(@RequestHeader("Accept") String accept);

	@GetExchange("/h")
	void headerUserAgent(@RequestHeader("User-Agent") String agent);

	@GetExchange("/h")
	void headerAuthorization(@RequestHeader("Authorization") String value);

	@GetExchange("/h")
	void headerCookie(@RequestHeader("Cookie") List<String> cookies);

	@GetExchange("/c")
	void cookie(@CookieValue("c") @Nullable String c);

	@GetExchange("/c")
	void cookieOptional(@CookieValue(name = "c", required = false) @Nullable String c);

	@GetExchange("/c")
	void cookieDefault(@CookieValue(name = "c", defaultValue = "dflt") @Nullable String c);

	@GetExchange("/c")
	void cookieList(@CookieValue("c") List<String> c);

	@GetExchange("/c")
	void cookieArray(@CookieValue("c") String[] c, @CookieValue("d") int d);

	@GetExchange("/c")
	void cookieMap(@CookieValue Map<String, String> all);

	@GetExchange("/c")
	void cookieMultiMap(@CookieValue MultiValueMap<String, String> all);

	@GetExchange("/c")
	void cookieJavaOptional(@CookieValue("c") Optional<String> c);

	@GetExchange("/a")
	void attribute(@RequestAttribute("a") String value);

	@GetExchange("/u")
	void uri(@Nullable URI uri);

	@GetExchange("/u/{v}")
	void uriFactory(UriBuilderFactory factory, @PathVariable String v);

	@GetExchange("/u/{v}")
	void uriFactoryParam(UriBuilderFactory factory, @PathVariable String v, @RequestParam List<String> q);

	@HttpExchange("/m")
	void method(HttpMethod method);

	@PutExchange("/m")
	void put();

	@PostExchange("/m")
	void post();

	@PatchExchange("/m")
	void patch(@RequestBody String body);

	@DeleteExchange("/m")
	void delete();

	@DeleteExchange("/m")
	void deleteBody(@RequestBody Item body);

	@HttpExchange(method = "OPTIONS", url = "/m")
	void options();

	@PostExchange("/b")
	void body(@RequestBody Object body);

	@PostExchange("/b")
	void bodyString(@RequestBody String body);

	@PostExchange("/b")
	void bodyNullable(@RequestBody(required = false) @Nullable Item body);

	@PostExchange("/b")
	void bodyItem(@RequestBody Item body);

	@PostExchange("/b")
	void bodyList(@RequestBody List<Item> body);

	@PostExchange("/b")
	void bodyMap(@RequestBody Map<String, Object> body);

	@PostExchange("/b")
	void bodyBytes(@RequestBody byte[] body);

	@PostExchange("/b")
	void bodyResource(@RequestBody Resource body);

	@PostExchange("/b")
	void bodyPath(@RequestBody Path body);

	@PostExchange("/b")
	void bodyStream(@RequestBody InputStream body);

	@PostExchange("/b")
	void bodyOfRequests(@RequestBody Body body);

	@PostExchange("/b")
	void bodyForm(@RequestBody MultiValueMap<String, String> body);

	@PostExchange("/b")
	void bodyParts(@RequestBody MultiValueMap<String, Object> body);

	@PostExchange("/b")
	void bodyEntities(@RequestBody MultiValueMap<String, HttpEntity<?>> body);

	@PostExchange("/b")
	void bodyStreaming(@RequestBody StreamingHttpOutputMessage.Body body);

	@PostExchange("/b")
	void typed(@RequestHeader("Content-Type") String type, @RequestBody Object body);

	@PostExchange(url = "/b", contentType = "application/json")
	void json(@RequestBody Object body);

	@PostExchange(url = "/f", contentType = "application/x-www-form-urlencoded")
	void form(@RequestParam @Nullable String a, @RequestParam List<String> b);

	@PostExchange(url = "/f", contentType = "application/x-www-form-urlencoded;charset=ISO-8859-1")
	void formLatin(@RequestParam String a);

	@PostExchange(url = "/f", contentType = "application/x-www-form-urlencoded")
	void formMap(@RequestParam Map<String, String> a);

	@PostExchange(url = "/f", contentType = "application/x-www-form-urlencoded")
	void formBody(@RequestBody MultiValueMap<String, Object> body);

	@PostExchange("/mp")
	void part(@RequestPart("p") Object part);

	@PostExchange("/mp")
	void partString(@RequestPart("p") String part);

	@PostExchange("/mp")
	void partEntity(@RequestPart("p") HttpEntity<?> part);

	@PostExchange("/mp")
	void partItem(@RequestPart("p") Item part);

	@PostExchange("/mp")
	void partPath(@RequestPart("p") Path part);

	@PostExchange("/mp")
	void partFilePart(@RequestPart("p") FilePart part);

	@PostExchange("/mp")
	void partList(@RequestPart("p") List<String> parts);

	@PostExchange("/mp")
	void partResource(@RequestPart("p") Resource part);

	@PostExchange("/mp")
	void partFile(@RequestPart("p") MultipartFile part);

	@PostExchange("/mp")
	void partFiles(@RequestPart("p") Collection<MultipartFile> parts);

	@PostExchange("/mp")
	void partOptional(@RequestPart(name = "p", required = false) @Nullable String part, @RequestPart("q") String q);

	@PostExchange("/mp")
	void file(MultipartFile file);

	@PostExchange("/mp")
	void partsAndFile(@RequestPart("meta") Item meta, @RequestPart("file") MultipartFile file);

	@PostExchange(url = "/mp", contentType = "multipart/mixed")
	void mixed(@RequestPart("a") String a, @RequestPart("b") Item b);

	@PostExchange(url = "/mp", contentType = "multipart/related;type=\"application/json\"")
	void related(@RequestPart("a") Item a, @RequestPart("b") Resource b);

	@PostExchange(url = "/mp", contentType = "multipart/form-data")
	void formData(@RequestPart("a") String a);

	/** An enum with its own text. */
	enum Size {

		SMALL, LARGE;

		@Override
		public String toString() {
			return "size " + name();
		}

	}

	/**
	 * A body.
	 */
	record Item(String name, int count) {
	}

}
