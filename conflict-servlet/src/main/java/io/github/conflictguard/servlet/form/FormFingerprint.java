package io.github.conflictguard.servlet.form;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the fields of a form hold, in sixteen bytes for each name. What frameworks put in, what is
 * never shown, and buttons are left out. Immutable.
 */
final class FormFingerprint {

  /** Of larger forms the rest counts as one field. */
  private static final int MOST = 256;

  private static final Set<FieldKind> NO_STATE =
      EnumSet.of(FieldKind.PASSWORD, FieldKind.FILE, FieldKind.SUBMIT);

  /** Names and values, one after the other, by name. */
  private final long[][] fields;

  private final boolean showing;

  private FormFingerprint(long[][] fields, boolean showing) {
    this.fields = fields;
    this.showing = showing;
  }

  static FormFingerprint of(FormSnapshot form, IgnoredFields ignored) {
    Map<Long, MessageDigest> byName = new TreeMap<>();
    boolean showing = false;
    for (FormField field : form.fields()) {
      if (!NO_STATE.contains(field.kind()) && !ignored.contain(field.name())) {
        showing |= field.kind() != FieldKind.HIDDEN;
        long name = byName.size() < MOST ? numberOf(field.name()) : 0;
        MessageDigest values = byName.computeIfAbsent(name, key -> sha256());
        values.update(field.kind().name().getBytes(StandardCharsets.UTF_8));
        for (String value : field.values()) {
          byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
          values.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
          values.update(bytes);
        }
      }
    }
    long[][] fields = new long[byName.size()][];
    int i = 0;
    for (Map.Entry<Long, MessageDigest> entry : byName.entrySet()) {
      fields[i++] =
          new long[] {entry.getKey(), ByteBuffer.wrap(entry.getValue().digest()).getLong()};
    }
    Arrays.sort(fields, Comparator.comparingLong(field -> field[0]));
    return new FormFingerprint(fields, showing);
  }

  /** Whether people see any of it: hidden fields alone show nothing of a record. */
  boolean isShowing() {
    return showing;
  }

  /** About how many bytes it takes. */
  int size() {
    return 48 * fields.length;
  }

  /** Whether the two hold the same in the same fields. */
  boolean isSameAs(FormFingerprint other) {
    return Arrays.deepEquals(fields, other.fields);
  }

  /**
   * Whether a field that both have holds something else. Not everybody sees all fields of a record.
   */
  boolean contradicts(FormFingerprint other) {
    int theirs = 0;
    for (long[] field : fields) {
      while (theirs < other.fields.length && other.fields[theirs][0] < field[0]) {
        theirs++;
      }
      if (theirs < other.fields.length
          && other.fields[theirs][0] == field[0]
          && other.fields[theirs][1] != field[1]) {
        return true;
      }
    }
    return false;
  }

  private static long numberOf(String name) {
    return ByteBuffer.wrap(sha256().digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
