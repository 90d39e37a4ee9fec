package nabla.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import nabla.Nabla;
import nabla.diagnostic.NablaException;
import nabla.tensor.NumericArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every kind of picture as a file. */
class PictureTest {
  /** A question, and what its description says among other things. */
  record Case(String name, Plot plot, Plot.Kind kind, String says) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Case> cases() {
    Plot two = Plot.of(Nabla.parse("x[1]^2 + x[1]*x[2] + x[2]^4", "x: vector[2]"), "x");
    Plot hole = Plot.of(Nabla.parse("log(x) + log(1 - x - y)", "x, y: scalar"), "x", "y");
    Plot many = Plot.of(Nabla.parse("norm2(A*x - b)^2", "b: vector[m]"), "x");
    many =
        many.bind("A", NumericArray.matrix(new double[][] {{1, 0, 2}, {0, 3, 1}, {1, 1, 1}}))
            .bind("b", NumericArray.vector(1, 2, 3));
    Plot one = Plot.of(Nabla.parse("1/x + x", "x: scalar"), "x");
    Plot constant = Plot.of(Nabla.parse("0*x + 0*y", "x, y: scalar"), "x", "y");
    return List.of(
        new Case("contour", two, Plot.Kind.CONTOUR, "saddle at (0, 0), value 0"),
        new Case(
            "path",
            two.from("x", NumericArray.vector(1, 1)),
            Plot.Kind.CONTOUR,
            "iterations from (1, 1) to (−0.1768, 0.3536)"),
        new Case("hole", hole, Plot.Kind.CONTOUR, "grey where the function has no finite value"),
        new Case("surface", two, Plot.Kind.SURFACE, "saddle at (0, 0)"),
        new Case("surface with a hole", hole, Plot.Kind.SURFACE, ""),
        new Case("constant", constant, Plot.Kind.CONTOUR, "x from −2 to 2"),
        new Case("flat surface", constant, Plot.Kind.SURFACE, ""),
        new Case("curve", one, Plot.Kind.CURVE, "minimum at 1, value 2"),
        new Case("slice", many, Plot.Kind.SLICE, "x along s from −2 to 2"),
        new Case(
            "line",
            many.along("u", NumericArray.vector(1, 1, 0)),
            Plot.Kind.SLICE,
            "minimum at 0, value 0"),
        new Case("convergence", many, Plot.Kind.CONVERGENCE, "converged"),
        new Case("taylor", one, Plot.Kind.TAYLOR, "error of the second order: slope 3.00"));
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isWellFormedAndSaysWhatItShows(Case c) throws Exception {
    Document document = parsed(c.plot().draw(c.kind()).svg());
    Element root = document.getDocumentElement();
    assertThat(root.getNodeName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("title").item(0).getTextContent()).contains(" of ");
    assertThat(root.getElementsByTagName("desc").item(0).getTextContent()).contains(c.says());
    assertThat(root.getElementsByTagName("style").item(0).getTextContent())
        .contains("prefers-color-scheme:dark");
  }

  /** No number is NaN, and no class lacks its rule. */
  @ParameterizedTest
  @MethodSource("cases")
  void isComplete(Case c) throws Exception {
    Document document = parsed(c.plot().draw(c.kind()).svg());
    String style = document.getElementsByTagName("style").item(0).getTextContent();
    for (String tag : List.of("path", "text", "rect")) {
      NodeList nodes = document.getElementsByTagName(tag);
      for (int k = 0; k < nodes.getLength(); k++) {
        Element element = (Element) nodes.item(k);
        assertThat(element.getAttribute("d")).matches("[Mlz0-9. -]*+");
        for (String name : element.getAttribute("class").split(" ", -1)) {
          assertThat(style).contains("." + name + "{");
        }
        if (tag.equals("text")) assertIsInside(element, document.getDocumentElement());
      }
    }
  }

  private static void assertIsInside(Element text, Element root) {
    double x = Double.parseDouble(text.getAttribute("x"));
    double y = Double.parseDouble(text.getAttribute("y"));
    double size = Double.parseDouble(text.getAttribute("font-size"));
    double width = 0.6 * size * text.getTextContent().length();
    if (!text.getAttribute("transform").isEmpty()) width = 0;
    double left =
        switch (text.getAttribute("text-anchor")) {
          case "middle" -> x - width / 2;
          case "end" -> x - width;
          default -> x;
        };
    String what = text.getTextContent();
    assertThat(left).as(what).isGreaterThanOrEqualTo(0);
    assertThat(left + width)
        .as(what)
        .isLessThanOrEqualTo(Double.parseDouble(root.getAttribute("width")));
    assertThat(y).as(what).isBetween(size, Double.parseDouble(root.getAttribute("height")) - 3);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheSameEveryTime(Case c) {
    assertThat(c.plot().draw(c.kind()).svg()).isEqualTo(c.plot().draw(c.kind()).svg());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAPngOfTwiceTheSize(Case c) throws IOException {
    Picture picture = c.plot().draw(c.kind());
    byte[] png = picture.png();
    BufferedImage image = Objects.requireNonNull(ImageIO.read(new ByteArrayInputStream(png)));
    assertThat(image.getWidth()).isEqualTo(2 * picture.width());
    assertThat(image.getHeight()).isEqualTo(2 * picture.height());
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    assertThat(Arrays.stream(pixels).distinct().limit(10).count()).isEqualTo(10);
    assertThat(Arrays.equals(png, picture.png())).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a < b & c > \"d\" | a &lt; b &amp; c &gt; &quot;d&quot;",
        "x² − αᵀ·y | x² − αᵀ·y",
      })
  void textIsEscaped(String text, String escaped) throws Exception {
    assertThat(SvgWriter.escaped(text)).isEqualTo(escaped);
    parsed("<t>" + SvgWriter.escaped(text) + "</t>");
  }

  @Test
  void whatXmlForbidsIsNotWritten() {
    assertThat(SvgWriter.escaped("a\u0001b\uffffc\ud83d\ude00")).isEqualTo("a?b?c\ud83d\ude00");
  }

  @Test
  void aTitleMayHaveAnySigns() throws Exception {
    Page page = new Page("curve", "f(\"x\") < 1 & 2 > 1", "a & b");
    page.add(new Mark.Symbol(new Point(50, 50), Mark.Form.DOT, Paint.FIRST, "x < \"y\""));
    Document document = parsed(page.finish(new Legend(), 100).svg());
    assertThat(document.getElementsByTagName("text").item(0).getTextContent())
        .isEqualTo("f(\"x\") < 1 & 2 > 1");
    assertThat(document.getElementsByTagName("title").item(1).getTextContent())
        .isEqualTo("x < \"y\"");
  }

  @Test
  void longTitlesAreBroken() {
    assertThat(Page.broken("a + b + c", 20)).containsExactly("a + b + c");
    assertThat(Page.broken("aaaa + bbbb + cccc", 12)).containsExactly("aaaa + bbbb", "+ cccc");
    assertThat(Page.broken("aaaa + bbbb + cccc + dddd + eeee", 12))
        .containsExactly("aaaa + bbbb", "+ cccc + dd…");
    assertThat(Page.broken("a".repeat(30), 12))
        .containsExactly("a".repeat(12), "a".repeat(11) + "…");
  }

  @Test
  void isWrittenAsItsNameSays(@TempDir Path folder) throws IOException {
    Picture picture = Plot.of(Nabla.parse("x^2", "x: scalar"), "x").draw();
    Path svg = folder.resolve("a.svg");
    picture.write(svg);
    assertThat(Files.readString(svg)).isEqualTo(picture.svg());
    Path png = folder.resolve("a.PNG");
    picture.write(png);
    assertThat(Files.readAllBytes(png)).startsWith(0x89, 'P', 'N', 'G');
    assertThatThrownBy(() -> picture.write(folder.resolve("a.pdf")))
        .isInstanceOf(NablaException.class)
        .hasMessageContaining("an .svg or a .png");
    assertThatThrownBy(() -> picture.write(folder.resolve("none/a.svg")))
        .isInstanceOf(NablaException.class)
        .hasMessageContaining("can't be written");
  }
}
