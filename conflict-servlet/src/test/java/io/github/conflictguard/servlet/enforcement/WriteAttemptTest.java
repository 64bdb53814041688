package io.github.conflictguard.servlet.enforcement;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WriteAttemptTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/Login.aspx",
        "/login.jsp?error=1",
        "/user/login/",
        "/loginForm.do",
        "/loginpage.html",
        "/userLogin.action",
        "/sign-in",
        "/signin",
        "/accounts/sign_in",
        "/logon.do",
        "/oauth2/authorization/x",
        "/auth/x",
        "/sso",
        "/j_security_check",
        "https://id.example/cas/login?service=x"
      })
  void namesOfLogins(String target) {
    assertTrue(WriteAttempt.isLogin(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/list",
        "/catalogInfo.jsp",
        "/catalogInfo",
        "/blogIndex",
        "/cataloginfo",
        "/blogin",
        "/authors/7",
        "/design/1",
        "/assignOn",
        "/list?next=/login",
        "/case/3",
        "/signings",
        "/logins"
      })
  void othersAreNone(String target) {
    assertFalse(WriteAttempt.isLogin(target));
  }
}
