package io.github.conflictguard.html;

/** What a field of a form is to those who fill it in. */
public enum FieldKind {
  /** One line: text, number, date and whatever else is typed. */
  TEXT,
  /** Several lines. */
  TEXTAREA,
  /** All check boxes of one name. */
  CHECKBOX,
  /** All radio buttons of one name. */
  RADIO,
  /** A list of which one entry is chosen. */
  SELECT_ONE,
  /** A list of which any number of entries is chosen. */
  SELECT_MANY,
  /** What people do not see. */
  HIDDEN,
  /** A password, whose value is never kept. */
  PASSWORD,
  /** A file, which has no value before it is chosen. */
  FILE,
  /** A button. Its value is sent when it is pressed. */
  SUBMIT,
  /** Anything else that is sent. */
  OTHER
}
