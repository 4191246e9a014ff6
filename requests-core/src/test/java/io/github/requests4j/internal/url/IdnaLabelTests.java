package io.github.requests4j.internal.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Decisions made without ICU must match those of ICU.
 */
class IdnaLabelTests {

	@Test
	void everyCharacterMatchesIcu() {
		List<String> differences = new ArrayList<>();
		for (int codePoint = 0x80; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			String character = Character.toString(codePoint);
			compare(character, differences);
			compare("a" + character + "b", differences);
			if (Character.isLetter(codePoint) || Character.getType(codePoint) == Character.DECIMAL_DIGIT_NUMBER) {
				compare("\u05d0" + character, differences);
				compare("\u0628" + character + "\u0628", differences);
			}
		}
		assertThat(differences).isEmpty();
	}

	@Test
	void labelsOfSeveralCharactersMatchIcu() {
		String[] alphabets = { "a-1\u00e4\u00df\u0131\u0301\u0130\u01c4X",
				"\u03b1\u03b2\u03c3\u03c2\u0391\u0345\u1f00a-2", "\u0430\u0456\u0410\u0306-1",
				"\u05d0\u05d1\u05b0\u05f31-a", "\u0627\u0628\u064b\u0661\u06f12-\u0640",
				"\u304b\u3099\u4f8b\u30c6-1\u30fb", "\uac00\u1100\u1161\u11a8k", "\u0915\u094d\u093c\u200d\u0937\u0958",
				"\ud83d\ude00\u2603\uff21\u3002a", "\u0e01\u0e33\u0e34\u0eb31", "\ua8cf\u1dc0\u0363\u1ab0q",
				"\ud800\udf30\ud801\udc28\ud801\udc00\ud804\udcbaz" };
		Random random = new Random(32);
		List<String> differences = new ArrayList<>();
		for (String alphabet : alphabets) {
			int[] characters = alphabet.codePoints().toArray();
			for (int i = 0; i < 20_000; i++) {
				StringBuilder label = new StringBuilder();
				int length = (i % 100 == 0) ? 70 : 1 + random.nextInt(7);
				for (int j = 0; j < length; j++) {
					label.appendCodePoint(characters[random.nextInt(characters.length)]);
				}
				if (!UrlChars.isAscii(label.toString())) {
					compare(label.toString(), differences);
				}
			}
		}
		assertThat(differences).isEmpty();
	}

	@Test
	void onlyUnknownAndContextualCharactersAreUndecided() {
		List<Integer> undecided = new ArrayList<>();
		for (int codePoint = 0x80; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
			if (Character.isDefined(codePoint) && IdnaLabel.of("a" + Character.toString(codePoint)).isUndecided()) {
				undecided.add(codePoint);
			}
		}
		assertThat(undecided).hasSize(28).contains(0xB7, 0x375, 0x3A3, 0x5F3, 0x5F4, 0x200C, 0x200D, 0x30FB, 0x660);
	}

	// The samples of RFC 3492, section 7.1, that are valid labels in lower case.
	@ParameterizedTest
	@CsvSource({ "\u4ED6\u4EEC\u4E3A\u4EC0\u4E48\u4E0D\u8BF4\u4E2D\u6587, ihqwcrb4cv8a8dqg056pqjye",
			"\u043F\u043E\u0447\u0435\u043C\u0443\u0436\u0435\u043E\u043D\u0438\u043D\u0435\u0433\u043E\u0432\u043E\u0440\u044F\u0442\u043F\u043E\u0440\u0443\u0441\u0441\u043A\u0438, b1abfaaepdrnnbgefbadotcwatmq2g4l",
			"\u305D\u306E\u30B9\u30D4\u30FC\u30C9\u3067, d9juau41awczczp", "b\u00fccher, bcher-kva" })
	void textIsEncodedAsPunycode(String text, String encoded) {
		assertThat(Punycode.encode(text.codePoints().toArray())).isEqualTo(encoded);
	}

	private static void compare(String label, List<String> differences) {
		IdnaLabel decided = IdnaLabel.of(label);
		if (!decided.isUndecided() && !Objects.equals(decided.ascii(), IcuIdna.encodeLabel(label))) {
			differences
				.add(UrlText.printable(label) + " " + Integer.toHexString(label.codePointAt(label.length() > 1 ? 1 : 0))
						+ ": " + decided.ascii() + " and not " + IcuIdna.encodeLabel(label));
		}
	}

}
