package io.github.conflictguard.servlet.merge;

import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import io.github.conflictguard.servlet.browser.Browser;
import io.github.conflictguard.servlet.container.FilterServer;
import io.github.conflictguard.servlet.page.Page;
import io.github.conflictguard.servlet.page.Texts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The conflict page by itself, in a browser. */
class FormPageBrowserIT {

  private final FilterServer server = new FilterServer();

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void itLooksLikeSomethingThatPeopleCanUse() throws Exception {
    MergedForm form =
        MergedForm.of(
            CustomerForms.STARTED, CustomerForms.CURRENT, CustomerForms.sent(), name -> false);
    show(
        form,
        SaveAgain.to("save", "multipart/form-data").currentPage("edit").typeAction("save?type"));
    for (String language : new String[] {"en", "de"}) {
      try (Browser browser = Browser.start(language)) {
        browser.open("http://127.0.0.1:" + server.port() + "/app/page");
        for (boolean dark : new boolean[] {false, true}) {
          for (boolean phone : new boolean[] {false, true}) {
            browser
                .dark(dark)
                .phone(phone)
                .photograph("form-" + language + (dark ? "-dark" : "") + (phone ? "-phone" : ""));
          }
        }
      }
    }
  }

  private void show(MergedForm form, SaveAgain.Builder save) throws Exception {
    server.handle(
        "/page",
        (request, response) -> {
          Texts texts = Texts.of(request);
          Page.setHeaders(texts, response);
          response.setContentType("text/html;charset=UTF-8");
          response
              .getOutputStream()
              .write(
                  FormPage.write(
                      form,
                      save.build(),
                      ProblemDetail.of(ProblemType.STALE_VERSION, "/app/save").build(),
                      texts));
        });
    server.start();
  }
}
