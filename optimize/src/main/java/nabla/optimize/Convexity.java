package nabla.optimize;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nabla.Compilation;
import nabla.Expression;
import nabla.Output;
import nabla.Symbol;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.convexity.Chords;
import nabla.optimize.convexity.Proof;
import nabla.tensor.NumericArray;
import nabla.tensor.Property;
import org.jspecify.annotations.Nullable;

/**
 * Whether a scalar function is convex where it is defined, jointly in the variables that move.
 *
 * <pre>{@code
 * Convexity c = Convexity.of(Nabla.parse("norm2(A*x - b)^2 + c*norm2(x)^2", "c: scalar positive"), "x");
 * c.kind() // STRONGLY_CONVEX
 * c.modulus().orElseThrow() // 2*c
 * }</pre>
 *
 * @param kind what is proved, or refuted
 * @param over the variables that move
 * @param modulus the largest m that was found with {@code f - m/2*norm2(x)^2} convex, as a formula;
 *     of a strongly convex function only
 * @param where what must hold for the function to have a value, as far as nothing is declared; it
 *     is convex, or concave, there
 * @param reason the steps of the proof, or as far as an attempt came
 * @param notConvex where the function lies above a chord
 * @param notConcave where the function lies below a chord
 */
public record Convexity(
    Kind kind,
    List<String> over,
    Optional<String> modulus,
    List<String> where,
    List<String> reason,
    Optional<Counterexample> notConvex,
    Optional<Counterexample> notConcave) {
  private static final long SEED = 1;

  /** Sets that are not convex. */
  private static final Set<Property> BENT =
      Set.of(
          Property.ORTHOGONAL,
          Property.IDEMPOTENT,
          Property.INVERTIBLE,
          Property.INTEGER,
          Property.UNIT);

  /** What a function is. */
  public enum Kind {
    AFFINE,
    STRONGLY_CONVEX,
    CONVEX,
    CONCAVE,
    /** Neither convex nor concave: both are refuted for the same values of what does not move. */
    NEITHER,
    /** Neither is proved, and not both are refuted together: c*x^2 may be either. */
    UNKNOWN;

    /** In words. */
    public String label() {
      return switch (this) {
        case AFFINE -> "affine";
        case STRONGLY_CONVEX -> "strongly convex";
        case CONVEX -> "convex";
        case CONCAVE -> "concave";
        case NEITHER -> "neither convex nor concave";
        case UNKNOWN -> "unknown";
      };
    }
  }

  /**
   * Three points on a line that refute a claim.
   *
   * @param point the one in the middle: an array for every variable
   * @param direction from there to one of the others: an array for every variable that moves
   * @param difference {@code f(point + direction) + f(point - direction) - 2*f(point)}, which is
   *     negative where the function is not convex and positive where it is not concave
   */
  public record Counterexample(
      Map<String, NumericArray> point, Map<String, NumericArray> direction, double difference) {
    private static Optional<Counterexample> of(Chords.@Nullable Chord chord) {
      return Optional.ofNullable(chord)
          .map(c -> new Counterexample(c.point(), c.direction(), c.difference()));
    }
  }

  /**
   * Whether a function is convex in some variables together; the others may have any value that
   * their declarations allow.
   *
   * @param over the variables that move; without any, all of the function
   * @throws NablaException with {@link Code#KIND} if the function is no scalar; with {@link
   *     Code#WRT} if it has no such variable; with {@link Code#UNSUPPORTED} if a variable that
   *     moves has a property, such as orthogonal, that no convex set has
   */
  public static Convexity of(Expression function, String... over) {
    if (!function.shape().isEmpty()) {
      throw new NablaException(
          Code.KIND, "the function is a " + function.kind() + "; only a scalar may be convex");
    }
    Set<String> moving = moving(function, over);
    Compilation read = function.compilation(List.of(Output.value()));
    Proof proof = Proof.of(read, moving);
    Chords.Found chords = new Chords(read.written(), read.variables(), moving, SEED).find();
    return new Convexity(
        kind(proof, chords),
        List.copyOf(moving),
        proof.modulus(),
        proof.where(),
        proof.steps(),
        Counterexample.of(chords.below()),
        Counterexample.of(chords.above()));
  }

  private static Kind kind(Proof proof, Chords.Found chords) {
    if (proof.convex() && proof.concave()) return Kind.AFFINE;
    if (proof.convex()) return proof.modulus().isPresent() ? Kind.STRONGLY_CONVEX : Kind.CONVEX;
    if (proof.concave()) return Kind.CONCAVE;
    return chords.together() ? Kind.NEITHER : Kind.UNKNOWN;
  }

  private static Set<String> moving(Expression function, String... over) {
    Set<String> moving = new LinkedHashSet<>(List.of(over));
    List<Symbol> all = function.variables();
    if (moving.isEmpty()) all.forEach(s -> moving.add(s.name()));
    if (moving.isEmpty()) throw new NablaException(Code.WRT, "the function has no variables");
    for (String name : moving) {
      Symbol symbol =
          all.stream()
              .filter(s -> s.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> new NablaException(Code.WRT, name + " is no variable of the function"));
      for (Property p : symbol.properties()) {
        if (!BENT.contains(p)) continue;
        throw new NablaException(
            Code.UNSUPPORTED,
            name + " is declared " + p.label() + ": the set of such " + name + " is not convex");
      }
    }
    return moving;
  }

  /** Whether a proof shows that it is convex, affine functions included. */
  public boolean isConvex() {
    return kind == Kind.CONVEX || kind == Kind.STRONGLY_CONVEX || kind == Kind.AFFINE;
  }

  /** Whether a proof shows that it is concave, affine functions included. */
  public boolean isConcave() {
    return kind == Kind.CONCAVE || kind == Kind.AFFINE;
  }

  /**
   * Whether what a minimisation of the same function over the same variables has found is the
   * global minimum: a point where the gradient of a convex function is zero.
   */
  public boolean isGlobal(Minimum found) {
    return isConvex() && found.isConverged() && found.point().keySet().equals(Set.copyOf(over));
  }
}
