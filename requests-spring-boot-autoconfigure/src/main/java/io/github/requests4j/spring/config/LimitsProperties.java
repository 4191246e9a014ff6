package io.github.requests4j.spring.config;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much of a response is accepted.
 *
 * @param maxHeaderBytes Most bytes of all header lines of a response together; a single
 * line may be as long.
 * @param maxBody Most bytes of a body before decoding; -1 for no limit.
 * @param maxDecoded Most bytes of a body after decoding; -1 for no limit.
 * @param maxDecodeRatio How many times longer than the encoded body the decoded one may
 * be; -1 for no limit.
 */
public record LimitsProperties(@DefaultValue("256KB") DataSize maxHeaderBytes, @DefaultValue("-1") DataSize maxBody,
		@DefaultValue("-1") DataSize maxDecoded, @DefaultValue("-1") long maxDecodeRatio) {
}
