package io.github.requests4j.adapters;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of which addresses do not belong to the public internet.
 */
class EgressRulesTests {

	private static final EgressRules RULES = EgressRules.builder().denyPrivate(true).build();

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.255.255.254",
			"169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1", "198.18.0.1", "224.0.0.1",
			"240.0.0.1", "255.255.255.255", "168.63.129.16", "::", "::1", "fe80::1", "fec0::1", "fd00:ec2::254",
			"fc00::1", "ff02::1", "::ffff:10.0.0.1", "::10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
			"2002:7f00:1::", "2001:db8::1", "2001:0:4136:e378::1", "3fff::1", "4000::1" })
	@DisplayName("threat 39: special addresses, and IPv6 addresses that contain them, are private")
	void specialAddressesArePrivate(String address) throws UnknownHostException {
		assertThat(RULES.policy().denialOf("a.example", InetAddress.getByName(address))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
			"128.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "223.255.255.255",
			"2606:4700::1111", "2a00::1", "64:ff9b::101:101", "2002:101:101::" })
	@DisplayName("threat 39: public addresses are not private, even next to special ones")
	void publicAddressesAreNotPrivate(String address) throws UnknownHostException {
		assertThat(RULES.policy().denialOf("a.example", InetAddress.getByName(address))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.1.2.3", "::ffff:10.1.2.3", "64:ff9b::a01:203", "2002:a01:203::1" })
	@DisplayName("threat 39: a denied network is denied in every form of its addresses")
	void networkIsDeniedInEveryForm(String address) throws UnknownHostException {
		EgressRules rules = EgressRules.builder().deny("10.0.0.0/8").build();
		assertThat(rules.policy().denialOf("a.example", InetAddress.getByName(address))).contains("10.0.0.0/8");
	}

}
