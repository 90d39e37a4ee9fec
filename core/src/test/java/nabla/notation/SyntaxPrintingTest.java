package nabla.notation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nabla.diagnostic.Span;
import nabla.lang.BinaryOperator;
import nabla.lang.Parser;
import nabla.lang.Program;
import nabla.lang.Syntax;
import nabla.tensor.Rational;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Syntax on paper: brackets where they are needed and only there, in all three notations. */
class SyntaxPrintingTest {
  private static final Syntax A = Build.name("A");
  private static final Syntax B = Build.name("B");
  private static final Syntax C = Build.name("C");

  /** Of the names that occur in this test's tables, by their letters. */
  private static final Map<String, Integer> RANKS =
      Map.of(
          "A", 2, "B", 2, "C", 2, "X", 2, "x", 1, "y", 1, "alpha", 0, "lambda", 0, "w_1", 1,
          "Sigma2", 2);

  private static Program program(Syntax syntax) {
    return new Program(List.of(), new Program.Definition("", List.of(), syntax, Span.NONE));
  }

  /**
   * Without spans, inv(X) as X^-1, and a minus before the first factor before the whole product.
   */
  private static Syntax bare(Syntax s) {
    return switch (s) {
      case Syntax.Numeral n -> new Syntax.Numeral(n.value(), Span.NONE);
      case Syntax.Name n -> Build.name(n.name());
      case Syntax.Call c when c.function().equals("inv") ->
          Build.binary(
              BinaryOperator.POWER, bare(c.arguments().getFirst()), Build.negate(Build.integer(1)));
      case Syntax.Call c -> Build.call(c.function(), bare(c.arguments()));
      case Syntax.Negate n -> Build.negate(bare(n.operand()));
      case Syntax.Transpose t -> new Syntax.Transpose(bare(t.operand()), Span.NONE);
      case Syntax.Binary b -> signOutside(b.operator(), bare(b.left()), bare(b.right()));
      case Syntax.Index i -> Build.index(bare(i.target()), bare(i.indices()));
      case Syntax.Colon c -> new Syntax.Colon(Span.NONE);
      case Syntax.Range r -> new Syntax.Range(bare(r.from()), bare(r.to()), Span.NONE);
      case Syntax.MatrixLiteral m ->
          new Syntax.MatrixLiteral(
              m.rows().stream().map(SyntaxPrintingTest::bare).toList(), Span.NONE);
      case Syntax.Text t -> new Syntax.Text(t.text(), Span.NONE);
    };
  }

  private static Syntax signOutside(BinaryOperator operator, Syntax left, Syntax right) {
    boolean product =
        switch (operator) {
          case ADD, SUBTRACT, POWER, ELEMENTWISE_POWER -> false;
          default -> true;
        };
    return product && left instanceof Syntax.Negate n
        ? Build.negate(signOutside(operator, n.operand(), right))
        : Build.binary(operator, left, right);
  }

  private static List<Syntax> bare(List<Syntax> all) {
    return all.stream().map(SyntaxPrintingTest::bare).toList();
  }

  private static void assertReadAgain(Syntax syntax) {
    for (boolean unicode : new boolean[] {false, true}) {
      String text = LinearPrinter.print(program(syntax), unicode);
      assertThat(bare(Parser.parse(text).result().value())).as(text).isEqualTo(bare(syntax));
    }
    assertBalanced(LatexPrinter.print(program(syntax), RANKS));
  }

  static void assertBalanced(String latex) {
    int open = 0;
    for (int k = 0; k < latex.length(); k++) {
      boolean escaped = k > 0 && latex.charAt(k - 1) == '\\';
      if (latex.charAt(k) == '{' && !escaped) open++;
      if (latex.charAt(k) == '}' && !escaped) open--;
      assertThat(open).as(latex).isNotNegative();
    }
    assertThat(open).as(latex).isZero();
    assertThat(count(latex, "\\left")).as(latex).isEqualTo(count(latex, "\\right"));
    assertThat(count(latex, "\\begin")).as(latex).isEqualTo(count(latex, "\\end"));
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }

  /** Every operator inside every other one, on both sides, under a minus, a transpose, an index. */
  @ParameterizedTest
  @EnumSource
  void everyPairOfOperatorsIsReadAgain(BinaryOperator outer) {
    for (BinaryOperator inner : BinaryOperator.values()) {
      Syntax nested = Build.binary(inner, A, B);
      assertReadAgain(Build.binary(outer, nested, C));
      assertReadAgain(Build.binary(outer, C, nested));
      assertReadAgain(Build.binary(outer, Build.negate(nested), C));
      assertReadAgain(Build.binary(outer, C, Build.negate(nested)));
      assertReadAgain(Build.binary(outer, Build.transpose(nested), C));
      assertReadAgain(Build.binary(outer, C, Build.transpose(nested)));
    }
    for (Syntax leaf : leaves()) {
      assertReadAgain(Build.binary(outer, leaf, C));
      assertReadAgain(Build.binary(outer, C, leaf));
      assertReadAgain(Build.negate(Build.binary(outer, leaf, A)));
      assertReadAgain(Build.transpose(Build.binary(outer, A, leaf)));
      assertReadAgain(Build.index(Build.binary(outer, A, leaf), List.of(A)));
    }
  }

  private static List<Syntax> leaves() {
    List<Syntax> leaves = new ArrayList<>();
    for (Syntax s : List.of(A, Build.integer(2), Build.number(Rational.of(1, 2)))) {
      leaves.add(s);
      leaves.add(Build.negate(s));
    }
    leaves.add(Build.transpose(A));
    leaves.add(Build.call("inv", A));
    leaves.add(Build.call("inv", Build.call("inv", Build.negate(A))));
    leaves.add(Build.transpose(Build.call("inv", A)));
    leaves.add(Build.call("inv", Build.transpose(A)));
    leaves.add(Build.index(A, List.of(B, Build.integer(1))));
    leaves.add(Build.index(Build.call("inv", A), List.of(B, C)));
    return leaves;
  }

  @Test
  void randomSyntaxIsReadAgain() {
    for (long seed = 0; seed < 3000; seed++) {
      Syntax syntax = random(new Random(seed), 4);
      assertReadAgain(syntax);
    }
  }

  private static Syntax random(Random random, int depth) {
    if (depth == 0) {
      return switch (random.nextInt(4)) {
        case 0 -> Build.integer(random.nextInt(30));
        case 1 -> Build.number(Rational.of(1 + random.nextInt(99), 8));
        default -> Build.name(List.of("A", "x", "alpha", "w_1", "Sigma2").get(random.nextInt(5)));
      };
    }
    Syntax s = random(random, depth - 1);
    BinaryOperator[] operators = BinaryOperator.values();
    return switch (random.nextInt(8)) {
      case 0 -> Build.negate(s);
      case 1 -> new Syntax.Transpose(s, Span.NONE);
      case 2 -> Build.call(List.of("inv", "exp", "sqrt").get(random.nextInt(3)), s);
      case 3 -> Build.index(s, List.of(random(random, 0), random(random, 1)));
      default ->
          Build.binary(operators[random.nextInt(operators.length)], s, random(random, depth - 1));
    };
  }

  @ParameterizedTest
  @CsvFileSource(resources = "printing.txt", delimiter = '¦', quoteCharacter = '`')
  void exactly(String written, String text, String unicode, String latex) {
    Program program = Parser.parse(written);
    assertThat(TextPrinter.print(program)).isEqualTo(text);
    assertThat(UnicodePrinter.print(program)).isEqualTo(unicode);
    assertThat(LatexPrinter.print(program, RANKS).strip()).isEqualTo(latex);
    assertBalanced(latex);
    assertThat(TextPrinter.print(Parser.parse(text))).isEqualTo(text);
    Syntax value = bare(program.result().value());
    assertThat(bare(Parser.parse(unicode).result().value())).isEqualTo(value);
  }
}
