package io.github.requests4j;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.CallContext;
import io.github.requests4j.http.ClientCert;
import io.github.requests4j.http.Deadline;
import io.github.requests4j.http.ProgressListener;
import io.github.requests4j.http.Proxies;
import io.github.requests4j.http.SendOptions;
import io.github.requests4j.http.Timeouts;
import io.github.requests4j.http.Verify;

/**
 * The half of {@link RequestOptions} that tells how a request is sent, not what is in it.
 *
 * @param <O> the type of the options, for chaining
 */
abstract class SendingOptions<O extends SendingOptions<O>> {

	private final SendOptions.Builder send = SendOptions.builder();

	private Proxies proxies = Proxies.NONE;

	private @Nullable Duration deadline;

	private @Nullable String client;

	private @Nullable String uriTemplate;

	abstract O self();

	/**
	 * Sets one limit for connecting and for each read (behaviour 204).
	 * @param both the limit
	 * @return these options
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public O timeout(Duration both) {
		return timeouts(Timeouts.of(both));
	}

	/**
	 * Sets the limits for connecting and for each read.
	 * @param connect the connect timeout, or {@code null} for none
	 * @param read the read timeout, or {@code null} for none
	 * @return these options
	 * @throws IllegalArgumentException if one is zero or negative
	 */
	public O timeout(@Nullable Duration connect, @Nullable Duration read) {
		return timeouts(Timeouts.of(connect, read));
	}

	/**
	 * Sets the limits for connecting and for each read.
	 * @param timeouts the limits
	 * @return these options
	 */
	public O timeouts(Timeouts timeouts) {
		this.send.timeouts(timeouts);
		return self();
	}

	/**
	 * Limits the whole call: redirects, retries, pauses and body included.
	 * @param limit the limit, counted from the beginning of the call
	 * @return these options
	 * @throws IllegalArgumentException if it is zero or negative
	 */
	public O deadline(Duration limit) {
		this.deadline = Deadline.check(limit);
		return self();
	}

	/**
	 * Sets whether redirects are followed.
	 * @param allow the setting
	 * @return these options
	 */
	public O allowRedirects(boolean allow) {
		this.send.allowRedirects(allow);
		return self();
	}

	/**
	 * Sets a proxy for this call.
	 * @param key scheme, {@code scheme://host}, {@code all} or {@code no_proxy}
	 * @param url the URL of the proxy; {@code null} for none
	 * @return these options
	 */
	public O proxy(String key, @Nullable String url) {
		this.proxies = this.proxies.with(key, url);
		return self();
	}

	/**
	 * Sets proxies for this call.
	 * @param proxies keys and URLs; the map is not changed
	 * @return these options
	 */
	public O proxies(Map<String, ? extends @Nullable String> proxies) {
		this.proxies = Proxies.of(proxies).orElse(this.proxies);
		return self();
	}

	/**
	 * Sets whether certificates are checked.
	 * @param verify {@code false} to check nothing, not even the host name
	 * @return these options
	 */
	public O verify(boolean verify) {
		return verify(Verify.of(verify));
	}

	/**
	 * Sets the authorities to check certificates against.
	 * @param authorities a PEM file or a folder of them
	 * @return these options
	 */
	public O verify(Path authorities) {
		return verify(Verify.authorities(authorities));
	}

	/**
	 * Sets how certificates are checked.
	 * @param verify the setting
	 * @return these options
	 */
	public O verify(Verify verify) {
		this.send.verify(verify);
		return self();
	}

	/**
	 * Sets the certificate of this client.
	 * @param pem a PEM file with certificate and key
	 * @return these options
	 */
	public O cert(Path pem) {
		return cert(ClientCert.of(pem));
	}

	/**
	 * Sets the certificate of this client.
	 * @param certificate the PEM file of the certificate
	 * @param privateKey the PEM file of the key
	 * @return these options
	 */
	public O cert(Path certificate, Path privateKey) {
		return cert(ClientCert.of(certificate, privateKey));
	}

	/**
	 * Sets the certificate of this client.
	 * @param cert the certificate
	 * @return these options
	 */
	public O cert(ClientCert cert) {
		this.send.cert(cert);
		return self();
	}

	/**
	 * Sets whether the body is left unread. If so, close the response.
	 * @param stream the setting
	 * @return these options
	 */
	public O stream(boolean stream) {
		this.send.stream(stream);
		return self();
	}

	/**
	 * Tells a listener how much of the bodies has travelled.
	 * @param listener the listener
	 * @return these options
	 */
	public O onProgress(ProgressListener listener) {
		this.send.progress(listener);
		return self();
	}

	/**
	 * Names the client that makes the call, for metrics.
	 * @param name the name
	 * @return these options
	 */
	public O client(String name) {
		this.client = name;
		return self();
	}

	/**
	 * Names the URI template of the call, for metrics, where the URL was filled in by the
	 * caller.
	 * @param template the template, without query
	 * @return these options
	 */
	public O uriTemplate(String template) {
		this.uriTemplate = template;
		return self();
	}

	SendOptions toSendOptions(@Nullable String session, @Nullable Duration defaultDeadline) {
		Duration limit = (this.deadline != null) ? this.deadline : defaultDeadline;
		if (limit != null) {
			this.send.deadline(Deadline.after(limit));
		}
		if (!this.proxies.isEmpty()) {
			this.send.proxies(this.proxies);
		}
		if (session != null || this.client != null || this.uriTemplate != null) {
			this.send.context(new CallContext(session, this.client, this.uriTemplate, List.of()));
		}
		return this.send.build();
	}

	final boolean hasUriTemplate() {
		return this.uriTemplate != null;
	}

}
