package io.github.conflictguard.servlet.matrix;

import static io.github.conflictguard.servlet.matrix.ServerKind.JETTY_12_EE10;
import static io.github.conflictguard.servlet.matrix.ServerKind.TOMCAT_9;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages that SiteMesh decorates are protected, and the conflict page can be read. */
@ParameterizedClass
@MethodSource("kinds")
class DecoratorIT {

  private static Server server;

  @Parameter ServerKind kind;

  static List<ServerKind> kinds() {
    List<ServerKind> kinds = new ArrayList<>(ServerKind.ofThisBuild());
    kinds.retainAll(EnumSet.of(TOMCAT_9, JETTY_12_EE10));
    return kinds;
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerKind kind) throws Exception {
    server = Server.start(kind, List.of(DecoratedWar.values()), List.of());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void conflictPageOfADecoratedApplicationIsOneStyledDocument(DecoratedWar war) throws Exception {
    RecipeOffice office = new RecipeOffice(RecipeWar.ACTION, server.port(), war.path());
    String id = office.customer();
    FormClient ada = office.login("ada");
    FormClient.Answer page = ada.get(RecipeWar.ACTION.form.edit(id));
    assertTrue(page.text().contains("<header>The Office"), page::toString);
    FormClient.Filled mine = page.form(0).with("name", office.name("Ada"));
    office.saved(office.edit(office.login("grace"), id).with("phone", "2"));
    FormClient.Answer refused = office.refused(mine);
    boolean decorated = refused.text().contains("<header>The Office");
    boolean own = refused.text().contains("color-scheme: light dark");
    boolean restricted = refused.header("Content-Security-Policy").contains("style-src");
    assertTrue(decorated || own, refused::toString);
    assertTrue(own || !refused.text().contains("<legend class=\"unseen"), refused::toString);
    assertEquals(war == DecoratedWar.GUARD_IN_FRONT, restricted, refused::toString);
    assertEquals(1, refused.text().split("<html").length - 1, refused::toString);
    assertTrue(refused.text().contains("Customer " + id), refused::toString);
    office.edit(ada, id);
    office.saved(office.refused(refused.form(0)).form(0));
    assertEquals(office.name("Ada") + "|2|silver|false|one/two/three/four", office.row(id));
  }
}
