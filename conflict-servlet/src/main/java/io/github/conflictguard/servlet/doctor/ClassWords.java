package io.github.conflictguard.servlet.doctor;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a class name: {@code com.acme.ETagFilter} becomes {@code -e-tag-filter-}, so that
 * patterns of words never match inside a word, as {@code etag} does in {@code BaseTagFilter}.
 */
final class ClassWords {

  private static final Pattern WORD =
      Pattern.compile("\\p{Lu}+(?!\\p{Ll})|\\p{Lu}?\\p{Ll}[\\p{Ll}0-9]*|[0-9]+");

  private ClassWords() {}

  /** Returns the words of a simple class name, or of a bean name, in lower case. */
  static String of(String name) {
    String own = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
    StringBuilder words = new StringBuilder("-");
    for (Matcher word = WORD.matcher(own); word.find(); ) {
      words.append(word.group().toLowerCase(Locale.ROOT)).append('-');
    }
    return words.toString();
  }
}
