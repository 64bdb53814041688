package com.example.orders;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class OrdersTest {

  @Test
  public void guardedMethodRunsAgain() throws Exception {
    assertEquals(3, new Orders().save(1));
  }
}
