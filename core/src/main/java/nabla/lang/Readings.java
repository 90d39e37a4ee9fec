package nabla.lang;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Typing.Typed;
import nabla.operation.Catalogue;
import nabla.operation.Operation;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Notation of LaTeX whose meaning depends on the kind of its operand: {@code |x|} is an absolute
 * value or a determinant. The parser leaves a call of one of the names below; it is read when the
 * kind is known, and replaced in the program. Where two readings are usual it is an error that
 * offers both.
 */
final class Readings {
  /** {@code |x|}. */
  static final String BARS = "|·|";

  /** {@code \log|x|}. */
  static final String LOG_BARS = "log|·|";

  /** {@code \|x\|} and, with what stands below, {@code \|x\|_2}. */
  static final String NORM = "‖·‖";

  /** {@code e^x}. */
  static final String E_POWER = "e^·";

  /**
   * The tensor that an entry such as {@code A_{ij}} belongs to, followed by the size of each axis:
   * it must have so many axes, of these sizes; {@code :} stands for any.
   */
  static final String ENTRIES = "·_";

  private final Typing typing;
  private final Set<String> guessed;
  private final IdentityHashMap<Syntax, Syntax> chosen = new IdentityHashMap<>();
  private @Nullable NablaException doubt;

  /**
   * @param guessed the names whose kind is known from their letter alone, and could be another
   */
  Readings(Typing typing, Set<String> guessed) {
    this.typing = typing;
    this.guessed = guessed;
  }

  static boolean isOpen(String function) {
    return function.startsWith(NORM)
        || function.equals(BARS)
        || function.equals(LOG_BARS)
        || function.equals(E_POWER)
        || function.equals(ENTRIES);
  }

  /** An ambiguity that matters if the kinds turn out to be as guessed; null if there is none. */
  @Nullable NablaException doubt() {
    return doubt;
  }

  Typed of(Syntax.Call call) {
    Syntax part = call.arguments().getFirst();
    Typed operand = typing.type(part);
    Type type = operand.type();
    return switch (call.function()) {
      case ENTRIES -> entries(call, operand);
      case E_POWER -> {
        if (type.isMatrix()) throw ambiguousPower(call, part);
        yield choose(call, "exp", part, operand);
      }
      case BARS -> {
        doubtBars(call, part, type);
        yield choose(call, type.isMatrix() ? "det" : "abs", part, operand);
      }
      case LOG_BARS -> {
        doubtBars(call, part, type);
        if (type.isMatrix()) yield choose(call, "logdet", part, operand);
        Syntax abs = new Syntax.Call("abs", List.of(part), call.span());
        yield choose(call, "log", abs, apply(call, "abs", part, operand));
      }
      default -> norm(call, call.function().substring(NORM.length()), part, operand);
    };
  }

  private Typed choose(Syntax.Call call, String function, Syntax part, Typed operand) {
    List<Syntax> arguments = new ArrayList<>(call.arguments());
    arguments.set(0, part);
    chosen.put(call, new Syntax.Call(function, List.copyOf(arguments), call.span()));
    return apply(call, function, part, operand);
  }

  private Typed apply(Syntax.Call call, String function, Syntax part, Typed operand) {
    Operation operation = java.util.Objects.requireNonNull(Catalogue.find(function));
    List<Syntax> parts = new ArrayList<>(List.of(part));
    List<Typed> operands = new ArrayList<>(List.of(operand));
    for (Syntax other : call.arguments().subList(1, call.arguments().size())) {
      parts.add(other);
      operands.add(typing.type(other));
    }
    return new Calls(typing).apply(call, operation, parts, operands);
  }

  private Typed entries(Syntax.Call call, Typed operand) {
    Syntax part = call.arguments().getFirst();
    List<Syntax> sizes = call.arguments().subList(1, call.arguments().size());
    chosen.put(call, part);
    if (sizes.isEmpty() && isReadOtherwise(part)) {
      doubt(
          part,
          typing.mistakes.text(part) + " has no index: a number, or a vector?",
          "declare its variables");
    }
    if (operand.type().rank() != sizes.size()) {
      throw typing.mistakes.at(
          part,
          sizes.isEmpty() ? Code.KIND : Code.ARITY,
          typing.mistakes.text(part)
              + " is "
              + Mistakes.describe(operand.type(), typing.sizes)
              + (sizes.isEmpty() ? " and needs indices here" : ", but has " + sizes.size())
              + (sizes.isEmpty() ? "" : sizes.size() == 1 ? " index" : " indices"),
          "write the sum as a product of vectors and matrices");
    }
    for (int axis = 0; axis < sizes.size(); axis++) {
      if (sizes.get(axis) instanceof Syntax.Colon) continue;
      Size wanted = java.util.Objects.requireNonNull(Calls.polynomial(sizes.get(axis)));
      if (typing.sizes.unify(operand.type().size(axis), wanted)) continue;
      throw typing.mistakes.at(
          sizes.get(axis),
          Code.SHAPE,
          "the sum runs to "
              + wanted
              + ", but the index of "
              + typing.mistakes.text(part)
              + " to "
              + Mistakes.size(operand.type().size(axis), typing.sizes),
          "");
    }
    return operand;
  }

  private Typed norm(Syntax.Call call, String below, Syntax part, Typed operand) {
    Type type = operand.type();
    if (type.isScalar()) {
      if (!guessed(part).isEmpty()) {
        doubt(
            call,
            typing.mistakes.text(call) + " is the norm of a number, as far as the letters tell",
            "declare its variables");
      }
      return choose(call, "abs", part, operand);
    }
    if (type.isVector() && type.row()) {
      Syntax column =
          part instanceof Syntax.Transpose t
              ? t.operand()
              : new Syntax.Transpose(part, part.span());
      Typed turned = new Typed(new Type(type.shape(), false), operand.tensor());
      return norm(call, below, column, turned);
    }
    String text = typing.mistakes.text(part);
    if (type.isMatrix() && (below.isEmpty() || below.equals("2"))) {
      throw ambiguous(
          call, "\\|" + text + "\\|_F (Frobenius), \\operatorname{spectral}(" + text + ")");
    }
    if (type.isMatrix() && (below.equals("1") || below.equals("inf"))) {
      boolean one = below.equals("1");
      throw ambiguous(
          call,
          (one
                  ? "\\|" + text + "\\|_{1,1} (all entries)"
                  : "\\|" + text + "\\|_{\\max} (all entries)")
              + "; the norm induced by vectors is not supported");
    }
    String function =
        switch (below) {
          case "1", "1,1" -> "norm1";
          case "inf", "max" -> "norminf";
          case "*" -> "nuc";
          case "p" -> "normp";
          default -> "norm2";
        };
    return choose(call, function, part, operand);
  }

  private NablaException ambiguous(Syntax call, String hint) {
    return typing.mistakes.at(
        call,
        Code.KIND,
        typing.mistakes.text(call) + " is a matrix's norm, of which there are several",
        "write " + hint);
  }

  private NablaException ambiguousPower(Syntax call, Syntax part) {
    String text = typing.mistakes.text(part);
    return typing.mistakes.at(
        call,
        Code.KIND,
        typing.mistakes.text(call) + " has a matrix in its exponent",
        "write \\operatorname{expm}("
            + text
            + ") for the matrix exponential, \\exp("
            + text
            + ") entry by entry");
  }

  private void doubtBars(Syntax call, Syntax part, Type type) {
    if (type.isMatrix()) return;
    boolean guess =
        guessed(part).stream()
            .anyMatch(n -> type.isVector() || Character.isUpperCase(n.name().charAt(0)));
    if (!guess && !isReadOtherwise(part)) return;
    String text = typing.mistakes.text(part);
    doubt(
        call,
        typing.mistakes.text(call) + " is an absolute value, a norm or a determinant",
        "declare its variables, or write \\operatorname{abs}("
            + text
            + "), \\|"
            + text
            + "\\|, \\det("
            + text
            + ")");
  }

  private void doubt(Syntax where, String message, String hint) {
    if (doubt == null) doubt = typing.mistakes.at(where, Code.KIND, message, hint);
  }

  private List<Syntax.Name> guessed(Syntax part) {
    Program.Definition alone = new Program.Definition("", List.of(), part, part.span());
    return Names.of(new Program(List.of(), alone)).values().stream()
        .filter(n -> guessed.contains(n.name()))
        .toList();
  }

  /** Whether a name is a scalar only because the vector of its letter did not fit. */
  private boolean isReadOtherwise(Syntax part) {
    return guessed(part).stream()
        .anyMatch(n -> n.name().matches("[h-z].*") && typing.type(n).type().isScalar());
  }

  /** The program with everything in it read. */
  Program in(Program program) {
    if (chosen.isEmpty()) return program;
    return new Program(program.definitions().stream().map(this::in).toList(), in(program.result()));
  }

  private Program.Definition in(Program.Definition d) {
    return new Program.Definition(d.name(), d.indices(), in(d.value()), d.span());
  }

  Map<Tensor, Syntax> in(Map<Tensor, Syntax> parts) {
    if (chosen.isEmpty()) return parts;
    Map<Tensor, Syntax> read = new LinkedHashMap<>();
    parts.forEach((tensor, syntax) -> read.put(tensor, in(syntax)));
    return read;
  }

  Syntax in(Syntax syntax) {
    Syntax choice = chosen.get(syntax);
    return (choice == null ? syntax : choice).map(this::in);
  }
}
