package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.HiddenField;
import io.github.conflictguard.servlet.form.FormConflict.Remains;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way in which a merged form is sent. Immutable. */
public final class SaveAgain {

  private final String action;
  private final String enctype;
  private final @Nullable String charset;
  private final List<HiddenField> tokens;
  private final @Nullable String currentPage;
  private final @Nullable String typeAction;
  private final boolean typing;
  private final Remains remains;

  private SaveAgain(Builder builder) {
    this.action = builder.action;
    this.enctype = builder.enctype;
    this.charset = builder.charset == null ? null : builder.charset.name();
    this.tokens = Collections.unmodifiableList(new ArrayList<>(builder.tokens));
    this.currentPage = builder.currentPage;
    this.typeAction = builder.typeAction;
    this.typing = builder.typing;
    this.remains = builder.remains;
  }

  /**
   * Returns a builder for a form.
   *
   * @param action the address to which the form was sent, with its query
   * @param enctype the encoding in which it was sent: {@code multipart/form-data} and the like
   */
  public static Builder to(String action, String enctype) {
    return new Builder(action, enctype);
  }

  /** Returns the address to which the form was sent. */
  public String getAction() {
    return action;
  }

  /**
   * Returns the encoding in which the form is sent: {@code application/x-www-form-urlencoded} and
   * the like.
   */
  public String getEnctype() {
    return enctype;
  }

  /** Returns the charset in which the application reads the form; null for that of the page. */
  public @Nullable String getCharset() {
    return charset;
  }

  /**
   * Returns the fields that identify the state with which the form was merged. They have to be
   * sent. Unmodifiable.
   */
  public List<HiddenField> getTokens() {
    return tokens;
  }

  /** Returns the address of the page with the form; null when that is not known. */
  public @Nullable String getCurrentPage() {
    return currentPage;
  }

  /**
   * Returns the address to which a button sends the form in order to get this page again with
   * inputs in place of choices; null when there is none.
   */
  public @Nullable String getTypeAction() {
    return typeAction;
  }

  /** Returns whether this page has inputs in place of choices. */
  public boolean isTyping() {
    return typing;
  }

  /**
   * Returns whether saving can succeed: not if the record is deleted, or may not be changed any
   * more.
   */
  public boolean isPossible() {
    return remains == Remains.RECORD;
  }

  /** Returns whether the record is known to have been deleted. */
  public boolean isDeleted() {
    return remains == Remains.NOTHING;
  }

  /** Builds the description. Not safe for use by several threads. */
  public static final class Builder {

    private final String action;
    private final String enctype;
    private final List<HiddenField> tokens = new ArrayList<>();
    private @Nullable Charset charset;
    private @Nullable String currentPage;
    private @Nullable String typeAction;
    private boolean typing;
    private Remains remains = Remains.RECORD;

    private Builder(String action, String enctype) {
      this.action = action;
      this.enctype = enctype;
    }

    /** Sets the charset in which the application reads the form: that of its page. */
    public Builder charset(@Nullable Charset ofForm) {
      this.charset = ofForm;
      return this;
    }

    /**
     * Adds a field that identifies the state with which the form was merged. If the current state
     * is not known, this is the state with which the form was loaded: then the next attempt is
     * compared again.
     */
    public Builder token(String name, String value) {
      tokens.add(new HiddenField(name, value));
      return this;
    }

    /** Sets the address of the page that contained the form. */
    public Builder currentPage(@Nullable String address) {
      this.currentPage = address;
      return this;
    }

    /** Sets what remains of the record. */
    public Builder remains(Remains ofRecord) {
      this.remains = ofRecord;
      return this;
    }

    /** Sets the address that shows the page again with inputs in place of choices. */
    public Builder typeAction(@Nullable String address) {
      this.typeAction = address;
      return this;
    }

    /** Sets whether inputs are shown in place of choices. */
    public Builder typing(boolean inputs) {
      this.typing = inputs;
      return this;
    }

    /** Returns the form. */
    public SaveAgain build() {
      return new SaveAgain(this);
    }
  }
}
