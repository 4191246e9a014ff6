package io.github.requests4j.spring.session;

import java.util.function.Supplier;

import org.springframework.boot.ssl.SslBundles;

import io.github.requests4j.http.TlsMaterial;

/**
 * The TLS material of an SSL bundle as it is now. When the bundle is updated, new
 * connections use the new material, and calls in flight end on the old. Safe for many
 * threads.
 */
final class ReloadableMaterial implements Supplier<TlsMaterial> {

	private volatile TlsMaterial material;

	ReloadableMaterial(String name, SslBundles bundles, TlsMaterial material) {
		this.material = material;
		bundles.addBundleUpdateHandler(name, (updated) -> this.material = TlsMapper.material(updated));
	}

	@Override
	public TlsMaterial get() {
		return this.material;
	}

}
