package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A recognizer of the entity tags that the filter has generated, even if an intermediary that
 * compresses has modified them: Jetty, Apache httpd and others append the coding to the opaque
 * part. Removing such a suffix cannot turn another tag into one of the filter, so it is safe
 * without a setting: the remaining tag must still be the current one.
 */
public final class OwnTag {

  private static final String STATE = "[0-9a-f]{" + 2 * BodyTag.BYTES + "}";
  private static final String FORM = STATE + "(?:\\.[0-9a-f]{8})?";

  /**
   * Matches {@code --gzip}, {@code -gzip}, {@code ;br} etc.; two of them if two servers compress.
   */
  private static final Pattern RETURNED =
      Pattern.compile("(" + FORM + ")((?:--?|[;:+_~])[A-Za-z][A-Za-z0-9]{0,11}){0,2}");

  /**
   * Matches anywhere in a value that is not a list of tags, because its quotes are missing, for
   * example.
   */
  private static final Pattern WITHIN =
      Pattern.compile("(?<![0-9A-Za-z])" + STATE + "(?![0-9A-Za-z])");

  private static final int LONGEST = 2 * BodyTag.BYTES + 9 + 2 * 14;

  private OwnTag() {}

  /**
   * Returns whether a tag has the form of the filter's tags, weak or not, modified on its way or
   * not.
   */
  public static boolean isOne(EntityTag tag) {
    return original(tag.opaque()) != null;
  }

  /** Returns whether one of the tags has that form. */
  public static boolean isIn(EntityTagSet tags) {
    for (EntityTag tag : tags.tags()) {
      if (isOne(tag)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a text that is not a list of tags contains something of that form. */
  public static boolean isWithin(List<String> lines) {
    for (String line : lines) {
      if (WITHIN.matcher(line).find()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Removes the name of a content coding from a tag of the filter; returns other tags unchanged.
   */
  public static EntityTag withoutCoding(EntityTag tag) {
    String original = original(tag.opaque());
    if (original == null || original.length() == tag.opaque().length()) {
      return tag;
    }
    return tag.isWeak() ? EntityTag.weak(original) : EntityTag.strong(original);
  }

  /** Returns the part of the filter's tag that identifies the state, without the variant suffix. */
  public static String stateOf(EntityTag tag) {
    String opaque = tag.opaque();
    return opaque.length() < 2 * BodyTag.BYTES ? opaque : opaque.substring(0, 2 * BodyTag.BYTES);
  }

  private static @Nullable String original(String opaque) {
    if (opaque.length() < 2 * BodyTag.BYTES || opaque.length() > LONGEST) {
      return null;
    }
    Matcher matcher = RETURNED.matcher(opaque);
    return matcher.matches() ? matcher.group(1) : null;
  }
}
