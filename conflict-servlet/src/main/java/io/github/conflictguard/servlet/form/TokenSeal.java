package io.github.conflictguard.servlet.form;

import io.github.conflictguard.resource.SipHash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals tokens as text that no one else can create, change or read: the first half of an
 * HMAC-SHA256 of the content, followed by the content in AES counter mode with that value as
 * initial counter (synthetic initialization vector). Thread-safe.
 */
final class TokenSeal {

  private static final SipHash HASH = new SipHash();

  private static final int MAC_BYTES = 16;
  private static final int LONGEST = 2048;

  private final SecretKeySpec macKey;
  private final SecretKeySpec cipherKey;

  /** Null where names are hashed for counts alone. */
  private final @Nullable SecretKeySpec nameKey;

  private TokenSeal(byte[] secret, boolean counting) {
    this.macKey = new SecretKeySpec(derived(secret, "mac"), "HmacSHA256");
    this.cipherKey = new SecretKeySpec(Arrays.copyOf(derived(secret, "cipher"), MAC_BYTES), "AES");
    this.nameKey = counting ? null : new SecretKeySpec(derived(secret, "name"), "HmacSHA256");
  }

  /** Returns a seal whose tokens are not accepted by other nodes, or after a restart. */
  static TokenSeal ofThisStart() {
    return new TokenSeal(random(), false);
  }

  /**
   * Returns a seal for tokens that never leave the server: its numbers need no cryptographic hash.
   */
  static TokenSeal forCounts() {
    return new TokenSeal(random(), true);
  }

  private static byte[] random() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return secret;
  }

  /** Returns a seal whose tokens are accepted by all nodes with the same secret. */
  static TokenSeal of(String secret) {
    return new TokenSeal(secret.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Seals a token as letters, digits, hyphens and underscores. */
  String seal(FormToken token) {
    byte[] content = token.toBytes();
    byte[] mac = Arrays.copyOf(hmac(macKey, content), MAC_BYTES);
    byte[] sealed = Arrays.copyOf(mac, MAC_BYTES + content.length);
    System.arraycopy(cipher(mac, content), 0, sealed, MAC_BYTES, content.length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /** Opens a token; returns null when it was not sealed here. */
  @Nullable FormToken open(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
    if (sealed.length <= MAC_BYTES) {
      return null;
    }
    byte[] mac = Arrays.copyOf(sealed, MAC_BYTES);
    byte[] content = cipher(mac, Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length));
    return MessageDigest.isEqual(mac, Arrays.copyOf(hmac(macKey, content), MAC_BYTES))
        ? FormToken.of(content)
        : null;
  }

  /** Returns the number of a name, never 0. */
  long numberOf(String name) {
    long number =
        nameKey == null
            ? HASH.of(name)
            : ByteBuffer.wrap(hmac(nameKey, name.getBytes(StandardCharsets.UTF_8))).getLong();
    return number == 0 ? 1 : number;
  }

  private static byte[] derived(byte[] secret, String purpose) {
    return hmac(new SecretKeySpec(secret, "HmacSHA256"), purpose.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] hmac(SecretKeySpec key, byte[] content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java platform has HmacSHA256", e);
    }
  }

  /** Encrypts or decrypts: the operation is its own inverse. */
  private byte[] cipher(byte[] start, byte[] content) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(start));
      return cipher.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("Every Java platform has AES in counter mode", e);
    }
  }
}
