package io.github.requests4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.requests4j.cookies.CookieJar;
import io.github.requests4j.http.Adapter;
import io.github.requests4j.http.InvalidSchemaException;
import io.github.requests4j.http.PreparedRequest;
import io.github.requests4j.http.Response;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.interleaving.Interleavings;

/**
 * Threads that mount and look up adapters see a consistent registry.
 */
@Tag("once")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AdapterRegistryInterleavingTests {

	private static final SessionSettings SETTINGS = new DefaultSessionBuilder().settings();

	private static final String[] PREFIXES = { "http://", "http://a", "http://b", "http://a/x/" };

	private static final String[] URLS = { "http://a/", "http://a/x/y", "http://b/", "http://c/" };

	private static final Adapter[] ADAPTERS = { new Named("one"), new Named("two"), new Named("three") };

	private record Named(String name) implements Adapter {

		@Override
		public Response send(PreparedRequest request, SendOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
			// There is nothing to close.
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	/** The registry of a session. */
	public static final class Mounts {

		private final Session session = new DefaultSession(SETTINGS, new CookieJar());

		@Operation
		public void mount(@Param(gen = IntGen.class, conf = "0:3") int prefix,
				@Param(gen = IntGen.class, conf = "0:2") int adapter) {
			this.session.mount(PREFIXES[prefix], ADAPTERS[adapter]);
		}

		@Operation
		public String find(@Param(gen = IntGen.class, conf = "0:3") int url) {
			try {
				return this.session.getAdapter(URLS[url]).toString();
			}
			catch (InvalidSchemaException ex) {
				return "none";
			}
		}

		@Operation
		public String adapters() {
			return this.session.adapters().toString();
		}

	}

	/** The registry of one thread. */
	public static final class MountsModel {

		private final List<Map.Entry<String, String>> mounts = new ArrayList<>();

		@Operation
		public void mount(int prefix, int adapter) {
			Map.Entry<String, String> mount = Map.entry(PREFIXES[prefix], ADAPTERS[adapter].toString());
			int at = 0;
			while (at < this.mounts.size() && !this.mounts.get(at).getKey().equals(mount.getKey())) {
				at++;
			}
			if (at < this.mounts.size()) {
				this.mounts.set(at, mount);
				return;
			}
			at = 0;
			while (at < this.mounts.size() && this.mounts.get(at).getKey().length() >= mount.getKey().length()) {
				at++;
			}
			this.mounts.add(at, mount);
		}

		@Operation
		public String find(int url) {
			for (Map.Entry<String, String> mount : this.mounts) {
				if (URLS[url].startsWith(mount.getKey())) {
					return mount.getValue();
				}
			}
			return "none";
		}

		@Operation
		public String adapters() {
			List<String> entries = new ArrayList<>();
			this.mounts.forEach((mount) -> entries.add(mount.toString()));
			return "{" + String.join(", ", entries) + "}";
		}

	}

	@Test
	@DisplayName("concurrency: no mounted adapter is lost, and each look-up sees everything that was mounted before")
	void concurrentMountsAreLinearizable() throws Exception {
		Interleavings.check(Mounts.class, MountsModel.class);
	}

}
