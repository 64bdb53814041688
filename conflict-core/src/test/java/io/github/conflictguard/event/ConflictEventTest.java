package io.github.conflictguard.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.conflictguard.event.ConflictEvent.Found;
import io.github.conflictguard.problem.ProblemDetail;
import io.github.conflictguard.problem.ProblemType;
import org.junit.jupiter.api.Test;

class ConflictEventTest {

  @Test
  void theLineOfTheLogHasAKeyForEverything() {
    ProblemDetail problem = ProblemDetail.of(ProblemType.DUPLICATE_KEY, "/app/save").build();
    ConflictEvent event =
        ConflictEvent.of(problem, Found.THROWN, "POST", "customer/7")
            .rule("all customers")
            .handler("com.example.Customers#save(Customer)")
            .constraint("UK_EMAIL")
            .build();
    assertEquals(
        "conflict kind=duplicate-key status=409 answered=true found=thrown rule=\"all customers\""
            + " handler=com.example.Customers#save(Customer) method=POST path=/app/save"
            + " resource=customer/7 constraint=UK_EMAIL instance="
            + problem.instance(),
        event.toString());
  }

  @Test
  void whatIsNotKnownIsADash() {
    ConflictEvent event =
        ConflictEvent.of(
                ProblemDetail.of(ProblemType.LOCKED, "/x").build(), Found.LOCK, "PUT", "/x")
            .answered(false)
            .build();
    assertTrue(event.toString().contains(" answered=false found=lock rule=- handler=- "));
    assertNull(event.thrown());
  }

  /** Who asks for such an address must not be able to write lines or pairs of their own. */
  @Test
  void noAddressEndsItsValueOrItsLine() {
    for (String evil :
        new String[] {
          "/a\r\nconflict kind=forged",
          "/a kind=forged",
          "/a\" kind=forged \"",
          "/a\\\" kind=forged",
          "/a\u0085\u2028\u2029\u202e\u0000\u001b[31m"
        }) {
      String line =
          ConflictEvent.of(
                  ProblemDetail.of(ProblemType.LOCKED, evil).build(), Found.LOCK, "PUT", evil)
              .build()
              .toString();
      String outside = line.replaceAll("\"([^\"\\\\]|\\\\.)*\"", "*");
      assertFalse(outside.contains("forged"), line);
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
      assertTrue(outside.contains(" path=* resource=* "), line);
    }
  }
}
