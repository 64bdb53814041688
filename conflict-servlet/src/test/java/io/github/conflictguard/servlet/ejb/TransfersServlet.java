package io.github.conflictguard.servlet.ejb;

import io.github.conflictguard.guard.ConflictException;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import javax.naming.InitialContext;

/** Runs the scenario of its path, and answers how often it ran, what ended how, and what left. */
public final class TransfersServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Outcomes.forget();
    String left;
    try {
      left = run(request.getPathInfo().substring(1));
    } catch (Exception e) {
      left = nameOf(e);
    }
    response.setContentType("text/plain");
    response.getWriter().print(Outcomes.text() + " left=" + left);
  }

  /** A conflict, however containers wrap it; else the exception itself. */
  static String nameOf(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof ConflictException) {
        return "ConflictException";
      }
    }
    return thrown.getClass().getSimpleName();
  }

  private static String run(String scenario) throws Exception {
    TransferBean bean = (TransferBean) new InitialContext().lookup("java:module/TransferBean");
    TransferCaller caller = new TransferCaller(bean);
    ManagingBean managing = (ManagingBean) new InitialContext().lookup("java:module/ManagingBean");
    switch (scenario) {
      case "unchecked" -> bean.unchecked();
      case "checked" -> bean.checked();
      case "checkedUntranslated" -> bean.checkedUntranslated();
      case "application" -> bean.application();
      case "applicationUntranslated" -> bean.applicationUntranslated();
      case "retried" -> bean.retried();
      case "notSupported" -> bean.notSupported();
      case "around" -> caller.around();
      case "aroundCommit" -> caller.aroundCommit();
      case "translates" -> caller.translates();
      case "ended" -> managing.ended();
      case "endsDoomed" -> managing.endsDoomed();
      case "jtaRetried" -> CDI.current().select(JtaTransfers.class).get().retried();
      case "jtaUntranslated" -> CDI.current().select(JtaTransfers.class).get().untranslated();
      case "jtaTranslated" -> CDI.current().select(JtaTransfers.class).get().translated();
      case "jtaNotSupported" -> CDI.current().select(JtaTransfers.class).get().notSupported();
      case "inner" -> {
        return bean.inner();
      }
      case "recovered" -> {
        return bean.recovered();
      }
      default -> {
        return "about";
      }
    }
    return "nothing";
  }
}
