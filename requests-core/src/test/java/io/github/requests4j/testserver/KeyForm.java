package io.github.requests4j.testserver;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;

import okhttp3.tls.HeldCertificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.io.pem.PemObjectGenerator;

/**
 * The forms in which OpenSSL writes private keys.
 */
public enum KeyForm {

	/** PKCS#1 for RSA, SEC1 for EC. */
	TRADITIONAL,

	/** The same, encrypted by the headers of PEM. */
	TRADITIONAL_ENCRYPTED,

	/** PKCS#8. */
	PKCS8,

	/** PKCS#8, encrypted. */
	PKCS8_ENCRYPTED;

	public boolean isEncrypted() {
		return this == TRADITIONAL_ENCRYPTED || this == PKCS8_ENCRYPTED;
	}

	/** The key of a certificate as PEM. */
	public String write(HeldCertificate certificate, String password) {
		try {
			StringWriter text = new StringWriter();
			try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
				writer.writeObject(generator(certificate, password.toCharArray()));
			}
			return text.toString();
		}
		catch (IOException | OperatorCreationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private PemObjectGenerator generator(HeldCertificate certificate, char[] password)
			throws IOException, OperatorCreationException {
		BouncyCastleProvider provider = new BouncyCastleProvider();
		// Like OpenSSL's, Bouncy Castle's own keys name their curve, without which SEC1
		// cannot be read.
		PrivateKey key = new JcaPEMKeyConverter().setProvider(provider)
			.getPrivateKey(PrivateKeyInfo.getInstance(certificate.keyPair().getPrivate().getEncoded()));
		return switch (this) {
			case TRADITIONAL -> new JcaMiscPEMGenerator(key);
			case TRADITIONAL_ENCRYPTED -> new JcaMiscPEMGenerator(key,
					new JcePEMEncryptorBuilder("AES-128-CBC").setProvider(provider).build(password));
			case PKCS8 -> new JcaPKCS8Generator(key, null);
			case PKCS8_ENCRYPTED -> new JcaPKCS8Generator(key,
					new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC).setProvider(provider)
						.setPassword(password)
						.build());
		};
	}

}
