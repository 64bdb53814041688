package io.github.conflictguard.servlet.fields;

import io.github.conflictguard.etag.Sha256;
import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of the fields of a form, in four bytes for each field other than plain text. They fit
 * into a token, so that they are available when the rest of the form is no longer stored.
 * Immutable.
 */
public final class FieldKinds {

  /** The kinds for a form without known fields. */
  public static final FieldKinds NONE = new FieldKinds(new LinkedHashMap<>());

  /** The maximum number of fields; further ones are ignored. */
  private static final int MOST = 128;

  /**
   * The order defines the numbers in tokens, which remain in pages when this version is replaced.
   */
  private static final List<FieldKind> ALL =
      Arrays.asList(
          FieldKind.TEXT,
          FieldKind.TEXTAREA,
          FieldKind.CHECKBOX,
          FieldKind.RADIO,
          FieldKind.SELECT_ONE,
          FieldKind.SELECT_MANY,
          FieldKind.HIDDEN,
          FieldKind.PASSWORD,
          FieldKind.FILE,
          FieldKind.SUBMIT,
          FieldKind.OTHER);

  private final Map<Integer, FieldKind> kinds;

  private FieldKinds(Map<Integer, FieldKind> kinds) {
    this.kinds = kinds;
  }

  /** Returns the kinds of the fields of a form. */
  public static FieldKinds of(FormSnapshot form) {
    Map<String, FieldKind> byName = new LinkedHashMap<>();
    for (FormField field : form.fields()) {
      // A hidden field supplies the value when the other field of the same name is not submitted.
      byName.merge(
          field.name(), field.kind(), (one, other) -> one == FieldKind.HIDDEN ? other : one);
    }
    Map<Integer, FieldKind> kinds = new LinkedHashMap<>();
    for (Map.Entry<String, FieldKind> field : byName.entrySet()) {
      boolean obvious =
          field.getValue() == FieldKind.TEXT && !PasswordNames.contain(field.getKey());
      if (!obvious && kinds.size() < MOST) {
        kinds.put(hash(field.getKey()), field.getValue());
      }
    }
    return new FieldKinds(kinds);
  }

  /** Returns the kind of a field; null where it is plain text or unknown. */
  public @Nullable FieldKind of(String name) {
    return kinds.get(hash(name));
  }

  /** Returns the length of the output of {@link #writeTo}, in bytes. */
  public int length() {
    return Integer.BYTES * kinds.size();
  }

  /** Writes the kinds to a buffer that has at least {@link #length} bytes left. */
  public void writeTo(ByteBuffer bytes) {
    kinds.forEach((hash, kind) -> bytes.putInt(hash | ALL.indexOf(kind)));
  }

  /** Reads the output of {@link #writeTo}. */
  public static FieldKinds read(ByteBuffer bytes, int count) {
    Map<Integer, FieldKind> kinds = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      int entry = bytes.getInt();
      int kind = entry & 0xFF;
      if (kind < ALL.size()) {
        kinds.put(entry & ~0xFF, ALL.get(kind));
      }
    }
    return new FieldKinds(kinds);
  }

  /** Returns the first 24 bits of a hash, above eight bits for the kind. */
  private static int hash(String name) {
    return ByteBuffer.wrap(Sha256.of(name)).getInt() & ~0xFF;
  }
}
