package io.github.requests4j.http;

/**
 * What a body was made of: the rules of preparing differ.
 */
enum BodyKind {

	/** Text in memory. */
	TEXT("text"),

	/** Bytes in memory. */
	BYTES("bytes"),

	/** The fields of a form. */
	FORM("form"),

	/** Anything that is read while it is sent. */
	STREAM("stream"),

	/** Fields and files together. */
	MULTIPART("multipart");

	private final String description;

	BodyKind(String description) {
		this.description = description;
	}

	String description() {
		return this.description;
	}

}
