package io.github.conflictguard.example.readme;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments and messages of a Java source, without code. */
public final class SourceProse {

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>/\\*.*?\\*/|//[^\\n]*)"
              + "|\"\"\"(?:\\\\.|[^\\\\])*?\"\"\""
              + "|\"(?:\\\\.|[^\"\\\\\\n])*\""
              + "|'(?:\\\\.|[^'\\\\\\n])*'",
          Pattern.DOTALL);

  private static final Pattern CODE =
      Pattern.compile(
          "\\{@\\w+[^}]*\\}|@(?:param|throws)\\s+[\\w.<>]+|<pre>.*?</pre>|<code>.*?</code>",
          Pattern.DOTALL);

  private SourceProse() {}

  /**
   * Returns all comments, and all string literals with a space; only line breaks remain of the
   * rest.
   */
  public static String of(String source) {
    StringBuilder prose = new StringBuilder();
    Matcher token = TOKEN.matcher(source);
    int end = 0;
    while (token.find()) {
      breaks(source.substring(end, token.start()), prose);
      String comment = token.group("comment");
      if (comment == null) {
        String literal = token.group();
        if (literal.startsWith("\"") && literal.contains(" ")) {
          prose.append(literal);
        } else {
          breaks(literal, prose);
        }
      } else {
        String text = comment.replaceAll("(?m)^\\s*(?:/\\*\\*?|\\*/?|//)", " ");
        prose.append(CODE.matcher(text).replaceAll(SourceProse::breaks));
      }
      end = token.end();
    }
    return prose.toString();
  }

  private static String breaks(MatchResult code) {
    StringBuilder breaks = new StringBuilder(" ");
    breaks(code.group(), breaks);
    return breaks.toString();
  }

  private static void breaks(String code, StringBuilder into) {
    code.chars().filter(c -> c == '\n').forEach(c -> into.append('\n'));
  }
}
