package nabla.lang;

import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.lang.Typing.Typed;
import nabla.operation.FunctionSymbol;

/** Calls of functions that are only declared: {@code f(x)}, {@code f'(x)}. */
final class DeclaredCalls {
  private static final int HIGHEST_ORDER = 12;

  private final Typing typing;

  DeclaredCalls(Typing typing) {
    this.typing = typing;
  }

  Typed of(Syntax.Call call, FunctionSymbol function) {
    typing.called.add(function);
    int order = call.function().length() - function.name().length();
    if (order > HIGHEST_ORDER) {
      throw error(call, Code.LIMIT, "derivatives go up to order " + HIGHEST_ORDER);
    }
    if (call.arguments().size() != 1) {
      String given = Mistakes.count(call.arguments().size(), "argument", "arguments");
      throw error(call, Code.ARITY, function.name() + " takes 1 argument, not " + given);
    }
    Syntax argument = call.arguments().getFirst();
    Typed operand = typing.type(argument);
    if (function.isElementwise()) {
      return typing.typed(operand.type(), () -> function.at(order, operand.built()));
    }
    Type taken = new Type(function.argument(), false);
    boolean kind = operand.type().rank() == taken.rank() && !operand.type().row();
    if (!kind || !typing.sizes.unify(operand.type().shape(), taken.shape())) {
      throw error(
          argument,
          kind ? Code.SHAPE : Code.KIND,
          function.name()
              + " takes "
              + Mistakes.describe(taken, typing.sizes)
              + ", but "
              + typing.mistakes.text(argument)
              + " is "
              + Mistakes.describe(operand.type(), typing.sizes));
    }
    return typing.typed(
        new Type(function.shape(order), false), () -> function.at(order, operand.built()));
  }

  private NablaException error(Syntax where, Code code, String message) {
    return typing.mistakes.at(where, code, message, "");
  }
}
