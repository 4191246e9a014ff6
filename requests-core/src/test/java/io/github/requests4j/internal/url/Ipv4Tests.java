package io.github.requests4j.internal.url;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class Ipv4Tests {

	/** What Python's socket.inet_aton makes of them. */
	@ParameterizedTest
	@CsvSource({ "1, 00000001", "1.2, 01000002", "0x7f.1, 7f000001", "0X7F.1, 7f000001", "4294967295, ffffffff",
			"0, 00000000", "00, 00000000", "1.2.65535, 0102ffff", "8.8.8.8, 08080808", "010.1, 08000001",
			"255.255.255.255, ffffffff" })
	@DisplayName("175: all formats of inet_aton are parsed")
	void ipv4AddressesAreParsed(String text, String expected) {
		assertThat(Ipv4.parse(text)).isEqualTo(Long.parseLong(expected, 16));
		assertThat(Ipv4.isAddress(text)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "08", "256.1", "1.2.3.4.5", "1.2.3.256", "4294967296", "1.", "0x", "1.2.3.", ".1",
			"localhost.localdomain", "8.8.8.8.8", "1..2", "-1", "+1", "1.2.65536", "\u0661", "::1", "1 ",
			"99999999999999999999999" })
	@DisplayName("175: other text is not an address")
	void otherTextIsNotAnAddress(String text) {
		assertThat(Ipv4.isAddress(text)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "192.168.1.0/24, true", "192.168.1.0/1, true", "192.168.1.0/32, true", "8.8.8.8, false",
			"192.168.1.0/a, false", "192.168.1.0/128, false", "192.168.1.0/-1, false", "192.168.1.999/24, false",
			"192.168.1.0/0, false", "192.168.1.0/33, false", "192.168.1.0/, false", "1.1.1.0/8/8, false", "/8, false" })
	@DisplayName("173, 247: a network has a mask from 1 to 32")
	void networksAreRecognised(String text, boolean expected) {
		assertThat(Ipv4.isNetwork(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "192.168.1.1, 192.168.1.0/24, true", "172.16.0.1, 192.168.1.0/24, false", "10.255.0.1, 10.1/8, true",
			"11.0.0.0, 10.0.0.0/8, false", "10.0.0.1, 10.0.0.0/32, false", "1.2.3.4, 1.2.3.4/32, true",
			"255.0.0.0, 128.0.0.0/1, true", "x, 10.0.0.0/8, false", "10.0.0.1, 10.0.0.0/33, false" })
	@DisplayName("173, 247: an address matches the networks that contain it")
	void addressMatchesItsNetwork(String address, String network, boolean expected) {
		assertThat(Ipv4.isInNetwork(address, network)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "8, 255.0.0.0", "24, 255.255.255.0", "25, 255.255.255.128", "32, 255.255.255.255", "1, 128.0.0.0",
			"0, 0.0.0.0" })
	@DisplayName("247: a network mask is written as an address")
	void netmaskIsWrittenAsAnAddress(int bits, String expected) {
		assertThat(Ipv4.dottedNetmask(bits)).isEqualTo(expected);
	}

}
