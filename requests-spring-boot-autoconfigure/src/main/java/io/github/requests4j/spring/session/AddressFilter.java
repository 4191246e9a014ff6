package io.github.requests4j.spring.session;

import java.net.InetAddress;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The application's own filter of addresses, if it has one. It is Boot's type that it
 * hides, which need not be on the class path.
 *
 * @param allows says whether an address may be connected to, or {@code null}
 */
record AddressFilter(@Nullable Predicate<InetAddress> allows) {

	static final AddressFilter NONE = new AddressFilter(null);

}
