package io.github.conflictguard.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The forms of a page in document order, and which of them an element belongs to (4.10.18.3). Not
 * safe for use by several threads.
 */
final class PageForms {

  private final List<OpenForm> forms = new ArrayList<>();

  /** The indexes of the forms by their ids; the first form with an id wins. */
  private final Map<String, Integer> places = new HashMap<>();

  private final List<Later> referring = new ArrayList<>();
  private @Nullable OpenForm open;

  /** Begins a form, which ends with {@link #end}. */
  void begin(FormStartTag start) {
    open = new OpenForm(start);
    if (start.id != null) {
      places.putIfAbsent(start.id, forms.size());
    }
    forms.add(open);
  }

  /** Ends the open form, if there is one. */
  void end() {
    open = null;
  }

  boolean isOpen() {
    return open != null;
  }

  /** Returns the start tag of the open form; null when no form is open. */
  @Nullable FormStartTag open() {
    return open == null ? null : open.start();
  }

  int count() {
    return forms.size();
  }

  FormStartTag start(int place) {
    return forms.get(place).start();
  }

  /**
   * Returns the index of the form to which an element belongs; negative when it belongs to none.
   *
   * @param id the id of the form to which the element refers; null when it refers to none
   */
  int placeOf(@Nullable String id) {
    if (id == null) {
      return open == null ? -1 : forms.size() - 1;
    }
    return places.getOrDefault(id, -1);
  }

  /**
   * Adds an element to its form, if it has one. A form to which it refers may follow.
   *
   * @param id the id of the form to which the element refers; null when it refers to none
   */
  void add(@Nullable String id, Consumer<OpenForm> addition) {
    if (id != null) {
      referring.add(new Later(id, addition));
    } else if (open != null) {
      addition.accept(open);
    }
  }

  /** Returns the forms with their fields so far. */
  List<FormSnapshot> close(Labels labels, @Nullable String title) {
    for (Later later : referring) {
      Integer place = places.get(later.form);
      if (place != null) {
        later.addition.accept(forms.get(place));
      }
    }
    referring.clear();
    List<FormSnapshot> closed = new ArrayList<>();
    forms.forEach(form -> closed.add(form.close(labels).titled(title)));
    return closed;
  }

  /** Returns the most recent form with the fields found so far; null when there is none. */
  @Nullable FormSnapshot last(Labels labels) {
    return forms.isEmpty() ? null : forms.get(forms.size() - 1).close(labels);
  }

  /** An element that names the form it belongs to. */
  private static final class Later {

    final String form;
    final Consumer<OpenForm> addition;

    Later(String form, Consumer<OpenForm> addition) {
      this.form = form;
      this.addition = addition;
    }
  }
}
