package io.github.conflictguard.servlet.form;

import io.github.conflictguard.servlet.client.ClientIdentity;
import io.github.conflictguard.servlet.request.PageSnapshot;
import io.github.conflictguard.servlet.rewrite.BodyRewriter;
import io.github.conflictguard.servlet.rewrite.CodeUnits;
import io.github.conflictguard.servlet.unread.PageEnd;
import io.github.conflictguard.servlet.unread.PageRecorder;
import io.github.conflictguard.servlet.unread.PageText;
import io.github.conflictguard.servlet.unread.UnreadPage;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The page of a request in mode {@code observe}, and the form that it submits. Immutable. */
public final class ObservedPage {

  private final PageView origin;
  private final @Nullable ObservedSubmission sent;

  /**
   * Creates a page.
   *
   * @param sent null where the request is not a write
   */
  public ObservedPage(PageView origin, @Nullable ObservedSubmission sent) {
    this.origin = origin;
    this.sent = sent;
  }

  /** Returns the view of the page in the response. */
  public PageView origin() {
    return origin;
  }

  /** Returns the submitted form; null where the request is not a write. */
  public @Nullable ObservedSubmission sent() {
    return sent;
  }

  /** The body of a page whose forms are only counted. Not thread-safe. */
  static final class Body implements PageRecorder.Page {

    private final Forms forms;
    private final HttpServletRequest request;
    private final PageView origin;
    private final PageUrl address;
    private final CodeUnits units;
    private final boolean xml;
    private final @Nullable PageEnd end;

    Body(
        Forms forms,
        HttpServletRequest request,
        PageView origin,
        PageUrl address,
        CodeUnits units,
        boolean xml,
        @Nullable PageEnd end) {
      this.forms = forms;
      this.request = request;
      this.origin = origin;
      this.address = address;
      this.units = units;
      this.xml = xml;
      this.end = end;
    }

    @Override
    public ClientIdentity client() {
      return forms.store().endOf(request).client;
    }

    @Override
    public BodyRewriter reader() {
      return FormRewriter.of(
          units, xml, new FormTokenInserter(forms, request, origin, address, end));
    }

    /** The container may reuse the request: the result does not refer to it. */
    @Override
    public UnreadPage later(PageText text) {
      PageEnd now = forms.store().endOf(request);
      HttpServletRequest copy = PageSnapshot.of(request);
      Body served = new Body(forms, copy, origin, address, units, xml, now);
      return new UnreadPage(now.client, text, served::reader);
    }
  }
}
