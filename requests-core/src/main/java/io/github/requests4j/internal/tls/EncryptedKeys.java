package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Decrypts PKCS#8 keys with the JDK. PBES2 (RFC 8018), the default of OpenSSL, is
 * implemented from its parts, because the JDK's PBES2 does not support AES-192 and Triple
 * DES.
 */
final class EncryptedKeys {

	private static final String PBES2 = "1.2.840.113549.1.5.13";

	private static final String PBKDF2 = "1.2.840.113549.1.5.12";

	private static final String HMAC_SHA1 = "1.2.840.113549.2.7";

	private EncryptedKeys() {
	}

	/**
	 * Decrypts a key.
	 * @param encrypted an EncryptedPrivateKeyInfo
	 * @return the key as PKCS#8, or garbage if the password is wrong
	 * @throws NoSuchAlgorithmException if the JDK does not support the encryption
	 * @throws GeneralSecurityException if the key cannot be decrypted
	 * @throws IllegalArgumentException if the key is malformed
	 */
	static byte[] decrypt(byte[] encrypted, char[] password) throws GeneralSecurityException {
		Der info = Der.parse(encrypted);
		Der algorithm = info.element(0, Der.SEQUENCE);
		PBEKeySpec spec = new PBEKeySpec(password);
		try {
			if (algorithm.element(0, Der.OBJECT_IDENTIFIER).identifier().equals(PBES2)) {
				return pbes2(algorithm.element(1, Der.SEQUENCE), info.element(1, Der.OCTET_STRING).content(), password);
			}
			return pbes1(encrypted, spec);
		}
		finally {
			spec.clearPassword();
		}
	}

	private static byte[] pbes2(Der parameters, byte[] data, char[] password) throws GeneralSecurityException {
		Der derivation = parameters.element(0, Der.SEQUENCE);
		Der encryption = parameters.element(1, Der.SEQUENCE);
		if (!derivation.element(0, Der.OBJECT_IDENTIFIER).identifier().equals(PBKDF2)) {
			throw new NoSuchAlgorithmException(
					"key derivation " + derivation.element(0, Der.OBJECT_IDENTIFIER).identifier());
		}
		String name = encryption.element(0, Der.OBJECT_IDENTIFIER).identifier();
		int bits = keyBits(name);
		Der pbkdf2 = derivation.element(1, Der.SEQUENCE);
		PBEKeySpec spec = new PBEKeySpec(password, pbkdf2.element(0, Der.OCTET_STRING).content(),
				pbkdf2.element(1, Der.INTEGER).number(), bits);
		try {
			byte[] key = SecretKeyFactory.getInstance("PBKDF2With" + hash(pbkdf2)).generateSecret(spec).getEncoded();
			String algorithm = name.equals("1.2.840.113549.3.7") ? "DESede" : "AES";
			Cipher cipher = Cipher.getInstance(algorithm + "/CBC/PKCS5Padding");
			cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, algorithm),
					new IvParameterSpec(encryption.element(1, Der.OCTET_STRING).content()));
			return cipher.doFinal(data);
		}
		finally {
			spec.clearPassword();
		}
	}

	private static int keyBits(String cipher) throws NoSuchAlgorithmException {
		return switch (cipher) {
			case "2.16.840.1.101.3.4.1.2" -> 128;
			case "2.16.840.1.101.3.4.1.22", "1.2.840.113549.3.7" -> 192;
			case "2.16.840.1.101.3.4.1.42" -> 256;
			default -> throw new NoSuchAlgorithmException("cipher " + cipher);
		};
	}

	/**
	 * Returns the hash function, which follows an optional length. The default is
	 * HMAC-SHA1.
	 */
	private static String hash(Der pbkdf2) throws NoSuchAlgorithmException {
		List<Der> elements = pbkdf2.elements();
		Der last = elements.get(elements.size() - 1);
		String function = (last.tag() == Der.SEQUENCE) ? last.element(0, Der.OBJECT_IDENTIFIER).identifier()
				: HMAC_SHA1;
		return switch (function) {
			case HMAC_SHA1 -> "HmacSHA1";
			case "1.2.840.113549.2.8" -> "HmacSHA224";
			case "1.2.840.113549.2.9" -> "HmacSHA256";
			case "1.2.840.113549.2.10" -> "HmacSHA384";
			case "1.2.840.113549.2.11" -> "HmacSHA512";
			default -> throw new NoSuchAlgorithmException("hash function " + function);
		};
	}

	/**
	 * Decrypts the older schemes, of which the JDK supports those of PKCS#12 and MD5 with
	 * DES.
	 */
	private static byte[] pbes1(byte[] encrypted, PBEKeySpec spec) throws GeneralSecurityException {
		try {
			EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
			SecretKey key = SecretKeyFactory.getInstance(info.getAlgName()).generateSecret(spec);
			Cipher cipher = Cipher.getInstance(info.getAlgName());
			cipher.init(Cipher.DECRYPT_MODE, key, info.getAlgParameters());
			return cipher.doFinal(info.getEncryptedData());
		}
		catch (IOException ex) {
			throw new NoSuchAlgorithmException(ex);
		}
	}

}
