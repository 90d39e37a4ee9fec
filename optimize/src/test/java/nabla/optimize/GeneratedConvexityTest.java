package nabla.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import nabla.Compilation;
import nabla.Expression;
import nabla.Nabla;
import nabla.Output;
import nabla.Symbol;
import nabla.diagnostic.NablaException;
import nabla.optimize.Convexity.Kind;
import nabla.optimize.convexity.Proof;
import org.junit.jupiter.api.Test;

/** Whatever is claimed of random sums and compositions holds on random chords. */
class GeneratedConvexityTest {
  private static final String DECLARATIONS =
      "x: vector[n]; y: vector[n] positive; s: scalar; t: scalar positive; r: scalar nonnegative; "
          + "X: matrix[k,k] pd; S: matrix[k,k] symmetric; b: vector[m]; A: matrix[m,n]; "
          + "B: matrix[n,n]; c: scalar positive; d: scalar; w: vector[n] nonnegative; "
          + "P: matrix[n,n] psd; Q: matrix[k,k] pd; v: vector[k]";
  private static final Set<String> MOVING = Set.of("x", "y", "s", "t", "r", "X", "S");

  private static final String[] SCALARS = {
    "s",
    "t",
    "r",
    "s",
    "t",
    "c",
    "d",
    "2",
    "1",
    "1/2",
    "norm2(x)",
    "sum(x)",
    "sum(y)",
    "x'*P*x",
    "max(x)",
    "min(y)",
    "x[1]",
    "y[1]",
    "norm2(x)^2",
    "norm2(A*x - b)",
    "x'*B*x",
    "logdet(X)",
    "tr(inv(X))",
    "v'*X*v",
    "v'*inv(X)*v",
    "lmax(S)",
    "lmin(X)",
    "tr(S*S)",
    "tr(S*Q*S)",
    "det(X)",
    "x'*y",
    "x'*x",
    "(s - t)",
    "(s + d)",
    "(t - r)",
    "nuc(S)",
    "(1 - s)",
    "w'*x",
    "normF(X - S)",
    "tr(X*Q)"
  };
  private static final String[] VECTORS = {
    "x",
    "y",
    "(A*x - b)",
    "(x - w)",
    "(y - x)",
    "B*x",
    "(x + y)",
    "s*w",
    "-x",
    "t*w",
    "s*x",
    "(x - s)",
    "y./t"
  };
  private static final String[] FUNCTIONS = {
    "exp",
    "log",
    "sqrt",
    "abs",
    "relu",
    "softplus",
    "sigmoid",
    "tanh",
    "cosh",
    "sinh",
    "expm1",
    "log1p",
    "arctan",
    "erf",
    "erfc",
    "sin",
    "step",
    "sign",
    "gammaln"
  };
  private static final String[] POWERS = {
    "2", "3", "4", "-1", "-2", "-3", "(1/2)", "(3/2)", "(1/3)", "(-1/2)", "(2/3)", "c"
  };

  private final long seed = Long.getLong("nabla.convexity.seed", 11);
  private final Random random = new Random(seed);

  private String one(String[] of) {
    return of[random.nextInt(of.length)];
  }

  private String scalar(int depth) {
    if (depth == 0) return one(SCALARS);
    return switch (random.nextInt(12)) {
      case 0, 1 -> one(FUNCTIONS) + "(" + scalar(depth - 1) + ")";
      case 2 -> "(" + scalar(depth - 1) + ")^" + one(POWERS);
      case 3, 4 -> "(" + scalar(depth - 1) + " + " + scalar(depth - 1) + ")";
      case 5 -> "(" + scalar(depth - 1) + " - " + scalar(depth - 1) + ")";
      case 6 -> "(" + scalar(depth - 1) + ")*(" + scalar(depth - 1) + ")";
      case 7 -> "(" + scalar(depth - 1) + ")/(" + scalar(depth - 1) + ")";
      case 8, 9 ->
          one(new String[] {"sum", "max", "min", "lse", "norm2", "norm1", "prod", "mean"})
              + "("
              + vector(depth - 1)
              + ")";
      case 10 ->
          vector(depth - 1)
              + "'*"
              + one(new String[] {"P*", "B*", "", "", "diag(w)*"})
              + "("
              + vector(depth - 1)
              + ")";
      default -> one(SCALARS);
    };
  }

  private String vector(int depth) {
    if (depth == 0) return one(VECTORS).replaceAll("^(.*[*./-].*)$", "($1)");
    return switch (random.nextInt(7)) {
      case 0, 1 -> one(FUNCTIONS) + "(" + vector(depth - 1) + ")";
      case 2 -> "(" + vector(depth - 1) + ").^" + one(POWERS);
      case 3 -> "(" + vector(depth - 1) + " + " + vector(depth - 1) + ")";
      case 4 -> "(" + vector(depth - 1) + ".*" + vector(depth - 1) + ")";
      case 5 -> "(" + vector(depth - 1) + "./" + vector(depth - 1) + ")";
      default ->
          one(
              new String[] {
                "softmax(" + one(VECTORS) + ")",
                "log(softmax(x))",
                one(VECTORS).replaceAll("^(.*[*./-].*)$", "($1)")
              });
    };
  }

  /** Sums of a few products, in which what bends one way meets what bends the other way. */
  private String function() {
    return switch (random.nextInt(3)) {
      case 0 -> scalar(1 + random.nextInt(2));
      case 1 -> one(new String[] {"", "-", "2*", "c*"}) + scalar(2);
      default ->
          scalar(1)
              + one(new String[] {" + ", " - "})
              + scalar(1)
              + one(new String[] {"", " + x'*x", " - t^2"});
    };
  }

  @Test
  void claimsHold() {
    int count = Integer.getInteger("nabla.convexity.count", 2000);
    int claims = 0;
    List<String> wrong = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      String text = function();
      Convexity claimed;
      Expression f;
      try {
        f = Nabla.parse(text, DECLARATIONS);
        if (!f.shape().isEmpty()) continue;
        claimed = proof(f);
      } catch (NablaException notAFunction) {
        continue;
      }
      if (claimed.kind() == Kind.UNKNOWN) continue;
      claims++;
      String violation = Claims.violation(f, claimed, new Random(k), 60);
      if (!violation.isEmpty())
        wrong.add(
            k
                + ": "
                + text
                + " is claimed to be "
                + claimed.kind()
                + claimed.reason()
                + " but is "
                + violation);
    }
    assertThat(wrong).as("seed %d, %d claims", seed, claims).isEmpty();
    assertThat(claims).as("a test without claims tests nothing").isGreaterThan(count / 20);
  }

  /** The claim alone: a search for counterexamples would hide what is wrong with it. */
  private static Convexity proof(Expression f) {
    Compilation read = f.compilation(List.of(Output.value()));
    List<String> over =
        f.variables().stream()
            .map(Symbol::name)
            .filter(MOVING::contains)
            .filter(f::mentions)
            .toList();
    Proof proof = Proof.of(read, Set.copyOf(over));
    Kind kind = proof.convex() ? Kind.CONVEX : proof.concave() ? Kind.CONCAVE : Kind.UNKNOWN;
    if (proof.convex() && proof.concave()) kind = Kind.AFFINE;
    return new Convexity(
        kind,
        over,
        proof.modulus(),
        proof.where(),
        proof.steps(),
        Optional.empty(),
        Optional.empty());
  }
}
