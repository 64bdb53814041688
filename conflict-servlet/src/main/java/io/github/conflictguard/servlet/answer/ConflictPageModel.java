package io.github.conflictguard.servlet.answer;

import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.merge.Change;
import io.github.conflictguard.merge.MergedField;
import io.github.conflictguard.merge.MergedForm;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.servlet.form.FormConflict;
import io.github.conflictguard.servlet.page.Circumstances;
import io.github.conflictguard.servlet.page.ConflictPage;
import io.github.conflictguard.servlet.page.EarlierWriteText;
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
 * The model of a page about a stale form. An application's own page finds it as the request
 * attribute {@code conflictGuard}, in JSP as {@code ${conflictGuard}}. Immutable.
 */
public final class ConflictPageModel {

  /** The name of the request attribute. */
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

  /** Merges the versions of the form, in the language of the request. */
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
        problem.withFields(labels).withChanges("field", changes(form)),
        circumstances.onPage(titled == null ? null : titled.title()),
        Texts.of(request));
  }

  /** Returns who has changed which fields, where the form as it was shown is known. */
  private static Map<String, String> changes(MergedForm form) {
    Map<String, String> changes = new LinkedHashMap<>();
    for (MergedField field : form.getFields()) {
      Change change = field.getChange();
      if (field.getStarted() == null || field.getCurrent() == null) {
        continue;
      }
      if (change == Change.ONLY_THEIRS) {
        changes.put(field.getName(), "theirs");
      } else if (change == Change.ONLY_YOURS) {
        changes.put(field.getName(), "yours");
      } else if (change == Change.BOTH) {
        changes.put(field.getName(), "both");
      }
    }
    return changes;
  }

  /** Returns a short title for the conflict. */
  public String getTitle() {
    return ConflictPage.title(problem.type(), save, circumstances, texts);
  }

  /** Returns a sentence that describes the conflict. */
  public String getDetail() {
    return texts.detail(problem.type());
  }

  /**
   * Returns a sentence about the last save before this one, in the language of the page; null if it
   * is not known.
   */
  public @Nullable String getEarlierWrite() {
    return EarlierWriteText.of(problem, texts);
  }

  /** Returns the label of the record, or of the page of its form; null when it is not known. */
  public @Nullable String getRecord() {
    return circumstances.record;
  }

  /** Returns the reference that identifies this occurrence in the log. */
  public String getReference() {
    return problem.instance();
  }

  /** Returns the language of the texts, such as {@code en}. */
  public String getLanguage() {
    return texts.language();
  }

  /** Returns the merged form. */
  public MergedForm getForm() {
    return form;
  }

  /** Returns how the form is sent again. */
  public SaveAgain getSave() {
    return save;
  }

  /**
   * Sends a page for users, or the names of the fields for programs.
   *
   * @param response not committed
   * @param kept the headers that the response has to carry in addition to its own
   * @param page the application's own page, a path inside of it; null for the built-in one
   * @param body the application's own format of bodies for programs; null for problem details
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

  /**
   * Forwards to the application's page, and returns whether it succeeded. If the page fails, the
   * built-in one is sent, so that the typed values are not lost.
   */
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
