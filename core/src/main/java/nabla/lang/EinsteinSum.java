package nabla.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.diagnostic.Code;
import nabla.lang.Typing.Typed;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;

/**
 * {@code einsum("ij,j->i", A, x)}: a letter for every axis of every operand; letters that are not
 * behind the arrow are summed.
 */
final class EinsteinSum {
  private final Typing typing;
  private final Sizes sizes;
  private final Mistakes mistakes;

  EinsteinSum(Typing typing) {
    this.typing = typing;
    this.sizes = typing.sizes;
    this.mistakes = typing.mistakes;
  }

  Typed of(Syntax.Call call) {
    if (call.arguments().isEmpty() || !(call.arguments().getFirst() instanceof Syntax.Text text)) {
      throw mistakes.at(
          call,
          Code.KIND,
          "einsum takes its pattern in quotes first",
          "write einsum(\"ij,j->i\", A, x)");
    }
    List<Syntax> parts = call.arguments().subList(1, call.arguments().size());
    String pattern = text.text().replace(" ", "");
    int arrow = pattern.indexOf("->");
    if (!pattern.matches("[a-zA-Z]*(,[a-zA-Z]*)*->[a-zA-Z]*")) {
      throw mistakes.at(
          text,
          Code.SYNTAX,
          "the pattern of einsum is letters, commas and one arrow",
          "write \"ij,jk->ik\"");
    }
    List<String> operands = List.of(pattern.substring(0, arrow).split(",", -1));
    String result = pattern.substring(arrow + 2);
    if (operands.size() != parts.size()) {
      throw mistakes.at(
          call,
          Code.ARITY,
          "the pattern has " + operands.size() + " operands, but " + parts.size() + " are given",
          "");
    }
    return contraction(text, operands, result, parts);
  }

  private Typed contraction(
      Syntax.Text text, List<String> operands, String result, List<Syntax> parts) {
    Map<Character, Size> extents = new LinkedHashMap<>();
    List<Typed> typed = new ArrayList<>();
    for (int k = 0; k < parts.size(); k++) {
      Typed operand = typing.type(parts.get(k));
      typed.add(operand);
      bind(parts.get(k), operands.get(k), operand.type(), extents);
    }
    List<Size> shape = new ArrayList<>();
    for (int axis = 0; axis < result.length(); axis++) {
      char letter = result.charAt(axis);
      Size size = extents.get(letter);
      if (size == null || result.indexOf(letter) != result.lastIndexOf(letter)) {
        throw mistakes.at(
            text,
            Code.SYNTAX,
            "'"
                + letter
                + (size == null
                    ? "' stands behind the arrow, but at no operand"
                    : "' stands twice behind the arrow"),
            "");
      }
      shape.add(size);
    }
    return typing.typed(
        new Type(List.copyOf(shape), false), () -> build(extents, operands, typed, result));
  }

  private void bind(Syntax part, String letters, Type type, Map<Character, Size> extents) {
    if (letters.length() != type.rank()) {
      throw mistakes.at(
          part,
          Code.SHAPE,
          mistakes.text(part)
              + " has "
              + type.rank()
              + (type.rank() == 1 ? " axis" : " axes")
              + ", but '"
              + letters
              + "' names "
              + letters.length(),
          "");
    }
    for (int axis = 0; axis < letters.length(); axis++) {
      Size known = extents.putIfAbsent(letters.charAt(axis), type.size(axis));
      if (known != null && !sizes.unify(known, type.size(axis))) {
        throw mistakes.indexClash(
            part, letters.substring(axis, axis + 1), known, type.size(axis), sizes);
      }
    }
  }

  private Tensor build(
      Map<Character, Size> extents, List<String> operands, List<Typed> typed, String result) {
    Product product = new Product();
    Map<Character, Integer> labels = new LinkedHashMap<>();
    extents.forEach((letter, size) -> labels.put(letter, product.label(sizes.resolve(size))));
    for (int k = 0; k < operands.size(); k++) {
      product.factor(typed.get(k).built(), labels(operands.get(k), labels));
    }
    return product.to(labels(result, labels));
  }

  private static List<Integer> labels(String letters, Map<Character, Integer> labels) {
    List<Integer> found = new ArrayList<>();
    for (int axis = 0; axis < letters.length(); axis++) {
      found.add(java.util.Objects.requireNonNull(labels.get(letters.charAt(axis))));
    }
    return List.copyOf(found);
  }
}
