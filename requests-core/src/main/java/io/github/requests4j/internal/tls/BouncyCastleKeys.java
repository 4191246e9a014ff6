package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;

import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;

/**
 * Decrypts keys with Bouncy Castle if the JDK does not support their encryption. The
 * library is optional: if it is missing or incompatible, a {@link LinkageError} is
 * thrown.
 */
final class BouncyCastleKeys {

	private BouncyCastleKeys() {
	}

	/**
	 * Decrypts a key.
	 * @param pem the PEM block of the key
	 * @return the key as PKCS#8
	 */
	static byte[] decrypt(String pem, char[] password) throws IOException, GeneralSecurityException {
		// Not registered with the JVM, so that other code is not affected.
		BouncyCastleProvider provider = new BouncyCastleProvider();
		try (PEMParser parser = new PEMParser(new StringReader(pem))) {
			Object object = parser.readObject();
			PrivateKeyInfo info = (object instanceof PEMEncryptedKeyPair pair)
					? pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder().setProvider(provider).build(password))
						.getPrivateKeyInfo()
					: ((PKCS8EncryptedPrivateKeyInfo) object).decryptPrivateKeyInfo(
							new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider).build(password));
			return info.getEncoded();
		}
		catch (PKCSException | OperatorCreationException ex) {
			throw new GeneralSecurityException(ex);
		}
	}

}
