package nabla.web.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import java.util.List;
import java.util.Map;
import nabla.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
          .filter(a => /^on/i.test(a.name) || a.name === 'srcdoc' || a.name === 'style' && /url/.test(a.value)
            || /^(href|src|action|formaction|xlink:href|data)$/i.test(a.name)
              && !(new URL(a.value, location).origin === location.origin && /^(\\.|#|\\/|http)/.test(a.value)))
          .map(a => `${e.localName} ${a.name}=${a.value}`)])
        .concat(document.querySelectorAll('body script, body link, body style, body meta, body img, body a:not(.skip)').length > 0
          ? ['out of place'] : [])
      """;

  /** What was wrong before is not what is wrong now. */
  private static final String MARK =
      """
      () => {
        window.wrongBefore = document.querySelector('#error').firstChild;
        window.echoBefore = document.querySelector('#echo').firstChild;
      }
      """;

  /** What was written is answered, or has nothing to differentiate by, or is wrong. */
  private static final String SETTLED =
      """
      () => {
        const [error, echo] =
          ['error', 'echo'].map(id => document.getElementById(id).firstChild);
        return error ? error !== window.wrongBefore : echo !== window.echoBefore;
      }
      """;

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
    sheet.opened().page().evaluate(MARK);
    sheet.write(text);
    requireHarmless(sheet);
  }

  /** The page is open already when the address changes, which is as when it opens, but faster. */
  @ParameterizedTest
  @MethodSource("nabla.web.HostileTexts#all")
  void inALink(String text, Sheet sheet) {
    sheet.opened().page().evaluate(MARK);
    sheet.page().evaluate("link => { location.hash = link; }", link(text));
    requireHarmless(sheet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<img src=x onerror=window.__pwned=1>",
        "x\" onmouseover=\"alert(1)",
        "\\href{javascript:alert(1)}{x}",
        "x</script><script>alert(1)</script>"
      })
  void inALinkThatOpensThePage(String text, Sheet sheet) {
    sheet.go(link(text));
    requireHarmless(sheet);
  }

  /** Has the text in all of its fields. */
  private static String link(String text) {
    String values = Json.write(Map.of("x", text, text, text));
    return "#v1;e=%1$s;d=%1$s;w=%1$s;o=%1$s;l=%1$s;v=%2$s"
        .formatted(Links.escape(text), Links.escape(values));
  }

  private static void requireHarmless(Sheet sheet) {
    sheet.page().waitForFunction(SETTLED);
    assertThat(sheet.page().evaluate(AUDIT, EXPECTED)).isEqualTo(List.of());
    sheet.requireNoBrokenFormula();
  }
}
