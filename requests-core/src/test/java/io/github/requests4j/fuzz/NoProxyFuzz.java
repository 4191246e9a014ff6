package io.github.requests4j.fuzz;

import java.nio.charset.StandardCharsets;

import io.github.requests4j.http.NoProxy;

/**
 * A host in the first line, and a list of hosts after it: another entry never makes a
 * host use a proxy that was called directly before.
 */
public final class NoProxyFuzz {

	private NoProxyFuzz() {
	}

	public static void fuzzerTestOneInput(byte[] data) {
		String text = new String(data, StandardCharsets.UTF_8);
		int end = text.indexOf('\n');
		if (end < 0) {
			return;
		}
		String host = text.substring(0, end);
		String list = text.substring(end + 1);
		NoProxy hosts = NoProxy.of(list);
		boolean direct = hosts.matches(host, data.length % 3 - 1);
		Fuzz.check(!direct || list.equals("*") || NoProxy.of(list + ",more.example").matches(host, data.length % 3 - 1),
				"an entry took another away", list);
		Fuzz.check(hosts.equals(NoProxy.of(hosts.toString())), "not itself", list);
		if (isName(host)) {
			Fuzz.check(NoProxy.of("a.example," + host).matches(host, -1), "a name is not itself", host);
			Fuzz.check(NoProxy.of("." + host).matches("www." + host, 80), "a name is not the end of another", host);
			Fuzz.check(!NoProxy.of(host).matches("x" + host, -1), "matches within a label", host);
		}
		NoProxy.ofNonProxyHosts(list).matches(host, -1);
	}

	/** Plain names only: not those that are addresses. */
	private static boolean isName(String host) {
		return !host.isEmpty() && host.chars().allMatch((c) -> c >= 'a' && c <= 'z');
	}

}
