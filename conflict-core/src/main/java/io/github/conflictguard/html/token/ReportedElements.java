package io.github.conflictguard.html.token;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The elements whose tags an {@link HtmlTokenizer} reports. */
final class ReportedElements {

  /** Elements whose content a browser with scripts reads as text. */
  private static final Set<String> RAW =
      set("textarea title style xmp iframe noembed noframes script");

  /** The elements that affect forms, except links. */
  private static final String OF_FORMS =
      "form input select option optgroup textarea button base template noscript fieldset legend"
          + " datalist meta title style xmp iframe noembed noframes script plaintext svg math"
          + " foreignobject";

  /** The elements that matter only to the text around fields. */
  private static final String OF_TEXT =
      "label p div li dt dd td th br hr tr table thead tbody ul ol dl h1 h2 h3 h4 h5 h6 header nav"
          + " section main";

  /** The elements that affect forms. */
  static final ElementNames FORMS = new ElementNames(OF_FORMS);

  /** The elements that affect forms, and links. */
  static final ElementNames FORMS_AND_LINKS = new ElementNames(OF_FORMS + " a");

  /** The elements that affect forms, links, and those around the text that names fields. */
  static final ElementNames ALL_REPORTED = new ElementNames(OF_FORMS + " a " + OF_TEXT);

  private ReportedElements() {}

  /** Returns whether the content of an element is text to a browser with scripts. */
  static boolean isRaw(String element) {
    return RAW.contains(element);
  }

  private static Set<String> set(String words) {
    return new HashSet<>(Arrays.asList(words.split(" ", -1)));
  }
}
