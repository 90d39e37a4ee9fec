package nabla.engine.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Literal;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Store;
import nabla.engine.kernel.Loop.Unary;

/**
 * Code written anew: what nothing needs is left out, equal steps are one, small powers are products
 * and the factors of a product are multiplied from those that are known in an outer loop to those
 * that are known in the innermost one only.
 */
final class Products {
  private final List<Instruction> old;
  private final IntUnaryOperator depthOfAccess;
  private final int[] uses;
  private final List<Instruction> code = new ArrayList<>();
  private final List<Integer> depths = new ArrayList<>();
  private final Map<Instruction, Integer> known = new HashMap<>();
  private final int[] renamed;

  private Products(List<Instruction> old, IntUnaryOperator depthOfAccess) {
    this.old = old;
    this.depthOfAccess = depthOfAccess;
    uses = new int[old.size()];
    renamed = new int[old.size()];
  }

  /**
   * @param depthOfAccess the number of loops around the place where the element of an access is
   *     known
   */
  static List<Instruction> inOrder(List<Instruction> old, IntUnaryOperator depthOfAccess) {
    Products products = new Products(old, depthOfAccess);
    products.count();
    for (int k = 0; k < old.size(); k++) products.write(k);
    return products.code;
  }

  static int[] operands(Instruction instruction) {
    return switch (instruction) {
      case Load _, Literal _ -> new int[0];
      case Unary unary -> new int[] {unary.operand()};
      case Binary binary -> new int[] {binary.left(), binary.right()};
      case External external -> new int[] {external.operand()};
      case Store store -> new int[] {store.value()};
      case Reduce reduce -> new int[] {reduce.value()};
    };
  }

  private void count() {
    for (int k = old.size() - 1; k >= 0; k--) {
      Instruction instruction = old.get(k);
      boolean writes = instruction instanceof Store || instruction instanceof Reduce;
      if (!writes && uses[k] == 0) continue;
      for (int operand : operands(instruction)) uses[operand]++;
    }
  }

  private void write(int k) {
    switch (old.get(k)) {
      case Store(int access, int value) -> append(new Store(access, renamed[value]), 0);
      case Reduce(int access, var reduction, boolean onto, int value) ->
          append(new Reduce(access, reduction, onto, renamed[value]), 0);
      case Instruction _ when uses[k] == 0 -> {}
      case Load load -> renamed[k] = add(load, depthOfAccess.applyAsInt(load.access()));
      case Literal literal -> renamed[k] = add(literal, 0);
      case Unary(var function, int operand) -> renamed[k] = unary(function, renamed[operand]);
      case External(var function, int operand) ->
          renamed[k] = add(new External(function, renamed[operand]), depth(renamed[operand]));
      case Binary(var function, int left, int right) when function == BinaryFunction.POWER ->
          renamed[k] = power(renamed[left], renamed[right]);
      case Binary(var function, int _, int _) when function == BinaryFunction.MULTIPLY -> {
        if (!isPartOfProduct(k)) renamed[k] = product(k);
      }
      case Binary(var function, int left, int right) ->
          renamed[k] = binary(function, renamed[left], renamed[right]);
    }
  }

  /** Whether the only use of a product is as a factor of another one, which then takes it apart. */
  private boolean isPartOfProduct(int k) {
    if (uses[k] != 1) return false;
    for (int user = k + 1; user < old.size(); user++) {
      for (int operand : operands(old.get(user))) {
        if (operand == k) return uses[user] > 0 && isProduct(user);
      }
    }
    return false;
  }

  private boolean isProduct(int k) {
    return old.get(k) instanceof Binary(var function, int _, int _)
        && function == BinaryFunction.MULTIPLY;
  }

  private int product(int k) {
    List<Integer> factors = new ArrayList<>();
    collect(k, factors);
    factors.sort(Comparator.comparing(depths::get));
    int product = factors.getFirst();
    for (int factor : factors.subList(1, factors.size())) {
      product = binary(BinaryFunction.MULTIPLY, product, factor);
    }
    return product;
  }

  private void collect(int k, List<Integer> factors) {
    Binary product = (Binary) old.get(k);
    for (int operand : new int[] {product.left(), product.right()}) {
      if (uses[operand] == 1 && isProduct(operand)) collect(operand, factors);
      else factors.add(renamed[operand]);
    }
  }

  private int power(int base, int exponent) {
    if (!(code.get(exponent) instanceof Literal(double value))) {
      return binary(BinaryFunction.POWER, base, exponent);
    }
    if (value == 1) return base;
    if (value == 2) return unary(UnaryFunction.SQUARE, base);
    if (value == 3) {
      return binary(BinaryFunction.MULTIPLY, unary(UnaryFunction.SQUARE, base), base);
    }
    if (value < 0 && value >= -3 && value == Math.rint(value)) {
      int positive = add(new Literal(-value), 0);
      return unary(UnaryFunction.RECIPROCAL, power(base, positive));
    }
    return binary(BinaryFunction.POWER, base, exponent);
  }

  private int unary(UnaryFunction function, int operand) {
    return add(new Unary(function, operand), depth(operand));
  }

  private int binary(BinaryFunction function, int left, int right) {
    return add(new Binary(function, left, right), Math.max(depth(left), depth(right)));
  }

  private int depth(int k) {
    return depths.get(k);
  }

  private int add(Instruction instruction, int depth) {
    Integer before = known.get(instruction);
    if (before != null) return before;
    known.put(instruction, code.size());
    return append(instruction, depth);
  }

  private int append(Instruction instruction, int depth) {
    code.add(instruction);
    depths.add(depth);
    return code.size() - 1;
  }
}
