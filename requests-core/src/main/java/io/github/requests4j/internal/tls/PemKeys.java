package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.jspecify.annotations.Nullable;

import io.github.requests4j.http.SslException;

/**
 * Private keys in the forms that OpenSSL writes: PKCS#8 and the older form of each
 * algorithm, encrypted or not.
 */
final class PemKeys {

	private static final PSSParameterSpec PSS_SHA256 = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256,
			32, PSSParameterSpec.TRAILER_FIELD_BC);

	private PemKeys() {
	}

	/** The first key among the objects of a PEM file. */
	static PrivateKey find(List<Object> objects, Path file, @Nullable String password) {
		for (Object object : objects) {
			PrivateKeyInfo info = keyInfo(object, file, password);
			if (info != null) {
				return convert(info, file);
			}
		}
		throw new SslException("There is no private key in " + file);
	}

	private static PrivateKey convert(PrivateKeyInfo info, Path file) {
		try {
			return new JcaPEMKeyConverter().getPrivateKey(info);
		}
		catch (IOException ex) {
			throw new SslException("The private key in " + file + " cannot be used: " + ex.getMessage(), ex);
		}
	}

	private static @Nullable PrivateKeyInfo keyInfo(Object object, Path file, @Nullable String password) {
		if (object instanceof PrivateKeyInfo info) {
			return info;
		}
		if (object instanceof PEMKeyPair pair) {
			return pair.getPrivateKeyInfo();
		}
		if (object instanceof PEMEncryptedKeyPair || object instanceof PKCS8EncryptedPrivateKeyInfo) {
			if (password == null) {
				throw new SslException("The private key in " + file + " is encrypted: give its password");
			}
			return decrypt(object, file, password.toCharArray());
		}
		return null;
	}

	private static PrivateKeyInfo decrypt(Object object, Path file, char[] password) {
		// Not registered with the JVM: this changes nothing for anybody else.
		BouncyCastleProvider provider = new BouncyCastleProvider();
		try {
			if (object instanceof PEMEncryptedKeyPair pair) {
				return pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password))
					.getPrivateKeyInfo();
			}
			return ((PKCS8EncryptedPrivateKeyInfo) object).decryptPrivateKeyInfo(
					new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider).build(password));
		}
		catch (IOException | PKCSException | OperatorCreationException | IllegalArgumentException ex) {
			throw new SslException("The private key in " + file + " cannot be decrypted: is its password right?", ex);
		}
	}

	/** Raises unless the key belongs to the certificate. */
	static void requireMatch(PrivateKey key, X509Certificate certificate, Path file) throws GeneralSecurityException {
		if (!key.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm()) || !signs(key, certificate)) {
			throw new SslException("The private key in " + file + " does not belong to the certificate of "
					+ certificate.getSubjectX500Principal());
		}
	}

	private static boolean signs(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
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
			// The key may be limited to one hash function and one length of the salt.
			AlgorithmParameterSpec limits = (key instanceof RSAKey rsa) ? rsa.getParams() : null;
			signature.setParameter((limits != null) ? limits : PSS_SHA256);
		}
		return signature;
	}

}
