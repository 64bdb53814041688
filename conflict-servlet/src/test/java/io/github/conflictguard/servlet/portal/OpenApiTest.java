package io.github.conflictguard.servlet.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemJson;
import io.github.conflictguard.problem.ProblemType;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The OpenAPI document, read by a parser that generators of clients use. */
class OpenApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private final PortalOffice office = new PortalOffice();

  @AfterEach
  void stop() throws Exception {
    office.close();
  }

  private String document(String version, String... settings) throws Exception {
    String[] all = Arrays.copyOf(settings, settings.length + 2);
    all[settings.length] = "portal";
    all[settings.length + 1] = "public";
    office.start(all);
    return office.get("openapi.json?version=" + version).body();
  }

  private static OpenAPI parsed(String document) {
    ParseOptions options = new ParseOptions();
    options.setResolve(true);
    SwaggerParseResult result = new OpenAPIV3Parser().readContents(document, null, options);
    assertEquals(List.of(), result.getMessages() == null ? List.of() : result.getMessages());
    assertNotNull(result.getOpenAPI(), document);
    return result.getOpenAPI();
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.0", "3.1", "3.0.3", "3.1.0"})
  void parserFindsNothingWrong(String version) throws Exception {
    OpenAPI api = parsed(document(version));
    assertEquals(version.startsWith("3.0") ? "3.0.3" : "3.1.0", api.getOpenapi());
    assertEquals("/app", api.getServers().get(0).getUrl());
    assertEquals(
        Set.of(
            "/orders/{id}",
            "/bookings",
            "/orders/{order}/state",
            "/files/{rest}/{rest_}",
            "/form",
            "/notes/{id}"),
        api.getPaths().keySet());
    Set<String> ids = new HashSet<>();
    api.getPaths()
        .values()
        .forEach(
            path ->
                path.readOperations()
                    .forEach(
                        operation ->
                            assertTrue(ids.add(operation.getOperationId()), ids.toString())));
  }

  @Test
  void writesHaveTheirPreconditionAndAResponseForEachStatus() throws Exception {
    OpenAPI api = parsed(document("3.0"));
    Operation put = api.getPaths().get("/orders/{id}").getPut();
    Parameter ifMatch = named("If-Match", api, put);
    assertEquals("header", ifMatch.getIn());
    assertTrue(ifMatch.getRequired());
    assertFalse(named("Idempotency-Key", api, put).getRequired());
    assertTrue(
        put.getResponses().keySet().containsAll(Set.of("2XX", "404", "408", "409", "412", "428")));
    Operation post = api.getPaths().get("/bookings").getPost();
    assertFalse(named("If-Match", api, post).getRequired());
    assertTrue(named("Idempotency-Key", api, post).getRequired());
    Set<String> problem =
        api.getComponents().getResponses().get("Problem409").getHeaders().keySet();
    assertEquals(Set.of("Link", "x-should-retry", "Retry-After"), problem);
    assertFalse(post.getResponses().containsKey("428"));
    assertEquals("integer", named("id", api, put).getSchema().getType());
    Operation get = api.getPaths().get("/orders/{id}").getGet();
    assertTrue(get.getResponses().get("200").getHeaders().containsKey("ETag"));
    assertTrue(get.getResponses().get("304").getHeaders().containsKey("ETag"));
  }

  @Test
  void keysAreParametersOnlyWhereTheyHaveAnEffect() throws Exception {
    OpenAPI api = parsed(document("3.0", "idempotencyHeader", "X-Request-Id"));
    Operation observed = api.getPaths().get("/notes/{id}").getPut();
    assertEquals(1, observed.getParameters().size(), observed.toString());
    Operation post = api.getPaths().get("/bookings").getPost();
    assertTrue(
        named("X-Request-Id", api, post).getDescription().contains("86400 seconds"),
        post.toString());
  }

  private static Parameter named(String name, OpenAPI api, Operation operation) {
    return operation.getParameters().stream()
        .map(parameter -> resolved(api, parameter))
        .filter(parameter -> parameter.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Parameter resolved(OpenAPI api, Parameter parameter) {
    String reference = parameter.get$ref();
    return reference == null
        ? parameter
        : api.getComponents().getParameters().get(reference.replaceAll(".*/", ""));
  }

  @Test
  void everyHeaderHasASchemaAndEveryStatusOneResponse() throws Exception {
    OpenAPI api = parsed(document("3.0"));
    for (Header header : api.getComponents().getHeaders().values()) {
      assertNotNull(header.getSchema());
    }
    Set<String> kinds = new TreeSet<>();
    for (ApiResponse response : api.getComponents().getResponses().values()) {
      Schema<?> schema = response.getContent().get("application/problem+json").getSchema();
      assertEquals("kind", schema.getDiscriminator().getPropertyName());
      assertEquals(schema.getOneOf().size(), schema.getDiscriminator().getMapping().size());
      kinds.addAll(schema.getDiscriminator().getMapping().keySet());
    }
    Set<String> expected = new TreeSet<>();
    for (ProblemType type : ProblemType.values()) {
      expected.add(type.kind());
    }
    assertEquals(expected, kinds);
  }

  @Test
  void statusesFollowTheSettings() throws Exception {
    OpenAPI api =
        parsed(
            document(
                "3.0",
                "statusProfile",
                "uniform",
                "missingReferenceStatus",
                "422",
                "retryableStatus",
                "503"));
    Operation put = api.getPaths().get("/orders/{id}").getPut();
    assertTrue(put.getResponses().keySet().containsAll(Set.of("409", "422", "503")));
    assertFalse(put.getResponses().containsKey("412"));
  }

  @Test
  void ruleThatOnlyObservesRefusesNothing() throws Exception {
    OpenAPI api = parsed(document("3.0"));
    assertEquals(Set.of("2XX"), api.getPaths().get("/notes/{id}").getPut().getResponses().keySet());
  }

  @Test
  void everyProblemIsValidByTheSchemaOfItsStatusAndOfNoOtherKind() throws Exception {
    JsonNode document = JSON.readTree(document("3.1"));
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    for (ProblemType type : ProblemType.values()) {
      String name = "Problem" + type.status();
      JsonNode problem =
          JSON.readTree(
              ProblemJson.write(
                  ProblemDetail.of(type, "/x")
                      .header("If-Match")
                      .sent("\"1\"")
                      .current("\"2\"")
                      .retryAfter(1)
                      .state("NEW", List.of("DONE"))
                      .build()));
      JsonNode schema =
          document
              .path("components")
              .path("responses")
              .path(name)
              .path("content")
              .path("application/problem+json")
              .path("schema");
      JsonNode whole =
          JSON.createObjectNode()
              .<ObjectNode>set("components", document.path("components"))
              .set("oneOf", schema.path("oneOf"));
      JsonSchema validator = factory.getSchema(whole);
      assertEquals(Set.of(), validator.validate(problem), type.name());
      ((ObjectNode) problem).put("kind", "unknown");
      assertFalse(validator.validate(problem).isEmpty());
    }
  }

  @Test
  void otherVersionsAreRefused() throws Exception {
    assertEquals("version is one of 3.0 and 3.1.\n", document("2.0"));
    assertEquals(400, office.get("openapi.json?version=").statusCode());
    assertEquals("3.0.3", parsed(office.get("openapi.json").body()).getOpenapi());
  }
}
