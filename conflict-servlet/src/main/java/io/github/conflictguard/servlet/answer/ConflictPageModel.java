package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.page.Circumstances;
import io.github.conflictguard.servlet.page.ConflictPage;
import io.github.conflictguard.servlet.page.SaveAgain;
import io.github.conflictguard.servlet.page.Texts;
import io.github.conflictguard.servlet.response.HeaderSnapshot;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All that a page shows of a form that came too late. An application's own page finds it as the
 * attribute {@code conflictGuard} of the request, in JSP as {@code ${conflictGuard}}. Immutable.
 */
public final class ConflictPageModel {

  /** The name of the attribute of the request. */
  public static final String ATTRIBUTE = "conflictGuard";

  private static final Logger LOG = Logger.getLogger(ConflictPageModel.class.getName());

  private final MergedForm form;
  private final SaveAgain save;
  private final ProblemDetail problem;
  private final Circumstances circumstances;
  private final Texts texts;

  private ConflictPageModel(
      MergedForm form,
      SaveAgain save,
      ProblemDetail problem,
      Circumstances circumstances,
      Texts texts) {
    this.circumstances = circumstances;
    this.form = form;
    this.save = save;
    this.problem = problem;
    this.texts = texts;
  }

  /** Brings the versions of the form together, in the language of the request. */
  public static ConflictPageModel of(
      FormConflict conflict,
      ProblemDetail problem,
      Circumstances circumstances,
      HttpServletRequest request) {
    FormSnapshot started = conflict.started();
    FormSnapshot current = conflict.current();
    FormSnapshot titled = current == null ? started : current;
    MergedForm form =
        MergedForm.of(
            started == null ? null : started.fields(),
            current == null ? null : current.fields(),
            conflict.sent(),
            conflict::isTechnical,
            conflict::kindOf);
    SaveAgain.Builder save =
        SaveAgain.to(conflict.action(), conflict.enctype())
            .charset(conflict.charset())
            .currentPage(conflict.page() == null ? circumstances.page : conflict.page())
            .typeAction(conflict.typeAction())
            .typing(conflict.isTyping())
            .remains(conflict.remains());
    String token = conflict.token();
    if (token != null) {
      save.token(conflict.tokenName(), token);
    }
    Map<String, String> labels = new LinkedHashMap<>();
    form.getDecisions().forEach(field -> labels.put(field.getName(), field.getLabel()));
    return new ConflictPageModel(
        form,
        save.build(),
        problem.withFields(labels),
        circumstances.onPage(titled == null ? null : titled.title()),
        Texts.of(request));
  }

  /** What has happened, in a few words. */
  public String getTitle() {
    return ConflictPage.title(problem.type(), save, circumstances, texts);
  }

  /** What has happened, in a sentence. */
  public String getDetail() {
    return texts.detail(problem.type());
  }

  /** What people call the record, or the page of its form; null when that is not known. */
  public @Nullable String getRecord() {
    return circumstances.record;
  }

  /** By what the log names this occurrence. */
  public String getReference() {
    return problem.instance();
  }

  /** The language of the words, such as {@code en}. */
  public String getLanguage() {
    return texts.language();
  }

  /** What has become of the form. */
  public MergedForm getForm() {
    return form;
  }

  /** How it is sent again. */
  public SaveAgain getSave() {
    return save;
  }

  /**
   * Answers with a page for people, and with the names of the fields for programs.
   *
   * @param response not committed
   * @param kept the headers that the answer has to carry besides its own
   * @param page the application's own page, a path inside of it; null for ours
   * @param body the application's own shape of bodies for programs; null for problem details
   */
  public void answer(
      HttpServletRequest request,
      HttpServletResponse response,
      HeaderSnapshot kept,
      @Nullable String page,
      @Nullable BodyTemplate body)
      throws IOException {
    if (!Answers.isPageWanted(request)) {
      Answers.problem(request, response, kept, problem, null, body);
    } else if (page == null || !forward(request, response, kept, page)) {
      byte[] own = ConflictPage.write(form, save, problem, circumstances, texts);
      Answers.page(request, response, kept, problem, texts, own);
    }
  }

  /** A page that fails must not cost what was typed. */
  private boolean forward(
      HttpServletRequest request, HttpServletResponse response, HeaderSnapshot kept, String page)
      throws IOException {
    RequestDispatcher dispatcher = request.getRequestDispatcher(page);
    if (dispatcher == null) {
      LOG.warning("There is no conflictPage '" + page + "'; the filter's own is shown");
      return false;
    }
    kept.resetForAnswer(response);
    response.setStatus(problem.status());
    response.setHeader("Cache-Control", "no-store");
    response.addHeader("Vary", "Accept, Accept-Language");
    request.setAttribute(ATTRIBUTE, this);
    try {
      dispatcher.forward(request, response);
      return true;
    } catch (IOException | ServletException | RuntimeException e) {
      if (response.isCommitted()) {
        throw new IOException("The conflictPage '" + page + "' failed", e);
      }
      LOG.log(Level.WARNING, "The conflictPage '" + page + "' failed; the filter's is shown", e);
      return false;
    } finally {
      request.removeAttribute(ATTRIBUTE);
    }
  }
}
