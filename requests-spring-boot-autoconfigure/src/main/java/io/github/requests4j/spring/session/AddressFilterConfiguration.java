package io.github.requests4j.spring.session;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Holds sessions to the filter that Boot's own clients heed.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(InetAddressFilter.class)
final class AddressFilterConfiguration {

	@Bean
	AddressFilter requestsAddressFilter(ObjectProvider<InetAddressFilter> filters) {
		InetAddressFilter filter = filters.getIfAvailable();
		return (filter != null) ? new AddressFilter(filter::matches) : AddressFilter.NONE;
	}

}
