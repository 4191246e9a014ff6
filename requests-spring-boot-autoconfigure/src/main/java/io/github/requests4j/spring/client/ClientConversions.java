package io.github.requests4j.spring.client;

import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.DateTimeFormatterRegistrar;
import org.springframework.format.support.DefaultFormattingConversionService;

/**
 * How arguments become text: as everywhere in Spring, but dates and times by ISO 8601
 * unless an annotation says otherwise. Spring's default depends on the locale of the
 * machine, which no server expects.
 */
final class ClientConversions {

	private ClientConversions() {
	}

	static ConversionService create() {
		DefaultFormattingConversionService service = new DefaultFormattingConversionService();
		DateTimeFormatterRegistrar registrar = new DateTimeFormatterRegistrar();
		registrar.setUseIsoFormat(true);
		registrar.registerFormatters(service);
		return service;
	}

}
