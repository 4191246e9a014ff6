package io.github.requests4j.adapters;

import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.HostResolver;
import io.github.requests4j.http.Limits;
import io.github.requests4j.http.TlsMaterial;
import io.github.requests4j.http.Verify;

/**
 * What an {@link HttpAdapter} was built with.
 */
record HttpAdapterSettings(PoolSettings pool, Retry retry, HostResolver hostResolver, @Nullable EgressRules egress,
		@Nullable Supplier<TlsMaterial> tlsMaterial, @Nullable Verify proxyVerify, Limits limits, InstantSource clock,
		Set<String> maskedHeaders) {
}
