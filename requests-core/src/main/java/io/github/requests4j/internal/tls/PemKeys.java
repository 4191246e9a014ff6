package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.SslException;

/**
 * Reads private keys in the formats of OpenSSL: PKCS#8 and the older format of each
 * algorithm, encrypted or not.
 */
final class PemKeys {

	private static final PSSParameterSpec PSS_SHA256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
			32, PSSParameterSpec.TRAILER_FIELD_BC);

	private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

	private static final Set<String> LABELS = Set.of("PRIVATE KEY", ENCRYPTED, "RSA PRIVATE KEY", "EC PRIVATE KEY",
			"DSA PRIVATE KEY");

	private static final byte[] VERSION = { 0x02, 0x01, 0x00 };

	private static final byte[] NULL = { 0x05, 0x00 };

	/** The object identifiers of the algorithms, in DER. */
	private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d010101");

	private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

	private static final byte[] DSA = HexFormat.of().parseHex("06072a8648ce380401");

	/** The tag of the curve in SEC1. */
	private static final int CURVE_TAG = 0xa0;

	private PemKeys() {
	}

	/** Returns the first key of a PEM file. */
	static PrivateKey find(List<PemBlock> blocks, Path file, @Nullable String password) {
		for (PemBlock block : blocks) {
			if (LABELS.contains(block.label())) {
				return isEncrypted(block) ? decrypted(block, file, password) : plain(block, file);
			}
		}
		throw new SslException(
				file + " contains no private key. Add the key to this file, or configure the file that contains it.");
	}

	private static boolean isEncrypted(PemBlock block) {
		return block.label().equals(ENCRYPTED) || block.isLegacyEncrypted();
	}

	private static PrivateKey plain(PemBlock block, Path file) {
		try {
			return convert(pkcs8(block.label(), Der.parse(block.decode())));
		}
		catch (GeneralSecurityException ex) {
			throw new SslException("The private key in " + file + " cannot be used: " + ex.getMessage() + ".", ex);
		}
		catch (IllegalArgumentException ex) {
			throw PemBlock.invalid(file, ex);
		}
	}

	private static PrivateKey decrypted(PemBlock block, Path file, @Nullable String password) {
		if (password == null) {
			throw new SslException("The private key in " + file + " is encrypted. Set its password.");
		}
		char[] characters = password.toCharArray();
		byte[] key;
		try {
			key = decrypt(block, characters, file);
			Der.parse(key).element(2, Der.OCTET_STRING);
		}
		catch (IOException | GeneralSecurityException | IllegalArgumentException ex) {
			throw new SslException("The private key in " + file + " cannot be decrypted. Check its password.", ex);
		}
		finally {
			Arrays.fill(characters, '\0');
		}
		try {
			return convert(Der.parse(key));
		}
		catch (GeneralSecurityException | IllegalArgumentException ex) {
			throw new SslException("The private key in " + file + " cannot be used: " + ex.getMessage() + ".", ex);
		}
	}

	private static byte[] decrypt(PemBlock block, char[] password, Path file)
			throws IOException, GeneralSecurityException {
		if (block.isLegacyEncrypted()) {
			return decryptByBouncyCastle(block, password, file,
					"is encrypted in the legacy form \"Proc-Type: 4,ENCRYPTED\"", null);
		}
		try {
			return EncryptedKeys.decrypt(block.decode(), password);
		}
		catch (NoSuchAlgorithmException ex) {
			return decryptByBouncyCastle(block, password, file,
					"is encrypted with an algorithm that the JDK does not support", ex);
		}
	}

	private static byte[] decryptByBouncyCastle(PemBlock block, char[] password, Path file, String problem,
			@Nullable Exception cause) throws IOException, GeneralSecurityException {
		try {
			return BouncyCastleKeys.decrypt(block.text(), password);
		}
		catch (LinkageError ex) {
			throw new SslException(
					"The private key in " + file + " " + problem + ", which requires Bouncy Castle."
							+ " Convert the key with \"openssl pkcs8 -topk8 -in " + file.getFileName()
							+ " -out new.key\"," + " or add the dependency org.bouncycastle:bcpkix-jdk18on.",
					(cause != null) ? cause : ex);
		}
	}

	/** Converts the older format of an algorithm to PKCS#8. */
	private static Der pkcs8(String label, Der key) throws InvalidKeyException {
		return switch (label) {
			case "RSA PRIVATE KEY" -> pkcs8(Der.encode(Der.SEQUENCE, RSA, NULL), key.encoded());
			case "EC PRIVATE KEY" -> pkcs8(Der.encode(Der.SEQUENCE, EC, curve(key)), key.encoded());
			case "DSA PRIVATE KEY" -> {
				byte[] parameters = Der.encode(Der.SEQUENCE, key.element(1, Der.INTEGER).encoded(),
						key.element(2, Der.INTEGER).encoded(), key.element(3, Der.INTEGER).encoded());
				yield pkcs8(Der.encode(Der.SEQUENCE, DSA, parameters), key.element(5, Der.INTEGER).encoded());
			}
			default -> key;
		};
	}

	private static Der pkcs8(byte[] algorithm, byte[] key) {
		return Der.parse(Der.encode(Der.SEQUENCE, VERSION, algorithm, Der.encode(Der.OCTET_STRING, key)));
	}

	private static byte[] curve(Der key) throws InvalidKeyException {
		for (Der element : key.elements()) {
			if (element.tag() == CURVE_TAG) {
				return element.content();
			}
		}
		throw new InvalidKeyException("it does not specify its curve");
	}

	/**
	 * Converts PKCS#8 to a key, without the attributes and the public key that may follow
	 * in newer versions.
	 */
	private static PrivateKey convert(Der pkcs8) throws GeneralSecurityException {
		Der algorithm = pkcs8.element(1, Der.SEQUENCE);
		Der key = pkcs8.element(2, Der.OCTET_STRING);
		byte[] encoded = Der.encode(Der.SEQUENCE, VERSION, algorithm.encoded(), key.encoded());
		String name = algorithm.element(0, Der.OBJECT_IDENTIFIER).identifier();
		return KeyFactory.getInstance(algorithm(name)).generatePrivate(new PKCS8EncodedKeySpec(encoded));
	}

	private static String algorithm(String identifier) throws InvalidKeyException {
		return switch (identifier) {
			case "1.2.840.113549.1.1.1" -> "RSA";
			case "1.2.840.113549.1.1.10" -> "RSASSA-PSS";
			case "1.2.840.10045.2.1" -> "EC";
			case "1.2.840.10040.4.1" -> "DSA";
			case "1.3.101.112", "1.3.101.113" -> "EdDSA";
			default -> throw new InvalidKeyException("its algorithm " + identifier + " is not supported");
		};
	}

	/** Fails unless the key belongs to the certificate. */
	static void requireMatch(PrivateKey key, X509Certificate certificate, Path file) throws GeneralSecurityException {
		if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm()) || !matches(key, certificate)) {
			throw new SslException("The private key in " + file + " does not match the certificate of "
					+ certificate.getSubjectX500Principal() + ". Use the key that the certificate was issued for.");
		}
	}

	private static boolean matches(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
		byte[] sample = { 1, 2, 3 };
		Signature signature = signature(key);
		signature.initSign(key);
		signature.update(sample);
		byte[] signed = signature.sign();
		signature.initVerify(certificate.getPublicKey());
		signature.update(sample);
		return signature.verify(signed);
	}

	private static Signature signature(PrivateKey key) throws GeneralSecurityException {
		Signature signature = Signature.getInstance(switch (key.getAlgorithm()) {
			case "RSA" -> "SHA256withRSA";
			case "EC" -> "SHA256withECDSA";
			case "DSA" -> "SHA256withDSA";
			default -> key.getAlgorithm();
		});
		if (key.getAlgorithm().equals("RSASSA-PSS")) {
			// The key may be restricted to one hash function and one salt length.
			AlgorithmParameterSpec limits = (key instanceof RSAKey rsa) ? rsa.getParams() : null;
			signature.setParameter((limits != null) ? limits : PSS_SHA256);
		}
		return signature;
	}

}
