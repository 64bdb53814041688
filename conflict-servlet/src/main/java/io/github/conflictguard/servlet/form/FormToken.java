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

  private FormToken(Builder builder) {
    this.page = builder.page;
    this.form = builder.form;
    this.owner = builder.owner;
    this.user = builder.user;
    this.rule = builder.rule;
    this.key = builder.key;
    this.epoch = builder.epoch;
    this.time = builder.time;
    this.tag = builder.tag;
    this.others = builder.others;
    this.kinds = builder.kinds;
  }

  /**
   * Starts a token of a form whose target is not known yet.
   *
   * @param page a unique number of the page
   * @param form zero-based index of the form on the page; negative for a link
   */
  static Builder builder(long page, short form) {
    return new Builder(page, form);
  }

  private Builder copy() {
    return new Builder(page, form)
        .shownTo(owner, user)
        .target(rule, key)
        .at(epoch, time)
        .tag(tag)
        .fields(others, kinds);
  }

  /** Returns text that identifies this form on this page. */
  String once() {
    return Long.toHexString(page) + '.' + form;
  }

  /** Returns the same token for a record that is known by now. */
  FormToken about(long otherKey) {
    return copy().target(rule, otherKey).fields(NONE, kinds).build();
  }

  /**
   * Returns the same token for a form whose buttons write several records, with the kinds of its
   * fields.
   *
   * @param keys at most 127 records by their numbers, which may include {@link #key}
   */
  FormToken of(Collection<Long> keys, FieldKinds ofFields) {
    long[] rest = keys.stream().mapToLong(Long::longValue).filter(one -> one != key).toArray();
    return copy().fields(rest, ofFields).build();
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
      Builder builder =
          new Builder(bytes.getLong(), bytes.getShort())
              .shownTo(bytes.getLong(), bytes.getLong())
              .target(bytes.getLong(), bytes.getLong())
              .at(bytes.getLong(), bytes.getLong());
      long[] others = new long[version == VERSION ? bytes.get() & 0xFF : 0];
      int fields = version == VERSION ? bytes.get() & 0xFF : 0;
      for (int i = 0; i < others.length; i++) {
        others[i] = bytes.getLong();
      }
      FieldKinds kinds = FieldKinds.read(bytes, fields);
      byte[] text = new byte[bytes.remaining()];
      bytes.get(text);
      return builder
          .tag(text.length == 0 ? null : new String(text, StandardCharsets.UTF_8))
          .fields(others, kinds)
          .build();
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  /** Creates a token. Fields that are not set are 0 or absent. */
  static final class Builder {

    private final long page;
    private final short form;
    private long owner;
    private long user;
    private long rule;
    private long key;
    private long epoch;
    private long time;
    private @Nullable String tag;
    private long[] others = NONE;
    private FieldKinds kinds = FieldKinds.NONE;

    private Builder(long page, short form) {
      this.page = page;
      this.form = form;
    }

    /**
     * Sets the reader of the page.
     *
     * @param session the session in which the page was shown; 0 for none
     * @param name the user to whom it was shown; 0 for none
     */
    Builder shownTo(long session, long name) {
      this.owner = session;
      this.user = name;
      return this;
    }

    /**
     * Sets the target of the form.
     *
     * @param ofRule the rule of the form's target
     * @param resource the resource; 0 where only the fields identify it
     */
    Builder target(long ofRule, long resource) {
      this.rule = ofRule;
      this.key = resource;
      return this;
    }

    /** Sets when the page began, and the epoch of the clock. */
    Builder at(long ofClock, long begin) {
      this.epoch = ofClock;
      this.time = begin;
      return this;
    }

    /** Sets the entity tag of the resource at that time; null where the time suffices. */
    Builder tag(@Nullable String ofResource) {
      this.tag = ofResource;
      return this;
    }

    private Builder fields(long[] otherKeys, FieldKinds ofFields) {
      this.others = otherKeys;
      this.kinds = ofFields;
      return this;
    }

    FormToken build() {
      return new FormToken(this);
    }
  }
}
