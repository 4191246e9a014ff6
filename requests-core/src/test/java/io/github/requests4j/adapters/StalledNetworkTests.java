package io.github.requests4j.adapters;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Peers that never read, on a network with Ethernet-sized packets: loopback's large ones
 * hide how little a peer takes. The network consists of two namespaces that only connect
 * to each other, so that the machine's own network is not affected. Requires root.
 */
@Tag("deep")
class StalledNetworkTests {

	private static final String PEER_ADDRESS = "10.0.0.2";

	private final String id = Long.toString(ProcessHandle.current().pid(), 36);

	private final String client = "requests-client-" + this.id;

	private final String peer = "requests-peer-" + this.id;

	@AfterEach
	void removeNamespaces() throws Exception {
		for (String namespace : List.of(this.client, this.peer)) {
			// Its end of the link is removed with it.
			run(List.of("ip", "netns", "delete", namespace));
		}
	}

	@Test
	void writeToAPeerThatNeverReadsTimesOutWithPacketsOf1500Bytes() throws Exception {
		makeNetwork();
		try (PeerProcess stalled = PeerProcess.start(in(this.peer), List.of(), "stalled", PEER_ADDRESS)) {
			String[] ports = stalled.line().split(" ");
			assertThat(ports).hasSize(2);
			try (PeerProcess calls = PeerProcess.start(in(this.client), List.of(), "uploads",
					"http://" + PEER_ADDRESS + ":" + ports[0] + "/", "http://" + PEER_ADDRESS + ":" + ports[1] + "/")) {
				String output = calls.output();
				assertThat(calls.exitCode()).as(output).isZero();
			}
		}
	}

	private void makeNetwork() throws Exception {
		String clientEnd = "rc" + this.id;
		String peerEnd = "rp" + this.id;
		ip("netns", "add", this.client);
		ip("netns", "add", this.peer);
		ip("link", "add", "name", clientEnd, "netns", this.client, "mtu", "1500", "type", "veth", "peer", "name",
				peerEnd, "netns", this.peer, "mtu", "1500");
		ip("-netns", this.client, "address", "add", "10.0.0.1/30", "dev", clientEnd);
		ip("-netns", this.peer, "address", "add", PEER_ADDRESS + "/30", "dev", peerEnd);
		for (String end : List.of(clientEnd, "lo")) {
			ip("-netns", this.client, "link", "set", end, "up");
		}
		for (String end : List.of(peerEnd, "lo")) {
			ip("-netns", this.peer, "link", "set", end, "up");
		}
	}

	private static List<String> in(String namespace) {
		return List.of("ip", "netns", "exec", namespace);
	}

	private static void ip(String... args) throws Exception {
		List<String> command = new ArrayList<>(List.of("ip"));
		command.addAll(List.of(args));
		String failure = run(command);
		assertThat(failure)
			.as("This test makes network namespaces. Run it as root, with iproute2 installed. " + command)
			.isEmpty();
	}

	/** Returns the output if the command fails, otherwise an empty text. */
	private static String run(List<String> command) throws Exception {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			return (process.waitFor() == 0) ? "" : "Failed: " + output;
		}
		catch (IOException ex) {
			return String.valueOf(ex.getMessage());
		}
	}

}
