package com.example.orders.web;

import com.example.orders.domain.CustomerData;
import com.example.orders.domain.OutOfStock;
import com.example.orders.service.CustomerDesk;
import com.example.orders.service.RowHolder;
import com.example.orders.service.Store;
import java.util.Arrays;
import lombok.RequiredArgsConstructor;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequiredArgsConstructor
public class Customers {

  private final CustomerDesk desk;
  private final Store store;
  private final RowHolder holder;

  /** Back to the beginning, between two requests. */
  @PostMapping("/reset")
  public String reset() {
    store.clear();
    return "reset";
  }

  @GetMapping("/customers/{id}")
  public CustomerData find(@PathVariable("id") long id) {
    return store.find(id);
  }

  @PostMapping("/customers")
  public CustomerData register(@RequestBody CustomerData data) {
    return desk.register(data);
  }

  @PostMapping("/unguarded")
  public void unguarded(@RequestBody CustomerData data) {
    desk.unguarded(data);
  }

  @PutMapping("/customers/{id}")
  public void change(@RequestBody CustomerData data) {
    desk.change(data);
  }

  @DeleteMapping("/customers/{id}")
  public void remove(@PathVariable("id") long id) {
    desk.remove(id);
  }

  @PostMapping("/orders")
  public void order(@RequestParam("id") long id, @RequestParam("customer") long customer) {
    desk.order(id, customer);
  }

  @PostMapping("/orders/{id}/ship")
  public void ship(@PathVariable("id") long id, @RequestParam("times") int times) {
    for (int i = 0; i < times; i++) {
      desk.ship(id);
    }
  }

  @PostMapping("/orders/{id}/ship-anyway")
  public void shipAnyway(@PathVariable("id") long id) {
    desk.shipAnyway(id);
  }

  @GetMapping("/orders/{id}")
  public String state(@PathVariable("id") long id) {
    return store.state(id);
  }

  @PostMapping("/held")
  public void renameHeld(@RequestParam("patient") boolean patient) {
    holder.hold(1);
    try {
      desk.renameHeld(1, "held", patient);
    } finally {
      holder.letGo();
    }
  }

  @PostMapping("/after")
  public CustomerData registerAfter(
      @RequestBody CustomerData data, @RequestParam("failures") int failures) {
    return desk.registerAfter(data, failures);
  }

  @PostMapping("/meanwhile")
  public CustomerData renameMeanwhile() {
    desk.renameMeanwhile(2, "mine");
    return store.find(2);
  }

  @PostMapping("/inside")
  public void renameInside(@RequestParam("failures") int failures) {
    desk.renameInside(3, "inside", failures);
  }

  @PostMapping("/by-proxy")
  public CustomerData renameByProxy(@RequestParam("name") String name) {
    store.renameByProxy(1, name);
    return store.find(1);
  }

  /** Whether the exception is the very same, with all that belongs to it. */
  @PostMapping("/unusual")
  public String unusual() {
    OutOfStock failure = new OutOfStock("sold");
    failure.addSuppressed(new IllegalStateException("closing"));
    StackTraceElement[] trace = failure.getStackTrace();
    try {
      desk.unusual(failure);
      return "returned";
    } catch (OutOfStock caught) {
      return "same "
          + (caught == failure && Arrays.equals(trace, caught.getStackTrace()))
          + ", suppressed "
          + caught.getSuppressed().length;
    }
  }

  @PostMapping("/without-wrong-state")
  public void withoutWrongState() {
    desk.withoutWrongState();
  }

  @PostMapping("/only-wrong-state")
  public void onlyWrongState() {
    desk.onlyWrongState();
  }

  @PostMapping("/one-by-one")
  public String oneByOne() {
    return desk.oneByOne(1);
  }
}
