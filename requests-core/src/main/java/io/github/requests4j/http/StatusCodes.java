package io.github.requests4j.http;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The names of HTTP status codes ({@code requests.codes}). All names of requests can be
 * looked up, including aliases and obsolete names. Those that are valid Java identifiers
 * are also constants:
 *
 * <pre>{@code
 * int notFound = StatusCodes.NOT_FOUND; // 404
 * int temporary = StatusCodes.get("temporary_redirect"); // 307
 * int fine = StatusCodes.get("\\o/"); // 200
 * }</pre> Thread-safe.
 */
public final class StatusCodes {

	/** 100 */
	public static final int CONTINUE = 100;

	/** 101 */
	public static final int SWITCHING_PROTOCOLS = 101;

	/** 102 */
	public static final int PROCESSING = 102;

	/** 103 */
	public static final int CHECKPOINT = 103;

	/** 122 */
	public static final int REQUEST_URI_TOO_LONG = 122;

	/** 200 */
	public static final int OK = 200;

	/** 200 */
	public static final int OKAY = 200;

	/** 200 */
	public static final int ALL_OK = 200;

	/** 200 */
	public static final int ALL_OKAY = 200;

	/** 200 */
	public static final int ALL_GOOD = 200;

	/** 201 */
	public static final int CREATED = 201;

	/** 202 */
	public static final int ACCEPTED = 202;

	/** 203 */
	public static final int NON_AUTHORITATIVE_INFO = 203;

	/** 203 */
	public static final int NON_AUTHORITATIVE_INFORMATION = 203;

	/** 204 */
	public static final int NO_CONTENT = 204;

	/** 205 */
	public static final int RESET_CONTENT = 205;

	/** 205 */
	public static final int RESET = 205;

	/** 206 */
	public static final int PARTIAL_CONTENT = 206;

	/** 206 */
	public static final int PARTIAL = 206;

	/** 207 */
	public static final int MULTI_STATUS = 207;

	/** 207 */
	public static final int MULTIPLE_STATUS = 207;

	/** 207 */
	public static final int MULTI_STATI = 207;

	/** 207 */
	public static final int MULTIPLE_STATI = 207;

	/** 208 */
	public static final int ALREADY_REPORTED = 208;

	/** 226 */
	public static final int IM_USED = 226;

	/** 300 */
	public static final int MULTIPLE_CHOICES = 300;

	/** 301 */
	public static final int MOVED_PERMANENTLY = 301;

	/** 301 */
	public static final int MOVED = 301;

	/** 302 */
	public static final int FOUND = 302;

	/** 303 */
	public static final int SEE_OTHER = 303;

	/** 303 */
	public static final int OTHER = 303;

	/** 304 */
	public static final int NOT_MODIFIED = 304;

	/** 305 */
	public static final int USE_PROXY = 305;

	/** 306 */
	public static final int SWITCH_PROXY = 306;

	/** 307 */
	public static final int TEMPORARY_REDIRECT = 307;

	/** 307 */
	public static final int TEMPORARY_MOVED = 307;

	/** 307 */
	public static final int TEMPORARY = 307;

	/** 308 */
	public static final int PERMANENT_REDIRECT = 308;

	/** 308 */
	public static final int RESUME_INCOMPLETE = 308;

	/** 308 */
	public static final int RESUME = 308;

	/** 400 */
	public static final int BAD_REQUEST = 400;

	/** 400 */
	public static final int BAD = 400;

	/** 401 */
	public static final int UNAUTHORIZED = 401;

	/** 402 */
	public static final int PAYMENT_REQUIRED = 402;

	/** 402 */
	public static final int PAYMENT = 402;

	/** 403 */
	public static final int FORBIDDEN = 403;

	/** 404 */
	public static final int NOT_FOUND = 404;

	/** 405 */
	public static final int METHOD_NOT_ALLOWED = 405;

	/** 405 */
	public static final int NOT_ALLOWED = 405;

	/** 406 */
	public static final int NOT_ACCEPTABLE = 406;

	/** 407 */
	public static final int PROXY_AUTHENTICATION_REQUIRED = 407;

	/** 407 */
	public static final int PROXY_AUTH = 407;

	/** 407 */
	public static final int PROXY_AUTHENTICATION = 407;

	/** 408 */
	public static final int REQUEST_TIMEOUT = 408;

	/** 408 */
	public static final int TIMEOUT = 408;

	/** 409 */
	public static final int CONFLICT = 409;

	/** 410 */
	public static final int GONE = 410;

	/** 411 */
	public static final int LENGTH_REQUIRED = 411;

	/** 412 */
	public static final int PRECONDITION_FAILED = 412;

	/** 413 */
	public static final int REQUEST_ENTITY_TOO_LARGE = 413;

	/** 413 */
	public static final int CONTENT_TOO_LARGE = 413;

	/** 414 */
	public static final int REQUEST_URI_TOO_LARGE = 414;

	/** 414 */
	public static final int URI_TOO_LONG = 414;

	/** 415 */
	public static final int UNSUPPORTED_MEDIA_TYPE = 415;

	/** 415 */
	public static final int UNSUPPORTED_MEDIA = 415;

	/** 415 */
	public static final int MEDIA_TYPE = 415;

	/** 416 */
	public static final int REQUESTED_RANGE_NOT_SATISFIABLE = 416;

	/** 416 */
	public static final int REQUESTED_RANGE = 416;

	/** 416 */
	public static final int RANGE_NOT_SATISFIABLE = 416;

	/** 417 */
	public static final int EXPECTATION_FAILED = 417;

	/** 418 */
	public static final int IM_A_TEAPOT = 418;

	/** 418 */
	public static final int TEAPOT = 418;

	/** 418 */
	public static final int I_AM_A_TEAPOT = 418;

	/** 421 */
	public static final int MISDIRECTED_REQUEST = 421;

	/** 422 */
	public static final int UNPROCESSABLE_ENTITY = 422;

	/** 422 */
	public static final int UNPROCESSABLE = 422;

	/** 422 */
	public static final int UNPROCESSABLE_CONTENT = 422;

	/** 423 */
	public static final int LOCKED = 423;

	/** 424 */
	public static final int FAILED_DEPENDENCY = 424;

	/** 424 */
	public static final int DEPENDENCY = 424;

	/** 425 */
	public static final int UNORDERED_COLLECTION = 425;

	/** 425 */
	public static final int UNORDERED = 425;

	/** 425 */
	public static final int TOO_EARLY = 425;

	/** 426 */
	public static final int UPGRADE_REQUIRED = 426;

	/** 426 */
	public static final int UPGRADE = 426;

	/** 428 */
	public static final int PRECONDITION_REQUIRED = 428;

	/** 428 */
	public static final int PRECONDITION = 428;

	/** 429 */
	public static final int TOO_MANY_REQUESTS = 429;

	/** 429 */
	public static final int TOO_MANY = 429;

	/** 431 */
	public static final int HEADER_FIELDS_TOO_LARGE = 431;

	/** 431 */
	public static final int FIELDS_TOO_LARGE = 431;

	/** 444 */
	public static final int NO_RESPONSE = 444;

	/** 444 */
	public static final int NONE = 444;

	/** 449 */
	public static final int RETRY_WITH = 449;

	/** 449 */
	public static final int RETRY = 449;

	/** 450 */
	public static final int BLOCKED_BY_WINDOWS_PARENTAL_CONTROLS = 450;

	/** 450 */
	public static final int PARENTAL_CONTROLS = 450;

	/** 451 */
	public static final int UNAVAILABLE_FOR_LEGAL_REASONS = 451;

	/** 451 */
	public static final int LEGAL_REASONS = 451;

	/** 499 */
	public static final int CLIENT_CLOSED_REQUEST = 499;

	/** 500 */
	public static final int INTERNAL_SERVER_ERROR = 500;

	/** 500 */
	public static final int SERVER_ERROR = 500;

	/** 501 */
	public static final int NOT_IMPLEMENTED = 501;

	/** 502 */
	public static final int BAD_GATEWAY = 502;

	/** 503 */
	public static final int SERVICE_UNAVAILABLE = 503;

	/** 503 */
	public static final int UNAVAILABLE = 503;

	/** 504 */
	public static final int GATEWAY_TIMEOUT = 504;

	/** 505 */
	public static final int HTTP_VERSION_NOT_SUPPORTED = 505;

	/** 505 */
	public static final int HTTP_VERSION = 505;

	/** 506 */
	public static final int VARIANT_ALSO_NEGOTIATES = 506;

	/** 507 */
	public static final int INSUFFICIENT_STORAGE = 507;

	/** 509 */
	public static final int BANDWIDTH_LIMIT_EXCEEDED = 509;

	/** 509 */
	public static final int BANDWIDTH = 509;

	/** 510 */
	public static final int NOT_EXTENDED = 510;

	/** 511 */
	public static final int NETWORK_AUTHENTICATION_REQUIRED = 511;

	/** 511 */
	public static final int NETWORK_AUTH = 511;

	/** 511 */
	public static final int NETWORK_AUTHENTICATION = 511;

	private StatusCodes() {
	}

	/**
	 * Returns the code of a name.
	 * @param name a name in lower case or upper case, or one of {@code \o/}, {@code \o-},
	 * {@code /o\}, {@code -o-}, {@code ✓}, {@code ✗}
	 * @return the code, or {@code null} if there is no such name
	 */
	public static @Nullable Integer get(String name) {
		return StatusNames.CODES.get(name);
	}

	/**
	 * Returns the code of a name, or a fallback value.
	 * @param name the name
	 * @param fallback the value to return if there is no such name
	 * @return the code, or the fallback
	 */
	public static int get(String name, int fallback) {
		return StatusNames.CODES.getOrDefault(name, fallback);
	}

	/**
	 * Returns the first name of a code.
	 * @param code the status code
	 * @return the name in lower case, or {@code null} if the code has none
	 */
	public static @Nullable String name(int code) {
		List<String> names = names(code);
		return names.isEmpty() ? null : names.get(0);
	}

	/**
	 * Returns all names of a code.
	 * @param code the status code
	 * @return the names in lower case, empty if the code has none
	 */
	public static List<String> names(int code) {
		return StatusNames.NAMES.getOrDefault(code, List.of());
	}

}
