package io.github.conflictguard.html;

/** The kind of a form field, as users see it. */
public enum FieldKind {
  /** One line of input: text, number, date and the like. */
  TEXT,
  /** Several lines. */
  TEXTAREA,
  /** All check boxes of one name. */
  CHECKBOX,
  /** All radio buttons of one name. */
  RADIO,
  /** A list of which one option is chosen. */
  SELECT_ONE,
  /** A list of which any number of options is chosen. */
  SELECT_MANY,
  /** A field that users do not see. */
  HIDDEN,
  /** A password, whose value is never kept. */
  PASSWORD,
  /** A file, which has no value before users choose it. */
  FILE,
  /** A button. Its value is sent when it is pressed. */
  SUBMIT,
  /** Any other field that is sent. */
  OTHER
}
