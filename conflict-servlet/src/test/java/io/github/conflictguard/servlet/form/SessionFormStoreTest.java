package io.github.conflictguard.servlet.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.conflictguard.html.FieldKind;
import io.github.conflictguard.html.FieldOption;
import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.FormSnapshot;
import io.github.conflictguard.html.HtmlForms;
import io.github.conflictguard.servlet.client.ClientIdentity;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionFormStoreTest {

  private static final ClientIdentity CLIENT = client("ada", "s1");

  private final Map<String, Object> attributes = new HashMap<>();
  private final HttpSession session = session(attributes);

  @Test
  void whatWasRememberedIsFoundTheNewestFirst() {
    SessionFormStore.remember(session, CLIENT, List.of(form(1, 7, "first")));
    SessionFormStore.remember(session, CLIENT, List.of(form(2, 7, "second"), form(3, 8, "other")));
    StoredForm found = SessionFormStore.find(session, CLIENT, form -> form.token.key == 7);
    assertNotNull(found);
    assertEquals(2, found.token.page);
    assertEquals("/edit?id=7", found.page);
    FormField field = found.snapshot.field("name");
    assertNotNull(field);
    assertEquals(List.of("second"), field.values());
    assertEquals("Name", field.label());
    assertEquals(List.of(FieldOption.of("1", "One")), field.options());
    assertNull(SessionFormStore.find(session, CLIENT, form -> form.token.key == 9));
  }

  @Test
  void passwordsAndFilesAreNotRemembered() {
    FormSnapshot outline =
        StoredForm.outlineOf(
            HtmlForms.read(
                    "<form><input type=password name=a value=x><input type=file name=b>"
                        + "<button name=c>c</button><input name=d></form>")
                .get(0));
    assertEquals("[PASSWORD a=[], FILE b=[], SUBMIT c=[], TEXT d=[]]", outline.fields().toString());
  }

  @Test
  void itIsBoundedInNumberAndLength() {
    for (int i = 0; i < 100; i++) {
      SessionFormStore.remember(session, CLIENT, List.of(form(i, i, "x")));
    }
    assertEquals(25, ((List<?>) attributes.get(SessionFormStore.ATTRIBUTE)).size());
    SessionFormStore.remember(session, CLIENT, List.of(form(100, 7, "x".repeat(60_000))));
    SessionFormStore.remember(session, CLIENT, List.of(form(101, 7, "x".repeat(60_000))));
    assertEquals(2, ((List<?>) attributes.get(SessionFormStore.ATTRIBUTE)).size());
    assertNotNull(SessionFormStore.find(session, CLIENT, form -> form.token.page == 101));
    SessionFormStore.remember(session, CLIENT, List.of(form(102, 7, "x".repeat(200_000))));
    assertNull(SessionFormStore.find(session, CLIENT, form -> form.token.page == 102));
  }

  /** No class of ours: a server that does not have it can still read the session. */
  @Test
  void aSessionMayMoveToAnotherNode() throws Exception {
    String name = SessionFormStore.nameOf(session, CLIENT.holder());
    SessionFormStore.remember(session, CLIENT, List.of(form(1, 7, "first")));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(attributes.get(SessionFormStore.ATTRIBUTE));
    }
    List<String> classes = new ArrayList<>();
    Map<String, Object> elsewhere = new HashMap<>();
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())) {
          @Override
          protected Class<?> resolveClass(ObjectStreamClass type)
              throws java.io.IOException, ClassNotFoundException {
            classes.add(type.getName());
            return super.resolveClass(type);
          }
        }) {
      elsewhere.put(SessionFormStore.ATTRIBUTE, in.readObject());
    }
    assertTrue(
        classes.stream().allMatch(type -> type.matches("(\\[L)?java\\..*")), classes.toString());
    assertEquals(name, SessionFormStore.nameOf(session(elsewhere), CLIENT.holder()));
    assertNotNull(SessionFormStore.find(session(elsewhere), CLIENT, form -> form.token.page == 1));
  }

  @Test
  void whatAnotherVersionHasLeftIsForgotten() {
    for (Object left :
        new Object[] {"text", List.of(), List.of("x"), List.of(new String[0]), new int[] {1}}) {
      attributes.put(SessionFormStore.ATTRIBUTE, left);
      assertNull(SessionFormStore.find(session, CLIENT, form -> true));
      assertNotNull(SessionFormStore.nameOf(session, CLIENT.holder()));
    }
    List<String[]> unreadable = new ArrayList<>();
    unreadable.add(new String[] {"name", CLIENT.holder(), CLIENT.viewer()});
    unreadable.add(new String[] {"2", "x"});
    unreadable.add(new String[] {"1", "!", "x"});
    unreadable.add(new String[] {"1"});
    attributes.put(SessionFormStore.ATTRIBUTE, unreadable);
    assertNull(SessionFormStore.find(session, CLIENT, form -> true));
  }

  @Test
  void aSessionThatHasEndedRemembersNothing() {
    HttpSession ended = mock(HttpSession.class);
    when(ended.getAttribute(anyString())).thenThrow(new IllegalStateException("ended"));
    doThrow(new IllegalStateException("ended")).when(ended).setAttribute(anyString(), any());
    SessionFormStore.remember(ended, CLIENT, List.of(form(1, 7, "x")));
    assertNull(SessionFormStore.nameOf(ended, CLIENT.holder()));
    assertNull(SessionFormStore.find(ended, CLIENT, form -> true));
  }

  @Test
  void anotherUserOfTheSessionFindsNothingAndHasAnotherName() {
    String name = SessionFormStore.nameOf(session, CLIENT.holder());
    SessionFormStore.remember(session, CLIENT, List.of(form(1, 7, "of Ada")));
    for (ClientIdentity other :
        List.of(client("bob", "s1"), client(null, "s1"), client("ada", "s2"))) {
      assertNull(SessionFormStore.find(session, other, form -> true));
    }
    ClientIdentity bob = client("bob", "s1");
    SessionFormStore.keepFor(session, bob);
    assertEquals(1, ((List<?>) attributes.get(SessionFormStore.ATTRIBUTE)).size());
    assertNull(SessionFormStore.find(session, CLIENT, form -> true));
    assertNotEquals(name, SessionFormStore.nameOf(session, bob.holder()));
  }

  /** The name stays: only what was shown ends. */
  @Test
  void aLoginThatTheApplicationKeepsItselfEndsWhatWasShown() {
    ClientIdentity anonymous = client(null, "s1");
    String name = SessionFormStore.nameOf(session, anonymous.holder());
    SessionFormStore.remember(session, anonymous, List.of(form(1, 7, "public")));
    ClientIdentity user = client(null, "s1", "currentUser", "ada");
    assertNull(SessionFormStore.find(session, user, form -> true));
    SessionFormStore.remember(session, user, List.of(form(2, 7, "of Ada")));
    assertEquals(name, SessionFormStore.nameOf(session, user.holder()));
    assertEquals(2, ((List<?>) attributes.get(SessionFormStore.ATTRIBUTE)).size());
    assertNull(SessionFormStore.find(session, anonymous, form -> true));
  }

  @Test
  void withoutASessionFormsAreFoundByTheClientTheyWereShownToAlone() {
    AnonymousFormStore recent = new AnonymousFormStore();
    recent.remember(CLIENT, List.of(form(1, 7, "x")));
    assertNotNull(recent.find(CLIENT, form(1, 7, "").token, form -> true));
    assertNull(recent.find(client("bob", "s1"), form(1, 7, "").token, form -> true));
  }

  @Test
  void withoutASessionTheMemoryIsBoundedForAll() {
    AnonymousFormStore recent = new AnonymousFormStore();
    for (int i = 0; i < 1000; i++) {
      recent.remember(CLIENT, List.of(form(i, 7, "x".repeat(5_000))));
    }
    assertTrue(recent.characters() <= 1024 * 1024, recent.characters() + " characters");
    assertNotNull(recent.find(CLIENT, form(999, 7, "").token, form -> true));
    assertNull(recent.find(CLIENT, form(0, 7, "").token, form -> true));
  }

  private static StoredForm form(long page, long key, String value) {
    return new StoredForm(
        FormToken.builder(page, (short) 0).shownTo(1, 1).target(1, key).at(1, 1).build(),
        5,
        "/edit?id=7",
        true,
        HtmlForms.of(
            List.of(
                FormField.of(
                    "name",
                    FieldKind.TEXT,
                    List.of(value),
                    "Name",
                    List.of(FieldOption.of("1", "One")))),
            null));
  }

  private static ClientIdentity client(String user, String session, Object... attribute) {
    Map<String, Object> attributes = new HashMap<>();
    if (attribute.length > 0) {
      attributes.put((String) attribute[0], attribute[1]);
    }
    HttpSession its = session(attributes);
    when(its.getId()).thenReturn(session);
    when(its.getAttributeNames()).thenAnswer(call -> Collections.enumeration(attributes.keySet()));
    HttpServletRequest request = mock(HttpServletRequest.class);
    when(request.getSession(false)).thenReturn(its);
    when(request.getRemoteUser()).thenReturn(user);
    when(request.getHeaderNames()).thenAnswer(call -> Collections.emptyEnumeration());
    when(request.getHeaders(anyString())).thenAnswer(call -> Collections.emptyEnumeration());
    return ClientIdentity.of(request);
  }

  private static HttpSession session(Map<String, Object> attributes) {
    HttpSession session = mock(HttpSession.class);
    when(session.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.getArgument(0)));
    doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
        .when(session)
        .setAttribute(anyString(), any());
    return session;
  }
}
