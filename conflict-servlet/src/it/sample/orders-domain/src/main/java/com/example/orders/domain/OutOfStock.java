package com.example.orders.domain;

/** A failure that is no conflict. */
public class OutOfStock extends Exception {

  private static final long serialVersionUID = 1;

  public OutOfStock(String message) {
    super(message);
  }
}
