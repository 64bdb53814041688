package io.github.conflictguard.servlet.tag;

import io.github.conflictguard.etag.EntityTag;
import io.github.conflictguard.etag.EntityTagSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises the entity tags that the filter gives out when they come back, with what servers on
 * the way do to them when they compress: Jetty, Apache httpd and others append the coding to the
 * opaque part. A suffix makes no tag of a tag that was not one, so undoing it is safe without a
 * setting: what is left still has to be the current tag.
 */
public final class OwnTag {

  private static final String STATE = "[0-9a-f]{" + 2 * BodyTag.BYTES + "}";
  private static final String FORM = STATE + "(?:\\.[0-9a-f]{8})?";

  /** {@code --gzip}, {@code -gzip}, {@code ;br} and the like; two where two servers compress. */
  private static final Pattern RETURNED =
      Pattern.compile("(" + FORM + ")((?:--?|[;:+_~])[A-Za-z][A-Za-z0-9]{0,11}){0,2}");

  /** Anywhere in what is no list of tags, because its quotes are missing, for example. */
  private static final Pattern WITHIN =
      Pattern.compile("(?<![0-9A-Za-z])" + STATE + "(?![0-9A-Za-z])");

  private static final int LONGEST = 2 * BodyTag.BYTES + 9 + 2 * 14;

  private OwnTag() {}

  /** Whether a tag has the form of those of the filter, weak or not, changed on its way or not. */
  public static boolean isOne(EntityTag tag) {
    return original(tag.opaque()) != null;
  }

  /** Whether one of the tags has that form. */
  public static boolean isIn(EntityTagSet tags) {
    for (EntityTag tag : tags.tags()) {
      if (isOne(tag)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text that is no list of tags holds something of that form. */
  public static boolean isWithin(List<String> lines) {
    for (String line : lines) {
      if (WITHIN.matcher(line).find()) {
        return true;
      }
    }
    return false;
  }

  /** Takes the name of a content coding off a tag of the filter; others stay as they are. */
  public static EntityTag withoutCoding(EntityTag tag) {
    String original = original(tag.opaque());
    if (original == null || original.length() == tag.opaque().length()) {
      return tag;
    }
    return tag.isWeak() ? EntityTag.weak(original) : EntityTag.strong(original);
  }

  /** What a tag of the filter names of the state alone, without the mark of a variant. */
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
