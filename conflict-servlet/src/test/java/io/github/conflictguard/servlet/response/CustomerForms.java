package io.github.conflictguard.servlet.response;

import io.github.conflictguard.html.FormField;
import io.github.conflictguard.html.HtmlForms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A form with a field of every kind, in the versions of two people. */
public final class CustomerForms {

  private CustomerForms() {}

  public static final List<FormField> STARTED =
      form(
          "Ada Lovelace",
          "+44 20 7946 0001",
          "London",
          "gold",
          "mail",
          "news,fair",
          "Call before noon.\nPays late.\n\nSpeaks French.\nLikes trains.\nNo calls on Friday.\nVisits in May.\nKeep the old contract.\nAsk for Charles.");
  public static final List<FormField> CURRENT =
      form(
          "Ada Lovelace",
          "+44 20 7946 0002",
          "Bath",
          "silver",
          "phone",
          "news,fair,party",
          "Call before noon.\nPays late.\n\nSpeaks French.\nLikes trains.\nNo calls on Friday.\nVisits in June.\nKeep the old contract.\nAsk for Mary.");

  public static Map<String, List<String>> sent() {
    Map<String, List<String>> sent = new LinkedHashMap<>();
    sent.put("id", List.of("1"));
    sent.put("version", List.of("7"));
    sent.put("name", List.of("Ada King"));
    sent.put("phone", List.of("+44 20 7946 0003"));
    sent.put("city", List.of("London"));
    sent.put("rating", List.of("bronze"));
    sent.put("contact", List.of("mail"));
    sent.put("topics", List.of("news", "books"));
    sent.put("active", List.of("on"));
    sent.put(
        "notes",
        List.of(
            "Call before ten.\r\nPays late.\r\n\r\nSpeaks French.\r\nLikes trains.\r\nNo calls on Friday.\r\nVisits in May.\r\nKeep the old contract.\r\nAsk for Charles or Mary."));
    sent.put("password", List.of(""));
    sent.put("save", List.of("Save"));
    return sent;
  }

  private static List<FormField> form(
      String name,
      String phone,
      String city,
      String rating,
      String contact,
      String topics,
      String notes) {
    String html =
        """
        <form action="save" method="post" enctype="multipart/form-data">
        <input type="hidden" name="id" value="1">
        <input type="hidden" name="version" value="%s">
        <label for="n">Name</label><input id="n" name="name" value="%s">
        <label for="p">Phone</label><input id="p" name="phone" type="tel" value="%s">
        <label for="c">City</label><input id="c" name="city" value="%s">
        <label for="r">Rating</label><select id="r" name="rating">%s</select>
        <label><input type="radio" name="contact" value="mail"%s> by mail</label>
        <label><input type="radio" name="contact" value="phone"%s> by phone</label>
        %s
        <label><input type="checkbox" name="active"> Active</label>
        <label for="o">Notes</label><textarea id="o" name="notes">
        %s</textarea>
        <label for="w">Password</label><input type="password" id="w" name="password">
        <label for="f">Photo</label><input type="file" id="f" name="photo">
        <button name="save" value="Save">Save customer</button>
        </form>
        """
            .formatted(
                city.equals("London") ? "7" : "8",
                name,
                phone,
                city,
                options(rating),
                contact.equals("mail") ? " checked" : "",
                contact.equals("phone") ? " checked" : "",
                topics(topics),
                notes);
    return HtmlForms.read(html).get(0).fields();
  }

  private static String options(String chosen) {
    StringBuilder html = new StringBuilder();
    for (String value : List.of("bronze", "silver", "gold")) {
      html.append(
          "<option value=\"%s\"%s>%s customer</option>"
              .formatted(
                  value,
                  value.equals(chosen) ? " selected" : "",
                  value.substring(0, 1).toUpperCase() + value.substring(1)));
    }
    return html.toString();
  }

  private static String topics(String chosen) {
    StringBuilder html = new StringBuilder();
    for (String value : List.of("news", "fair", "party", "books")) {
      html.append(
          "<label><input type=\"checkbox\" name=\"topics\" value=\"%s\"%s>%s</label>"
              .formatted(
                  value,
                  List.of(chosen.split(",")).contains(value) ? " checked" : "",
                  Map.of(
                          "news",
                          "Newsletter",
                          "fair",
                          "Trade fair",
                          "party",
                          "Summer party",
                          "books",
                          "New books")
                      .get(value)));
    }
    return html.toString();
  }
}
