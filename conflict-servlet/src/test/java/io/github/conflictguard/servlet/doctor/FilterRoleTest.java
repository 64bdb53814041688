package io.github.conflictguard.servlet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterRoleTest {

  @ParameterizedTest
  @CsvSource({
    "org.springframework.security.web.FilterChainProxy, SECURITY",
    "org.acegisecurity.util.FilterToBeanProxy, SECURITY",
    "org.apache.shiro.web.servlet.ShiroFilter, SECURITY",
    "org.keycloak.adapters.servlet.KeycloakOIDCFilter, SECURITY",
    "org.jasig.cas.client.authentication.AuthenticationFilter, SECURITY",
    "com.acme.office.LoginFilter, SECURITY",
    "com.acme.Filters$UserSecurityFilter, SECURITY",
    "LoginFilter, SECURITY",
    "org.springframework.web.filter.CharacterEncodingFilter, ENCODING",
    "org.apache.catalina.filters.SetCharacterEncodingFilter, ENCODING",
    "filters.SetCharacterEncodingFilter, ENCODING",
    "com.acme.EncodingFilter, ENCODING",
    "com.acme.CharsetFilter, ENCODING",
    "net.sf.ehcache.constructs.web.filter.GzipFilter, COMPRESSION",
    "org.eclipse.jetty.servlets.GzipFilter, COMPRESSION",
    "com.github.ziplet.filter.compression.CompressingFilter, COMPRESSION",
    "com.planetj.servlet.filter.compression.CompressingFilter, COMPRESSION",
    "com.acme.GZIPFilter, COMPRESSION",
    "org.springframework.web.filter.ShallowEtagHeaderFilter, TAGS",
    "net.sf.ehcache.constructs.web.filter.SimplePageCachingFilter, TAGS",
    "com.acme.ETagFilter, TAGS",
    "com.acme.EntityTagFilter, TAGS",
    "com.acme.ETAGHeaderFilter, TAGS",
    "com.acme.OAuth2Filter, SECURITY",
    "com.acme.JWTAuthFilter, SECURITY",
    "com.acme.GZipFilter, COMPRESSION",
    "com.acme.GZIPServletFilter, COMPRESSION",
    "com.acme.ResponseCompressionFilter, COMPRESSION",
    "filters.encodingFilter, ENCODING",
  })
  void theClassTellsWhatAFilterDoes(String className, FilterRole role) {
    assertEquals(role, FilterRole.ofClass(className));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "org.apache.struts2.dispatcher.filter.StrutsPrepareAndExecuteFilter",
        "org.tuckey.web.filters.urlrewrite.UrlRewriteFilter",
        "org.springframework.web.filter.DelegatingFilterProxy",
        "org.springframework.web.filter.HiddenHttpMethodFilter",
        "com.acme.AuthorFilter",
        "com.acme.TransferEncodingFilter",
        "com.acme.login.AuditFilter",
      })
  void mostFiltersDoNothingThatMatters(String className) {
    assertNull(FilterRole.ofClass(className));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.acme.BaseTagHrefFilter",
        "com.acme.MetaTagFilter",
        "com.acme.TypeTagFilter",
        "com.acme.StagingFilter",
        "com.acme.RemoveETagFilter",
        "com.acme.LoginAuditFilter",
        "com.acme.LastLoginFilter",
        "com.acme.OAuthorFilter",
        "com.acme.PermissionsPolicyFilter",
        "com.acme.SecurityHeadersFilter",
        "org.apache.catalina.filters.HttpHeaderSecurityFilter",
        "com.acme.ContentSecurityFilter",
        "com.acme.CompressionStatsFilter",
        "com.acme.DecompressionFilter",
        "com.acme.GzipRequestFilter",
        "com.acme.RequestGzipFilter",
        "com.acme.UncompressedFilter",
        "com.acme.GunzipFilter",
        "com.acme.NoCompressionFilter",
        "com.acme.UrlEncodingFilter",
        "com.acme.HtmlEncodingFilter",
      })
  void wordsAreNotFoundInsideOfOthers(String className) {
    assertNull(FilterRole.ofClass(className));
  }

  @ParameterizedTest
  @CsvSource({
    "springSecurityFilterChain, SECURITY",
    "securityFilter, SECURITY",
    "filterChainProxy, SECURITY",
    "shiroFilter, SECURITY",
    "shiroFilterFactoryBean, SECURITY",
    "encodingFilter, ENCODING",
    "etagFilter, TAGS",
  })
  void theNameOfTheBeanTellsWhatAProxyDoes(String bean, FilterRole role) {
    assertEquals(role, FilterRole.ofBean(bean));
  }

  @ParameterizedTest
  @ValueSource(strings = {"openEntityManagerFilter", "auditFilter", "multipartFilter"})
  void mostBeansDoNothingThatMatters(String bean) {
    assertNull(FilterRole.ofBean(bean));
  }
}
