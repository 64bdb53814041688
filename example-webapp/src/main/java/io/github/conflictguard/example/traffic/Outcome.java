package io.github.conflictguard.example.traffic;

/** What a request of the scene has led to. */
public enum Outcome {
  READ("Read", "A page or a record was opened."),
  SAVED("Saved", "Based on the current version, or on none."),
  STALE(
      "Stale, refused (412)",
      "Another user had saved in between. A form got the conflict page, a program a problem."),
  CONFLICT(
      "Conflict, refused (409)",
      "An e-mail address in use, a customer with orders, an order that is shipped already."),
  REPLAYED("Repeated", "The second click of a double click: the first response, nothing saved."),
  LOST("Lost", "Overwritten on the lunch menu, whose rule only observes.");

  private final String title;
  private final String explanation;

  Outcome(String title, String explanation) {
    this.title = title;
    this.explanation = explanation;
  }

  /** Returns the title of the outcome on the page. */
  public String title() {
    return title;
  }

  /** Returns one sentence for the page. */
  public String explanation() {
    return explanation;
  }

  /** Returns the outcome of a response. */
  static Outcome of(String method, int status, boolean replayed) {
    if (replayed) {
      return REPLAYED;
    }
    return switch (status) {
      case 200, 201, 204, 302, 303 -> method.equals("GET") ? READ : SAVED;
      case 409 -> CONFLICT;
      case 412 -> STALE;
      default -> throw new IllegalStateException("The office has answered " + status);
    };
  }
}
