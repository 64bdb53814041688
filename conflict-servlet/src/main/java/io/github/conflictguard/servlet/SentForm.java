package io.github.conflictguard.servlet;

import io.github.conflictguard.servlet.exchange.CapturedResponse;
import io.github.conflictguard.servlet.exchange.SentAddress;
import io.github.conflictguard.servlet.form.CarriedToken;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.form.FormSnapshot;
import io.github.conflictguard.servlet.form.Forms;
import io.github.conflictguard.servlet.form.PageOrigin;
import io.github.conflictguard.servlet.rule.Target;
import io.github.conflictguard.servlet.tag.AskedPage;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A form that was sent, under the lock of its record. The application is asked for the page once,
 * if the rule allows it. For one thread.
 */
final class SentForm {

  private final Exchange exchange;
  private final CarriedToken carried;
  private final Forms forms;
  private final @Nullable PageOrigin asked;
  private final @Nullable CapturedResponse refusal;
  private final @Nullable FormSnapshot shown;

  SentForm(Exchange exchange, CarriedToken carried, States states, Forms forms) {
    this.exchange = exchange;
    this.carried = carried;
    this.forms = forms;
    Target target = exchange.target;
    if (!exchange.policy.mayAsk()) {
      this.asked = null;
      this.refusal = null;
      this.shown = null;
      return;
    }
    // Before the question: see Forms.begin.
    this.asked = forms.begin(target, exchange.policy.state(target), null);
    AskedPage page = states.page(exchange);
    String text = page.text();
    this.refusal = page.refusal();
    this.shown =
        text == null
            ? null
            : forms.formIn(text, addressOf(exchange), exchange.request, target, carried);
  }

  /** 13.2.1: what the application refuses to show wins, and is the answer; null if it shows it. */
  @Nullable CapturedResponse refusal() {
    return refusal;
  }

  boolean isCurrent() {
    String query = SentAddress.query(exchange.request);
    boolean asksForThePageAgain = query != null && query.contains(CarriedToken.TYPE);
    return !asksForThePageAgain
        && forms.isCurrent(carried, exchange.target, exchange.policy.state(exchange.target), shown);
  }

  /** Null when too much was sent to be shown again. */
  @Nullable FormConflict conflict() throws IOException {
    return forms.conflict(carried, exchange.target, exchange.request, asked, shown);
  }

  private static String addressOf(Exchange exchange) {
    HttpServletRequest request = exchange.request;
    String elsewhere = exchange.target.readTarget();
    return elsewhere == null ? request.getRequestURI() : request.getContextPath() + elsewhere;
  }
}
