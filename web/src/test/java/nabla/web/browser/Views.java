package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** States of the page that are worth a look, and how one gets there from its start. */
final class Views {
  private Views() {}

  static void error(Sheet sheet) {
    sheet.write("nrom2(A*x - b)^2");
    assertThat(sheet.button("Write norm2")).isVisible();
  }

  static void fixFocused(Sheet sheet) {
    error(sheet);
    sheet.button("Write norm2").focus();
  }

  static void steps(Sheet sheet) {
    sheet.ask("norm2(A*x - b)^2");
    sheet.find("#cards summary").getByText("Steps").click();
    assertThat(sheet.find(".steps > li").first()).isVisible();
  }

  static void tensor(Sheet sheet) {
    sheet.open(Links.to("logdet(X)", "X") + ";o=second").answered("logdet(X)");
    assertThat(sheet.find("#cards .form").first()).isVisible();
  }

  static void longFormula(Sheet sheet) {
    sheet.open(Links.to("norm2(softmax(W*tanh(V*x + a) + b) - y)^2", "V")).settled();
  }

  static void wrongAnswer(Sheet sheet) {
    tool(sheet, "Check your own answer");
    sheet.page().getByLabel("Your answer").fill("A*x");
    sheet.button("Check").click();
    assertThat(sheet.find("#tools .verdict")).isVisible();
  }

  static void numbers(Sheet sheet) {
    tool(sheet, "Numbers");
    assertThat(sheet.find(".evaluated").first()).isVisible();
  }

  static void picture(Sheet sheet) {
    sheet.open(
        Links.to("x'*A*x", "x")
            + ";w="
            + Links.escape("A: matrix[2,2]; x: vector[2]")
            + ";v="
            + Links.escape("{\"A\":\"[2, 1; 1, 3]\"}"));
    tool(sheet, "Convex? Least value? Picture");
    sheet.button("Draw it").click();
    assertThat(sheet.find(".picture img")).isVisible();
  }

  static void gallery(Sheet sheet) {
    sheet.button("Examples").click();
    assertThat(sheet.find("#gallery .example").first()).isVisible();
  }

  static void tool(Sheet sheet, String name) {
    sheet.find("#tools summary").getByText(name).click();
    sheet.settled();
  }
}
