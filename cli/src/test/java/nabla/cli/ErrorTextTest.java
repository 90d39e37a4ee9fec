package nabla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import nabla.diagnostic.Code;
import nabla.diagnostic.Diagnostic;
import nabla.diagnostic.Span;
import org.junit.jupiter.api.Test;

class ErrorTextTest {
  private static String text(String source, int start, int length) {
    return ErrorText.of(new Diagnostic(Code.SYNTAX, "wrong", new Span(start, length), source));
  }

  @Test
  void underlinesThePlaceAndGivesTheHint() {
    Span span = new Span(3, 3);
    String hint = "declare x: vector[3], or write A'*x";
    assertThat(ErrorText.of(new Diagnostic(Code.SHAPE, "A*x", span, "x'*A*x + b'*x", hint)))
        .isEqualTo(
            """
            error: A*x
              x'*A*x + b'*x
                 ^^^
            hint: declare x: vector[3], or write A'*x
            """);
  }

  @Test
  void pointsBehindTheEnd() {
    assertThat(text("x'*", 3, 0)).isEqualTo("error: wrong\n  x'*\n     ^\n");
  }

  @Test
  void countsWideLettersTwiceAndCombiningMarksNotAtAll() {
    assertThat(text("中文*x", 2, 1)).isEqualTo("error: wrong\n  中文*x\n      ^\n");
    assertThat(text("中文*x", 0, 2)).isEqualTo("error: wrong\n  中文*x\n  ^^^^\n");
    assertThat(text("x\u0302*y", 2, 1)).isEqualTo("error: wrong\n  x\u0302*y\n   ^\n");
    assertThat(text("😀*y", 1, 1)).isEqualTo("error: wrong\n  😀*y\n    ^\n");
    assertThat(text("𝑥*y", 1, 1)).isEqualTo("error: wrong\n  𝑥*y\n   ^\n");
  }

  @Test
  void showsNoControlCharacter() {
    assertThat(text("x\u001b[31m\n\ty", 1, 1)).isEqualTo("error: wrong\n  x·[31m  y\n   ^\n");
  }

  @Test
  void showsWhatSurroundsThePlaceInALongLine() {
    String line = "x+".repeat(2_000) + "foo" + "+x".repeat(2_000);
    String[] shown = text(line, 4_000, 3).split("\n", -1);
    assertThat(shown[1]).hasSizeLessThan(81).startsWith("  …").endsWith("…");
    int from = shown[2].indexOf('^');
    assertThat(shown[1].substring(from, from + 3)).isEqualTo("foo");
    assertThat(shown[2]).endsWith("^^^");
  }

  @Test
  void showsNoLineWhereThereIsNoPlace() {
    assertThat(ErrorText.of(new Diagnostic(Code.WRT, "y is no variable", Span.NONE, "")))
        .isEqualTo("error: y is no variable\n");
  }
}
