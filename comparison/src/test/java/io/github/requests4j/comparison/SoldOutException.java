package io.github.requests4j.comparison;

final class SoldOutException extends RuntimeException {

	SoldOutException(String message) {
		super(message);
	}

}
