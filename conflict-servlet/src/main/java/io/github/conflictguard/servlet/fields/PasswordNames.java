package io.github.conflictguard.servlet.fields;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Names of fields for passwords and other secrets. Used only for fields whose kind is unknown: text
 * that is taken for a secret has to be entered again.
 */
public final class PasswordNames {

  private static final Pattern PART =
      Pattern.compile(
          "passw|passwd|passphrase|passcode|kennwort|motdepasse|contrase|wachtwoord|geheim|secret");

  private static final Set<String> WORDS =
      new HashSet<>(
          Arrays.asList("pass", "pwd", "pw", "psw", "pin", "tan", "otp", "cvc", "cvv", "senha"));

  /** The end of a word in a name: before other characters, digits and capitals. */
  private static final Pattern END_OF_WORD =
      Pattern.compile("[^\\p{L}]+|(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

  private PasswordNames() {}

  /** Returns whether a field of this name is likely to contain a secret. */
  public static boolean contain(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
    if (PART.matcher(letters).find()) {
      return true;
    }
    for (String word : END_OF_WORD.split(name, -1)) {
      if (WORDS.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
