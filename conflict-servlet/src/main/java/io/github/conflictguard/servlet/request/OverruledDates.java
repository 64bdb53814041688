package io.github.conflictguard.servlet.request;

import io.github.conflictguard.precondition.ConditionalHeaders;
import jakarta.servlet.http.HttpServletRequest;

/**
 * A request without the dates that must be ignored according to the standard, but that applications
 * evaluate, as the servlet base class does with {@code If-Modified-Since}.
 */
public final class OverruledDates extends HidingRequest {

  private OverruledDates(HttpServletRequest request, boolean modified, boolean unmodified) {
    super(
        request,
        name ->
            (modified && name.equalsIgnoreCase(ConditionalHeaders.IF_MODIFIED_SINCE))
                || (unmodified && name.equalsIgnoreCase(ConditionalHeaders.IF_UNMODIFIED_SINCE)));
  }

  /**
   * Returns a request without the dates that its entity tags overrule, whether these are
   * well-formed or not: {@code If-Modified-Since} with {@code If-None-Match} (RFC 9110, 13.1.3) and
   * {@code If-Unmodified-Since} with {@code If-Match} (13.1.4).
   *
   * @param weak whether {@code If-Modified-Since} contains a second with more than one change
   *     (8.8.2.2)
   */
  public static HttpServletRequest hiddenIn(
      HttpServletRequest request, ConditionalHeaders sent, boolean weak) {
    boolean modified = sent.hasIfNoneMatch() || weak;
    return modified || sent.hasIfMatch()
        ? new OverruledDates(request, modified, sent.hasIfMatch())
        : request;
  }
}
