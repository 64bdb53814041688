package io.github.conflictguard.servlet.fields;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWD",
        "j_password",
        "newPassword2",
        "user[pass_word]",
        "pass",
        "pass2",
        "userPass",
        "pwd",
        "form:pwd",
        "DB_PW",
        "PIN",
        "cardCVC",
        "kennwort",
        "Passwort",
        "client-secret",
        "passphrase",
        "mot_de_passe"
      })
  void namesOfSecretsAreFound(String name) {
    assertTrue(PasswordNames.contain(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "name",
        "passport",
        "passenger",
        "compass",
        "opinion",
        "spinning",
        "tangent",
        "bypass",
        "shipping",
        "titanium",
        "pinned"
      })
  void otherNamesAreNone(String name) {
    assertFalse(PasswordNames.contain(name));
  }
}
