package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.html.Html;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sentences, lines to copy, links and buttons. */
public final class Prose implements Section {

  private final @Nullable String heading;
  private final List<Section> parts = new ArrayList<>();
  private List<Section> paragraph = new ArrayList<>();

  /**
   * Creates the section.
   *
   * @param heading the text itself; null for a notice without one
   */
  public Prose(@Nullable String heading) {
    this.heading = heading;
  }

  /** Begins a paragraph, which is omitted if it remains empty. */
  public Prose paragraph() {
    List<Section> sentences = new ArrayList<>();
    paragraph = sentences;
    return part(
        (html, words) -> {
          if (!sentences.isEmpty()) {
            html.open("p");
            sentences.forEach(sentence -> sentence.write(html, words));
            html.close();
          }
        });
  }

  /** Adds a paragraph with a sentence by the name of its text; its arguments are set off. */
  public Prose sentence(String name, String... arguments) {
    return paragraph().and(name, arguments);
  }

  /** Adds a sentence to the last paragraph. */
  public Prose and(String name, String... arguments) {
    String[] kept = arguments.clone();
    boolean first = paragraph.isEmpty();
    paragraph.add((html, words) -> html.text(first ? "" : " ").sentence(words.text(name), kept));
    return this;
  }

  /** Adds a sentence that is not a text of the monitor. */
  public Prose quote(String sentence) {
    return part((html, words) -> html.element("p", sentence));
  }

  /** Adds a remark by the name of its text. */
  public Prose note(String name, Object... arguments) {
    return part((html, words) -> html.element("p", words.text(name, arguments), "class", "note"));
  }

  /** Adds lines to copy. */
  public Prose lines(String text) {
    return part((html, words) -> html.element("pre", text, "tabindex", "0"));
  }

  /** Adds a link by the name of its text. */
  public Prose link(String name, String address, Object... arguments) {
    return part(
        (html, words) ->
            html.open("p").element("a", words.text(name, arguments), "href", address).close());
  }

  /** Adds a button by the name of its text. */
  public Prose button(Change change, String name) {
    return part((html, words) -> change.write(html, words.text(name)));
  }

  private Prose part(Section part) {
    parts.add(part);
    return this;
  }

  @Override
  public void write(Html html, Words words) {
    html.open("section");
    if (heading != null) {
      html.element("h2", heading);
    }
    parts.forEach(part -> part.write(html, words));
    html.close();
  }
}
