package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.fields.FieldKinds;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The data that a form carries from the page that contains it to its submission. Immutable. */
final class FormToken {

  private static final byte VERSION = 2;

  /** The format without other records and kinds of fields. */
  private static final byte EARLIER = 1;

  private static final long[] NONE = {};

  final long page;
  final short form;
  final long owner;
  final long user;
  final long rule;
  final long key;
  final long epoch;
  final long time;
  final @Nullable String tag;

  /** The numbers of the records that are written by other buttons of the form. */
  private final long[] others;

  final FieldKinds kinds;

  /**
   * Creates a token.
   *
   * @param page a unique number of the page
   * @param form zero-based index of the form on the page; negative for a link
   * @param owner the session in which the page was shown; 0 for none
   * @param user the user to whom it was shown; 0 for none
   * @param rule the rule of the form's target
   * @param key the resource; 0 where only the fields identify it
   * @param epoch the epoch of the clock
   * @param time when the page began
   * @param tag the entity tag of the resource at that time; null where the time suffices
   */
  FormToken(
      long page,
      short form,
      long owner,
      long user,
      long rule,
      long key,
      long epoch,
      long time,
      @Nullable String tag) {
    this(page, form, owner, user, rule, key, epoch, time, tag, NONE, FieldKinds.NONE);
  }

  private FormToken(
      long page,
      short form,
      long owner,
      long user,
      long rule,
      long key,
      long epoch,
      long time,
      @Nullable String tag,
      long[] others,
      FieldKinds kinds) {
    this.page = page;
    this.form = form;
    this.owner = owner;
    this.user = user;
    this.rule = rule;
    this.key = key;
    this.epoch = epoch;
    this.time = time;
    this.tag = tag;
    this.others = others;
    this.kinds = kinds;
  }

  /** Returns text that identifies this form on this page. */
  String once() {
    return Long.toHexString(page) + '.' + form;
  }

  /** Returns the same token for a record that is known by now. */
  FormToken about(long otherKey) {
    return new FormToken(page, form, owner, user, rule, otherKey, epoch, time, tag, NONE, kinds);
  }

  /**
   * Returns the same token for a form whose buttons write several records, with the kinds of its
   * fields.
   *
   * @param keys at most 127 records by their numbers, which may include {@link #key}
   */
  FormToken of(Collection<Long> keys, FieldKinds ofFields) {
    long[] rest = keys.stream().mapToLong(Long::longValue).filter(one -> one != key).toArray();
    return new FormToken(page, form, owner, user, rule, key, epoch, time, tag, rest, ofFields);
  }

  /** Returns whether the token is for a record, given by its number. */
  boolean isAbout(long number) {
    return key == number || Arrays.stream(others).anyMatch(other -> other == number);
  }

  byte[] toBytes() {
    byte[] text = tag == null ? new byte[0] : tag.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(
            3 + (7 + others.length) * Long.BYTES + Short.BYTES + kinds.length() + text.length);
    bytes.put(VERSION).putLong(page).putShort(form).putLong(owner).putLong(user).putLong(rule);
    bytes.putLong(key).putLong(epoch).putLong(time);
    bytes.put((byte) others.length).put((byte) (kinds.length() / Integer.BYTES));
    for (long other : others) {
      bytes.putLong(other);
    }
    kinds.writeTo(bytes);
    bytes.put(text);
    return bytes.array();
  }

  /** Parses the result of {@link #toBytes}; returns null for any other content. */
  static @Nullable FormToken of(byte[] array) {
    ByteBuffer bytes = ByteBuffer.wrap(array);
    try {
      byte version = bytes.get();
      if (version != VERSION && version != EARLIER) {
        return null;
      }
      long page = bytes.getLong();
      short form = bytes.getShort();
      long owner = bytes.getLong();
      long user = bytes.getLong();
      long rule = bytes.getLong();
      long key = bytes.getLong();
      long epoch = bytes.getLong();
      long time = bytes.getLong();
      long[] others = new long[version == VERSION ? bytes.get() & 0xFF : 0];
      int fields = version == VERSION ? bytes.get() & 0xFF : 0;
      for (int i = 0; i < others.length; i++) {
        others[i] = bytes.getLong();
      }
      FieldKinds kinds = FieldKinds.read(bytes, fields);
      byte[] text = new byte[bytes.remaining()];
      bytes.get(text);
      return new FormToken(
          page,
          form,
          owner,
          user,
          rule,
          key,
          epoch,
          time,
          text.length == 0 ? null : new String(text, StandardCharsets.UTF_8),
          others,
          kinds);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }
}
