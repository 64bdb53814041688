package com.example.orders.service;

import com.example.orders.domain.CustomerData;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.stereotype.Service;

/** Has a bridge method from javac, and a generated subclass in front from Spring. */
@Service
@Scope(value = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
public class CustomerArchive extends Archive<CustomerData> {

  @Override
  public String save(CustomerData record, int failures) {
    CustomerDesk.failBefore("archive " + record.getId(), failures);
    return "archived";
  }
}
