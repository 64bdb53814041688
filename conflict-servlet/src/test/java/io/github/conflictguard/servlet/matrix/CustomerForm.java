package io.github.conflictguard.servlet.matrix;

import java.io.IOException;

/**
 * How an application presents the form of a customer.
 *
 * @param edit the page with the form, with {@code %s} for the id
 * @param create the page with the form of a new customer
 * @param save the name of the button that saves; "" where it has none
 * @param add the same of a new customer
 * @param cancel the name of the button that goes back without saving
 * @param delete the name of the button that deletes; "" for that of a form or link of its own
 * @param prefix of the names of fields
 */
record CustomerForm(
    String edit,
    String create,
    String save,
    String add,
    String cancel,
    String delete,
    String prefix) {

  CustomerForm(String edit, String create, String save, String add) {
    this(edit, create, save, add, "cancel", "", "");
  }

  CustomerForm cancelledBy(String button) {
    return new CustomerForm(edit, create, save, add, button, delete, prefix);
  }

  CustomerForm deletedBy(String button) {
    return new CustomerForm(edit, create, save, add, cancel, button, prefix);
  }

  CustomerForm named(String newPrefix) {
    return new CustomerForm(edit, create, save, add, cancel, delete, newPrefix);
  }

  String edit(String id) {
    return edit.formatted(id);
  }

  /** Deletes the customer of a page. */
  FormClient.Answer deleteOn(FormClient.Answer page) throws IOException {
    if (!delete.isEmpty()) {
      return page.form(0).press(delete);
    }
    return page.text().contains(">Delete</a>") ? page.follow("Delete") : page.form(1).press("");
  }
}
