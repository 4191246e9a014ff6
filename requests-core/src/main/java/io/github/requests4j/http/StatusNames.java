package io.github.requests4j.http;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The names of status codes in requests ({@code status_codes.py}).
 */
final class StatusNames {

	static final Map<Integer, List<String>> NAMES = names();

	static final Map<String, Integer> CODES = codes();

	private StatusNames() {
	}

	private static Map<Integer, List<String>> names() {
		Map<Integer, List<String>> names = new LinkedHashMap<>();
		putNonErrors(names);
		putErrors(names);
		return Map.copyOf(names);
	}

	private static Map<String, Integer> codes() {
		Map<String, Integer> codes = new HashMap<>();
		NAMES.forEach((code, names) -> names.forEach((name) -> putName(codes, name, code)));
		return Map.copyOf(codes);
	}

	// If two codes have the same name, the higher one wins, because it comes later in the
	// table of requests.
	private static void putName(Map<String, Integer> codes, String name, int code) {
		codes.merge(name, code, Math::max);
		if (!name.startsWith("\\") && !name.startsWith("/")) {
			codes.merge(name.toUpperCase(Locale.ROOT), code, Math::max);
		}
	}

	private static void putNonErrors(Map<Integer, List<String>> names) {
		put(names, 100, "continue");
		put(names, 101, "switching_protocols");
		put(names, 102, "processing", "early-hints");
		put(names, 103, "checkpoint");
		put(names, 122, "uri_too_long", "request_uri_too_long");
		put(names, 200, "ok", "okay", "all_ok", "all_okay", "all_good", "\\o/", "✓");
		put(names, 201, "created");
		put(names, 202, "accepted");
		put(names, 203, "non_authoritative_info", "non_authoritative_information");
		put(names, 204, "no_content");
		put(names, 205, "reset_content", "reset");
		put(names, 206, "partial_content", "partial");
		put(names, 207, "multi_status", "multiple_status", "multi_stati", "multiple_stati");
		put(names, 208, "already_reported");
		put(names, 226, "im_used");
		put(names, 300, "multiple_choices");
		put(names, 301, "moved_permanently", "moved", "\\o-");
		put(names, 302, "found");
		put(names, 303, "see_other", "other");
		put(names, 304, "not_modified");
		put(names, 305, "use_proxy");
		put(names, 306, "switch_proxy");
		put(names, 307, "temporary_redirect", "temporary_moved", "temporary");
		put(names, 308, "permanent_redirect", "resume_incomplete", "resume");
	}

	private static void putErrors(Map<Integer, List<String>> names) {
		put(names, 400, "bad_request", "bad");
		put(names, 401, "unauthorized");
		put(names, 402, "payment_required", "payment");
		put(names, 403, "forbidden");
		put(names, 404, "not_found", "-o-");
		put(names, 405, "method_not_allowed", "not_allowed");
		put(names, 406, "not_acceptable");
		put(names, 407, "proxy_authentication_required", "proxy_auth", "proxy_authentication");
		put(names, 408, "request_timeout", "timeout");
		put(names, 409, "conflict");
		put(names, 410, "gone");
		put(names, 411, "length_required");
		put(names, 412, "precondition_failed", "precondition");
		put(names, 413, "request_entity_too_large", "content_too_large");
		put(names, 414, "request_uri_too_large", "uri_too_long");
		put(names, 415, "unsupported_media_type", "unsupported_media", "media_type");
		put(names, 416, "requested_range_not_satisfiable", "requested_range", "range_not_satisfiable");
		put(names, 417, "expectation_failed");
		put(names, 418, "im_a_teapot", "teapot", "i_am_a_teapot");
		put(names, 421, "misdirected_request");
		put(names, 422, "unprocessable_entity", "unprocessable", "unprocessable_content");
		put(names, 423, "locked");
		put(names, 424, "failed_dependency", "dependency");
		put(names, 425, "unordered_collection", "unordered", "too_early");
		put(names, 426, "upgrade_required", "upgrade");
		put(names, 428, "precondition_required", "precondition");
		put(names, 429, "too_many_requests", "too_many");
		put(names, 431, "header_fields_too_large", "fields_too_large");
		put(names, 444, "no_response", "none");
		put(names, 449, "retry_with", "retry");
		put(names, 450, "blocked_by_windows_parental_controls", "parental_controls");
		put(names, 451, "unavailable_for_legal_reasons", "legal_reasons");
		put(names, 499, "client_closed_request");
		put(names, 500, "internal_server_error", "server_error", "/o\\", "✗");
		put(names, 501, "not_implemented");
		put(names, 502, "bad_gateway");
		put(names, 503, "service_unavailable", "unavailable");
		put(names, 504, "gateway_timeout");
		put(names, 505, "http_version_not_supported", "http_version");
		put(names, 506, "variant_also_negotiates");
		put(names, 507, "insufficient_storage");
		put(names, 509, "bandwidth_limit_exceeded", "bandwidth");
		put(names, 510, "not_extended");
		put(names, 511, "network_authentication_required", "network_auth", "network_authentication");
	}

	private static void put(Map<Integer, List<String>> names, int code, String... all) {
		names.put(code, List.of(all));
	}

}
