package io.github.conflictguard.servlet.console.section;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodNameTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          com.example.CustomersApi#post(Request,Response) | CustomersApi#post
          com.example.Outer$Inner#run()                   | Outer$Inner#run
          Plain#run()                                     | Plain#run
          orders                                          | orders
          orders#1                                        | orders#1
          orders (old)                                    | orders (old)
          /orders/1#x()                                   | /orders/1#x()
          POST /orders#x()                                | POST /orders#x()
          """)
  void methodIsShownWithoutPackageAndParameters(String text, String shown) {
    assertEquals(shown, MethodName.shortened(text));
  }
}
