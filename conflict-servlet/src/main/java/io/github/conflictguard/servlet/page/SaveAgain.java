package io.github.conflictguard.servlet.page;

import io.github.conflictguard.merge.HiddenField;
import io.github.conflictguard.servlet.form.FormConflict.Remains;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a merged form is sent. Immutable. */
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
   * Starts with what every form has.
   *
   * @param action the address that the form was sent to, with its query
   * @param enctype how it was sent: {@code multipart/form-data} and the like
   */
  public static Builder to(String action, String enctype) {
    return new Builder(action, enctype);
  }

  /** The address that the form was sent to. */
  public String getAction() {
    return action;
  }

  /** How it is sent: {@code application/x-www-form-urlencoded} and the like. */
  public String getEnctype() {
    return enctype;
  }

  /** The charset in which the application reads the form; null for that of the page. */
  public @Nullable String getCharset() {
    return charset;
  }

  /** What says which state the form was merged with. Has to be sent along. Unmodifiable. */
  public List<HiddenField> getTokens() {
    return tokens;
  }

  /** The address of the page with the form; null when that is not known. */
  public @Nullable String getCurrentPage() {
    return currentPage;
  }

  /**
   * The address to which a button sends the form that wants this page again, with inputs in place
   * of choices; null when there is none.
   */
  public @Nullable String getTypeAction() {
    return typeAction;
  }

  /** Whether this page has inputs in place of choices. */
  public boolean isTyping() {
    return typing;
  }

  /** Whether it can succeed: not where the record is gone, or may not be changed any more. */
  public boolean isPossible() {
    return remains == Remains.RECORD;
  }

  /** Whether the record has been deleted for certain. */
  public boolean isDeleted() {
    return remains == Remains.NOTHING;
  }

  /** Collects what is known. Not safe for use by several threads. */
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

    /** The charset in which the application reads the form: that of the page that it came from. */
    public Builder charset(@Nullable Charset ofForm) {
      this.charset = ofForm;
      return this;
    }

    /**
     * Adds a field that says which state the form was merged with. Where the current state is not
     * known, that is the one with which the form came: then the next attempt is compared again.
     */
    public Builder token(String name, String value) {
      tokens.add(new HiddenField(name, value));
      return this;
    }

    /** The address of the page that the form came from. */
    public Builder currentPage(@Nullable String address) {
      this.currentPage = address;
      return this;
    }

    /** Sets what there is still of the record. */
    public Builder remains(Remains ofRecord) {
      this.remains = ofRecord;
      return this;
    }

    /** Offers to show the page again with inputs in place of choices. */
    public Builder typeAction(@Nullable String address) {
      this.typeAction = address;
      return this;
    }

    /** Shows inputs in place of choices. */
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
