package nabla.web.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nabla.json.Json;
import nabla.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A link holds all of what is on the page, and is read for ever. */
@InChromium(oneWindow = true)
class LinksTest {
  /** A link, and the state that it was given away for. */
  record Kept(String link, Map<?, ?> state) {
    @Override
    public String toString() {
      return link;
    }

    String expression() {
      return PageData.text(state, "expression");
    }

    /** The question that follows from the state. */
    Map<String, Object> question() {
      Map<String, Object> question = new LinkedHashMap<>();
      question.put("expr", expression());
      List<String> by = state.containsKey("by") ? PageData.texts(state, "by") : List.of("x");
      boolean each = by.size() > 1 && !Boolean.TRUE.equals(state.get("together"));
      question.put(each ? "each" : "wrt", by.size() == 1 ? by.getFirst() : by);
      for (String field : List.of("where", "layout", "structure")) {
        if (state.get(field) instanceof String text) question.put(field, text);
      }
      switch (PageData.text(state, "operator")) {
        case "second" -> question.put("order", 2);
        case "third" -> question.put("order", 3);
        case "product" -> {
          question.put("order", 2);
          question.put("forms", true);
        }
        case "laplacian" -> question.put("operator", "laplacian");
        case "divergence" -> question.put("operator", "divergence");
        default -> {}
      }
      if (Boolean.TRUE.equals(state.get("repeats"))) question.put("nameRepeats", true);
      return question;
    }
  }

  static Stream<Kept> kept() {
    return PageData.list("links.json")
        .map(entry -> new Kept(PageData.text(entry, "link"), PageData.object(entry.get("state"))));
  }

  @ParameterizedTest
  @MethodSource("kept")
  void areReadForEver(Kept kept, Sheet sheet) {
    Map<?, ?> answer = sheet.ask("derivative", kept.question());
    sheet.go(kept.link());
    if (answer.get("error") instanceof Map<?, ?> error) {
      assertThat(sheet.error()).containsText(PageData.text(error, "message"));
    } else {
      sheet.answered(kept.expression());
      assertThat(withoutSeed(sheet.watch().questions("derivative").getFirst()))
          .isEqualTo(JsonText.value(Json.write(kept.question())));
      assertThat(sheet.latex())
          .zipSatisfy(expected(answer), (shown, expected) -> assertThat(shown).endsWith(expected));
    }
    assertThat(sheet.text()).isEqualTo(kept.expression());
    if (kept.state().get("values") instanceof Map<?, ?> values) {
      values.forEach(
          (name, value) ->
              assertThat(sheet.page().getByLabel("Value of " + name)).hasValue("" + value));
    }
    sheet.requireNoBrokenFormula();
  }

  private static Map<?, ?> withoutSeed(Map<?, ?> question) {
    Map<?, ?> others = new LinkedHashMap<>(question);
    others.remove("seed");
    return others;
  }

  /** The formulas of an answer as LaTeX, without what stands before them. */
  private static List<String> expected(Map<?, ?> answer) {
    if (answer.get("derivatives") instanceof List<?> all) {
      return all.stream().map(each -> PageData.text(PageData.object(each), "latex")).toList();
    }
    Map<?, ?> derivative = PageData.object(answer.get("derivative"));
    return List.of(
        derivative.get("forms") instanceof List<?> forms
            ? forms.stream()
                .map(PageData::object)
                .filter(form -> PageData.text(form, "form").equals("direction"))
                .map(form -> PageData.text(form, "latex"))
                .findFirst()
                .orElseThrow()
            : PageData.text(derivative, "latex"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"x'*A*x + (B\\b)'*x", "norm2(A*x - b)^2 / 2", "sum(x.^3) + 1e+2*x'*x", "α*xᵀ·x"})
  void leadBackToWhatWasTyped(String expression, Sheet sheet) {
    sheet.opened().ask(expression);
    List<String> formulas = sheet.latex();
    String link = sheet.copied(sheet.button("Copy link"));
    // what shells, chats and link finders take for their own
    assertThat(link).contains("#v1;e=").doesNotContainPattern("['^\\\\+ *\"<>()]|[.,]$");
    sheet.open(link.substring(link.indexOf('#'))).answered(expression);
    assertThat(sheet.text()).isEqualTo(expression);
    assertThat(sheet.latex()).isEqualTo(formulas);
  }

  @Test
  void thatWouldBeTooLongArePacked(Sheet sheet) {
    String expression =
        IntStream.range(0, 80).mapToObj(k -> "x'*A" + k + "*x").collect(Collectors.joining(" + "));
    sheet.opened().ask(expression);
    assertThat(sheet.page()).hasURL(Pattern.compile("#v1z;[A-Za-z0-9_-]+$"));
    String url = sheet.page().url();
    sheet.open(url.substring(url.indexOf('#'))).answered(expression);
    assertThat(sheet.text()).isEqualTo(expression);
  }

  /** Edits that follow each other within two seconds are one, so the clock is put forward. */
  @Test
  void ofEditsAreWalkedBackAndForward(Sheet sheet) {
    sheet.page().clock().install();
    sheet.open("");
    String[] edits = {"x'*A*x", "x'*B*x", "tr(A*X)"};
    for (int k = 1; k < edits.length; k++) {
      sheet.page().clock().runFor(3000);
      sheet.write(edits[k]);
      sheet.page().clock().runFor(1000);
      sheet.answered(edits[k]);
      assertThat(sheet.page()).hasURL(Pattern.compile("#v1;e="));
    }
    for (int k = edits.length - 2; k >= 0; k--) {
      sheet.page().goBack();
      sheet.answered(edits[k]);
      assertThat(sheet.text()).isEqualTo(edits[k]);
    }
    for (int k = 1; k < edits.length; k++) {
      sheet.page().goForward();
      sheet.answered(edits[k]);
      assertThat(sheet.text()).isEqualTo(edits[k]);
    }
  }
}
