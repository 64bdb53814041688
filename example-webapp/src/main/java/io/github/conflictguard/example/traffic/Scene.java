package io.github.conflictguard.example.traffic;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scene: three users at work in the same records, by pages and by programs. The same requests
 * each time, one after the other, with records of its own that it removes at the end.
 */
final class Scene {

  private static final String MENU = "/notices/lunch";

  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Tally tally = new Tally();
  private final Visitor ann;
  private final Visitor ben;
  private final Visitor cleo;

  private Scene(URI office) throws IOException {
    HttpClient http = HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
    ann = Visitor.signOn(http, office, tally, "Ann");
    ben = Visitor.signOn(http, office, tally, "Ben");
    cleo = Visitor.signOn(http, office, tally, "Cleo");
  }

  /**
   * Plays the scene.
   *
   * @param office the address of the application, without a slash at its end
   * @throws IllegalStateException if a response is not that of the script
   */
  static Tally play(URI office) throws IOException {
    Scene scene = new Scene(office);
    scene.play();
    return scene.tally;
  }

  private void play() throws IOException {
    String kay = ann.add("/api/customers", customer("Kay", "1"));
    String ida = ben.add("/api/customers", customer("Ida", "1"));
    String order = ann.add("/api/orders", order(kay, 10));
    String stock = "/api/stock/pencils-" + run;
    cleo.send(Outcome.SAVED, "PUT", stock, stock("Pencils", 100));

    oneAfterTheOther(kay);
    differentFields(kay);
    theSameField(ida);
    programs(ida, customer("Ida", "5"), customer("Ida Rhodes", "6"));
    programs(order, order(kay, 20), order(kay, 30));
    programs(stock, stock("Pencils", 90), stock("Pencils", 80));
    takenAddress();
    whatStandsInTheWay(kay, order);
    doubleClick();
    lunchMenu("Monday", ann, ben);
    lunchMenu("Tuesday", cleo, ann);

    cleo.send(Outcome.SAVED, "DELETE", order, "");
    cleo.send(Outcome.SAVED, "DELETE", stock, "");
    cleo.send(Outcome.SAVED, "DELETE", kay, "");
    cleo.send(Outcome.SAVED, "DELETE", ida, "");
    cleo.send(Outcome.SAVED, "DELETE", find("Lin"), "");
  }

  /** Each opens the form after the save of the one before: nothing is refused. */
  private void oneAfterTheOther(String customer) throws IOException {
    for (Visitor visitor : List.of(ann, ben, cleo, ann)) {
      OpenForm form = visitor.open(edit(customer));
      visitor.save(form.with("phone", form.fields().get("phone") + "0"), Outcome.SAVED);
    }
  }

  /** Both have the form open. The conflict page merges the two, and Ben saves that. */
  private void differentFields(String customer) throws IOException {
    OpenForm first = ann.open(edit(customer));
    OpenForm second = ben.open(edit(customer));
    ann.save(first.with("phone", "2"), Outcome.SAVED);
    OpenForm merged = ben.save(second.with("name", "Kay Antonelli"), Outcome.STALE);
    ben.save(merged, Outcome.SAVED);
  }

  /** Both change the phone number. Cleo leaves the conflict page, so this change stays open. */
  private void theSameField(String customer) throws IOException {
    OpenForm first = ben.open(edit(customer));
    OpenForm second = cleo.open(edit(customer));
    ben.save(first.with("phone", "3"), Outcome.SAVED);
    cleo.save(second.with("phone", "4"), Outcome.STALE);
  }

  /** Two programs with the same tag. The second one reads again, and repeats its change. */
  private void programs(String record, String first, String second) throws IOException {
    String annsTag = ann.tag(record);
    String bensTag = ben.tag(record);
    ann.put(Outcome.SAVED, record, first, annsTag);
    ben.put(Outcome.STALE, record, second, bensTag);
    ben.put(Outcome.SAVED, record, second, ben.tag(record));
  }

  /** An e-mail address that is in use: by a program, and in the form. */
  private void takenAddress() throws IOException {
    ann.send(Outcome.CONFLICT, "POST", "/api/customers", customer("Kay", "1"));
    ben.save(newCustomer(ben, "Kay"), Outcome.CONFLICT);
  }

  /** A customer with orders cannot be deleted, and an order is shipped once. */
  private void whatStandsInTheWay(String customer, String order) throws IOException {
    cleo.send(Outcome.CONFLICT, "DELETE", customer, "");
    ben.send(Outcome.SAVED, "POST", order + "/ship", "");
    cleo.send(Outcome.CONFLICT, "POST", order + "/ship", "");
  }

  /** The same form twice: one customer. */
  private void doubleClick() throws IOException {
    OpenForm form = newCustomer(cleo, "Lin");
    cleo.save(form, Outcome.SAVED);
    cleo.save(form, Outcome.REPLAYED);
  }

  /** The rule of the menu only observes: of two changes, the first one is lost. */
  private void lunchMenu(String day, Visitor one, Visitor other) throws IOException {
    OpenForm first = one.open(MENU);
    OpenForm second = other.open(MENU);
    one.save(first.with("text", "Soup on " + day + ", " + run), Outcome.SAVED);
    other.save(second.with("text", "Salad on " + day + ", " + run), Outcome.SAVED);
    if (!one.open(MENU).fields().get("text").startsWith("Soup")) {
      tally.addLoss();
    }
  }

  private OpenForm newCustomer(Visitor visitor, String name) throws IOException {
    return visitor.open("/customers/new").with("name", name).with("email", email(name));
  }

  /** Returns the path of a customer of this scene. */
  private String find(String name) throws IOException {
    String all = cleo.send(Outcome.READ, "GET", "/api/customers", "").body();
    Matcher customer =
        Pattern.compile(
                "\"id\":(\\d+),\"name\":\"%s\",\"email\":\"%s\"".formatted(name, email(name)))
            .matcher(all);
    if (!customer.find()) {
      throw new IllegalStateException(name + " is missing");
    }
    return "/api/customers/" + customer.group(1);
  }

  private static String edit(String customer) {
    return "/customers/edit?id=" + id(customer);
  }

  private static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String email(String name) {
    return name.toLowerCase(Locale.ROOT).substring(0, 3) + "-" + run + "@example.org";
  }

  private String customer(String name, String phone) {
    return "{\"name\":\"%s\",\"email\":\"%s\",\"phone\":\"%s\"}"
        .formatted(name, email(name), phone);
  }

  private static String order(String customer, int quantity) {
    return "{\"customerId\":%s,\"item\":\"Pencils\",\"quantity\":%d}"
        .formatted(id(customer), quantity);
  }

  private static String stock(String label, int pieces) {
    return "{\"label\":\"%s\",\"pieces\":%d}".formatted(label, pieces);
  }
}
