package io.github.conflictguard.servlet.console.section;

import io.github.conflictguard.servlet.console.html.Html;

/** One sentence that stands out. */
public final class Notice implements Section {

  private final String tone;
  private final String name;
  private final String[] arguments;

  /**
   * Creates a notice.
   *
   * @param tone the class of its colour in the style sheet; empty for none
   * @param name the name of its text
   */
  public Notice(String tone, String name, String... arguments) {
    this.tone = tone;
    this.name = name;
    this.arguments = arguments.clone();
  }

  @Override
  public void write(Html html, Words words) {
    html.open("div", "class", ("notice " + tone).trim());
    html.open("p").sentence(words.text(name), arguments).close().close();
  }
}
