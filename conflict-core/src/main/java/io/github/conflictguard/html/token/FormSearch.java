package io.github.conflictguard.html.token;

/**
 * Searches a page for anything that may be the start tag of a form. A page in which it finds
 * nothing has no form, wherever a browser would look for one; what it finds may still be text, or
 * part of a comment or script. Not safe for use by several threads.
 */
public final class FormSearch {

  private static final String START = "<form";

  private int matched;

  /** Reads the next part of the page. Returns whether it has found something, in any part. */
  public boolean accept(String part) {
    int i = 0;
    while (i < part.length() && matched < START.length()) {
      if (matched == 0) {
        int place = part.indexOf('<', i);
        matched = place < 0 ? 0 : 1;
        i = place < 0 ? part.length() : place + 1;
      } else if (Characters.lower(part.charAt(i)) == START.charAt(matched)) {
        matched++;
        i++;
      } else {
        // The character may begin another tag.
        matched = 0;
      }
    }
    return matched == START.length();
  }
}
