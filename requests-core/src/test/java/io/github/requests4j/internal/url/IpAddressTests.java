package io.github.requests4j.internal.url;

import java.net.InetAddress;
import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the spellings of IP addresses.
 */
class IpAddressTests {

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 7f000001", "0.0.0.0, 00000000", "255.255.255.255, ffffffff",
			"::, 00000000000000000000000000000000", "::1, 00000000000000000000000000000001",
			"2001:DB8::7, 20010db8000000000000000000000007", "2001:db8:0:0:0:0:0:7, 20010db8000000000000000000000007",
			"2001:0db8:0000::0007, 20010db8000000000000000000000007", "fe80::, fe800000000000000000000000000000",
			"1:2:3:4:5:6:7:8, 00010002000300040005000600070008", "1::3:4:5:6:7:8, 00010000000300040005000600070008",
			"64:ff9b::10.1.2.3, 0064ff9b00000000000000000a010203",
			"1:2:3:4:5:6:10.1.2.3, 0001000200030004000500060a010203", "::ffff:10.1.2.3, 0a010203",
			"::FFFF:a01:203, 0a010203" })
	void addressesAreParsed(String text, String bytes) {
		InetAddress address = IpAddress.parse(text);
		assertThat(address).isNotNull();
		assertThat(HexFormat.of().formatHex(address.getAddress())).isEqualTo(bytes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "127.1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.04",
			"1..2.3", "1.2.3.4.", "0x7f.0.0.1", "-1.2.3.4", "1.2.3.+4", "1.2.3.\u0664", ":", ":::", "1::2::3",
			"1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8:9", "::1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:",
			":1:2:3:4:5:6:7", "12345::", "g::", "::1.2.3", "::1.2.3.4:5", "1.2.3.4::", "::01.2.3.4",
			"1:2:3:4:5:6:7:1.2.3.4", "fe80::1%eth0", "[::1]", "::1 ", "::\uff11" })
	void otherTextIsNotAnAddress(String text) {
		assertThat(IpAddress.parse(text)).isNull();
	}

}
