package io.github.requests4j.spring.internal.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.jspecify.annotations.Nullable;

/**
 * Encrypts values with AES-256 in Galois/Counter Mode. Each value has its own key, which
 * is derived from the configured key and a random salt, so that the number of values is
 * not limited. A value is bound to its place and cannot be decrypted at another one.
 * Without a configured key, values are not encrypted. Thread-safe.
 */
public final class Seal {

	private static final byte PLAIN = 0;

	private static final byte ENCRYPTED = 1;

	private static final int ID_BYTES = Integer.BYTES;

	private static final int KEY_BYTES = 32;

	private static final int SALT_BYTES = 16;

	private static final int NONCE_BYTES = 12;

	private static final int TAG_BYTES = 16;

	private static final int HEAD_BYTES = 1 + ID_BYTES + SALT_BYTES + NONCE_BYTES;

	/** Leaves values as they are. */
	private static final Seal NONE = new Seal(List.of());

	private final SecureRandom random = new SecureRandom();

	/** The first key encrypts, and all keys decrypt. */
	private final List<Key> keys;

	private Seal(List<Key> keys) {
		this.keys = List.copyOf(keys);
	}

	/** A key, and the id that encrypted values refer to it by. */
	private record Key(int id, SecretKeySpec secret) {

		@Override
		public String toString() {
			return "Key";
		}

	}

	/**
	 * Returns the seal with the configured keys.
	 * @param keys keys of 32 bytes in Base64, separated by commas; the first one
	 * encrypts, the others only decrypt. {@code null} for no encryption.
	 * @return the seal
	 * @throws IllegalArgumentException if a key is not of that form. The message does not
	 * show the key.
	 */
	public static Seal of(@Nullable String keys) {
		if (keys == null || keys.isBlank()) {
			return NONE;
		}
		List<Key> all = new ArrayList<>();
		for (String key : keys.split(",", -1)) {
			byte[] bytes = decode(key.strip());
			if (bytes.length != KEY_BYTES) {
				throw new IllegalArgumentException("The key has " + bytes.length * 8 + " bits instead of 256.");
			}
			all.add(new Key(ByteBuffer.wrap(Digests.sha256(bytes)).getInt(), new SecretKeySpec(bytes, "HmacSHA256")));
		}
		return new Seal(all);
	}

	private static byte[] decode(String key) {
		try {
			return Base64.getDecoder().decode(key);
		}
		catch (IllegalArgumentException ex) {
			// The cause would show a part of the key
			throw new IllegalArgumentException("The key is not Base64.");
		}
	}

	/**
	 * Returns a value in the form in which it is stored.
	 * @param value the value
	 * @param place where it is stored, such as the key in Redis
	 * @return the bytes, for {@link #open} with the same place
	 */
	public byte[] seal(byte[] value, String place) {
		if (this.keys.isEmpty()) {
			byte[] plain = new byte[1 + value.length];
			plain[0] = PLAIN;
			System.arraycopy(value, 0, plain, 1, value.length);
			return plain;
		}
		Key key = this.keys.get(0);
		byte[] salt = new byte[SALT_BYTES];
		byte[] nonce = new byte[NONCE_BYTES];
		this.random.nextBytes(salt);
		this.random.nextBytes(nonce);
		ByteBuffer sealed = ByteBuffer.allocate(HEAD_BYTES + value.length + TAG_BYTES);
		sealed.put(ENCRYPTED).putInt(key.id()).put(salt).put(nonce);
		try {
			cipher(Cipher.ENCRYPT_MODE, key, salt, nonce, place).doFinal(ByteBuffer.wrap(value), sealed);
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java platform has AES in Galois/Counter Mode", ex);
		}
		return sealed.array();
	}

	/**
	 * Returns a stored value.
	 * @param sealed the bytes in the store
	 * @param place where they are stored
	 * @return the value; {@code null} if the bytes are damaged, were encrypted with
	 * another key, come from another place, or are readable although there is a key
	 */
	public byte @Nullable [] open(byte @Nullable [] sealed, String place) {
		if (sealed == null || sealed.length == 0) {
			return null;
		}
		if (this.keys.isEmpty()) {
			return (sealed[0] == PLAIN) ? Arrays.copyOfRange(sealed, 1, sealed.length) : null;
		}
		if (sealed[0] != ENCRYPTED || sealed.length < HEAD_BYTES + TAG_BYTES) {
			return null;
		}
		int id = ByteBuffer.wrap(sealed).getInt(1);
		byte[] salt = Arrays.copyOfRange(sealed, 1 + ID_BYTES, 1 + ID_BYTES + SALT_BYTES);
		byte[] nonce = Arrays.copyOfRange(sealed, 1 + ID_BYTES + SALT_BYTES, HEAD_BYTES);
		for (Key key : this.keys) {
			if (key.id() == id) {
				try {
					return cipher(Cipher.DECRYPT_MODE, key, salt, nonce, place).doFinal(sealed, HEAD_BYTES,
							sealed.length - HEAD_BYTES);
				}
				catch (GeneralSecurityException ex) {
					return null;
				}
			}
		}
		return null;
	}

	private static Cipher cipher(int mode, Key key, byte[] salt, byte[] nonce, String place)
			throws GeneralSecurityException {
		Mac derivation = Mac.getInstance("HmacSHA256");
		derivation.init(key.secret());
		derivation.update(salt);
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, new SecretKeySpec(derivation.doFinal(), "AES"),
				new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
		cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
		return cipher;
	}

	@Override
	public String toString() {
		return this.keys.isEmpty() ? "Seal without a key" : "Seal";
	}

}
