package com.example.orders.service;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
public class ShippingDesk implements Shipping {

  @Override
  public String ship(int failures) {
    CustomerDesk.failBefore("ship", failures);
    return "shipped";
  }

  /** Makes Spring put a proxy in front of all. */
  @Override
  @Transactional
  public void transactional() {
    Store.noteEnd("transactional");
  }
}
