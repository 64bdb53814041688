package io.github.conflictguard.servlet.form;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;

/** What sessions remember of the forms that were shown in them, for a benchmark. */
public final class SessionForms {

  private static final String PAGE =
      """
      <form action="/customers/save" method="post">
        <input type="hidden" name="id" value="%1$d">
        <label>Name <input name="name" value="Customer number %1$d"></label>
        <label>E-mail <input name="email" value="customer%1$d@example.com"></label>
        <label>Street <input name="street" value="%1$d Long Street"></label>
        <label>City <input name="city" value="Springfield"></label>
        <label>Notes <textarea name="notes">Calls on Mondays, pays on Fridays.</textarea></label>
        <label><input type="checkbox" name="active" checked> Active</label>
        <button>Save</button>
      </form>
      """;

  private SessionForms() {}

  /** So many forms of eight fields, as a session keeps them. */
  public static Object of(int count) {
    String[][] forms = new String[count][];
    for (int i = 0; i < count; i++) {
      FormToken token = FormToken.builder(i, (short) 0).shownTo(i, 1).target(2, i).at(3, i).build();
      FormSnapshot shown = HtmlForms.read(PAGE.formatted(i)).get(0);
      forms[i] = new StoredForm(token, i, "/customers/edit?id=" + i, true, shown).toText();
    }
    return forms;
  }
}
