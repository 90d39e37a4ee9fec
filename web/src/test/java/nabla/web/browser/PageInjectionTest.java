package nabla.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.List;
import nabla.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever one types or sends as a link stays a text. */
@InChromium(oneWindow = true)
class PageInjectionTest {
  /**
   * What the page is made of, formulas included; {@code svg} and {@code path} are KaTeX's roots.
   */
  private static final List<String> EXPECTED =
      List.of(
          """
          a annotation article aside body br button code details dialog div footer h1 h2 h3 head \
          header html img input label li link main math meta mfrac mi mn mo mover mpadded mrow \
          mspace mstyle msub msubsup msup msqrt mtable mtd mtext mtr munder munderover nav noscript \
          ol option p path script section select semantics span strong style summary svg textarea \
          title ul\
          """
              .split(" "));

  /**
   * Elements that are not expected, attributes that could do something, and more of what stands in
   * the head than there was.
   */
  private static final String AUDIT =
      """
      expected => [...document.querySelectorAll('*')].flatMap(e => [
        ...(expected.includes(e.localName) ? [] : [`<${e.localName}>`]),
        ...[...e.attributes]
          .filter(a => /^on/i.test(a.name) || a.name === 'srcdoc' || a.name === 'style' && /url|fixed/.test(a.value)
            || /^(href|src|action|formaction|xlink:href|data)$/i.test(a.name)
              && !(new URL(a.value, location).origin === location.origin && /^(\\.|#|\\/|http)/.test(a.value)))
          .map(a => `${e.localName} ${a.name}=${a.value}`)])
        .concat(document.querySelectorAll('body script, body link, body style, body meta, body img, body a:not(.skip)').length > 0
          ? ['out of place'] : [])
      """;

  /** The answer to what was written is there, or what is wrong with it. */
  private static final String SETTLED =
      "text => document.querySelector('#error').textContent !== '' ||"
          + " document.title.startsWith(text.slice(0, 20))";

  /** Else the other tests would show nothing. */
  @Test
  void isNoticed(Sheet sheet) {
    sheet.watch().expect("violates the following Content Security Policy");
    sheet.opened();
    sheet
        .page()
        .evaluate("() => document.querySelector('main').append(document.createElement('embed'))");
    assertThat(sheet.page().evaluate(AUDIT, EXPECTED)).isEqualTo(List.of("<embed>"));
    sheet
        .page()
        .evaluate(
            "() => document.querySelector('main').innerHTML = '<a href=\"javascript:0\""
                + " onclick=\"0\">x</a>'");
    assertThat(sheet.page().evaluate(AUDIT, EXPECTED))
        .asInstanceOf(LIST)
        .contains("a href=javascript:0", "a onclick=0", "out of place");
    sheet.open("");
  }

  @ParameterizedTest
  @MethodSource("nabla.web.HostileTexts#all")
  void typed(String text, Sheet sheet) {
    sheet.opened();
    sheet.page().waitForResponse("**/api/parse", () -> sheet.write(text));
    requireHarmless(text, sheet);
  }

  @ParameterizedTest
  @MethodSource("nabla.web.HostileTexts#all")
  void inALink(String text, Sheet sheet) {
    String escaped = Links.escape(text);
    String values = Links.escape(Json.write(java.util.Map.of("x", text, text, text)));
    sheet
        .page()
        .waitForResponse(
            "**/api/parse",
            () ->
                sheet.go(
                    "#v1;e=" + escaped + ";d=" + escaped + ";w=" + escaped + ";o=" + escaped + ";l="
                        + escaped + ";v=" + values));
    requireHarmless(text, sheet);
  }

  private static void requireHarmless(String text, Sheet sheet) {
    sheet.page().waitForFunction(SETTLED, text);
    assertThat(sheet.page().evaluate(AUDIT, EXPECTED)).isEqualTo(List.of());
    sheet.requireNoBrokenFormula();
  }
}
