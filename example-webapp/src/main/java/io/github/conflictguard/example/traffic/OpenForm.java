package io.github.conflictguard.example.traffic;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of a page as a browser would send it, hidden fields included. Reads the pages of this
 * office and the conflict page, not every page of the web.
 *
 * @param action the path to which it is sent
 * @param fields the values by the names of the fields
 */
record OpenForm(String action, Map<String, String> fields) {

  private static final Pattern FORM = Pattern.compile("(?s)<form\\b([^>]*)>(.*?)</form>");
  private static final Pattern INPUT = Pattern.compile("(?s)<input\\b([^>]*)>");
  private static final Pattern ATTRIBUTE = Pattern.compile("([a-z]+)=\"([^\"]*)\"");

  /**
   * Reads the first form of a page.
   *
   * @param path the path of the page, to which a form without an action is sent
   */
  static OpenForm of(String path, String page) {
    Matcher form = FORM.matcher(page);
    if (!form.find()) {
      throw new IllegalStateException(path + " has no form");
    }
    Map<String, String> fields = new LinkedHashMap<>();
    Matcher inputs = INPUT.matcher(form.group(2));
    while (inputs.find()) {
      Map<String, String> input = attributes(inputs.group(1));
      boolean unchosen =
          "radio".equals(input.get("type")) && !inputs.group(1).matches("(?s).*\\schecked\\b.*");
      if (!unchosen) {
        fields.put(input.get("name"), input.getOrDefault("value", ""));
      }
    }
    return new OpenForm(attributes(form.group(1)).getOrDefault("action", path), fields);
  }

  /** Returns the form after a user has typed a value into a field. */
  OpenForm with(String field, String value) {
    Map<String, String> typed = new LinkedHashMap<>(fields);
    typed.put(field, value);
    return new OpenForm(action, typed);
  }

  /** Returns the body of the request that sends it. */
  String encoded() {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> attributes(String tag) {
    return ATTRIBUTE
        .matcher(tag)
        .results()
        .collect(
            Collectors.toMap(
                attribute -> attribute.group(1),
                attribute -> unescape(attribute.group(2)),
                (first, second) -> first));
  }

  private static String unescape(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
