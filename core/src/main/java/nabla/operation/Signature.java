package nabla.operation;

import java.util.ArrayList;
import java.util.List;
import nabla.tensor.Size;

/**
 * What a function accepts and returns, such as {@code matrix[m,n], vector[n] -> vector[m]}. Names
 * of sizes belong to the signature; equal names mean equal sizes.
 */
public record Signature(List<Parameter> parameters, Parameter result) {

  /**
   * The kind of one operand or of the result.
   *
   * @param any whether every shape fits; all the {@code any} of one signature have one shape
   * @param shape the sizes of the axes, unless {@code any}
   */
  public record Parameter(boolean any, List<Size> shape) {
    public int rank() {
      return shape.size();
    }
  }

  /**
   * Reads a signature.
   *
   * @param text operands, an arrow and the result, each {@code any}, {@code scalar}, {@code
   *     vector[n]}, {@code matrix[m,n]} or {@code tensor[m,n,p]}; sizes are products of names and
   *     numbers
   */
  public static Signature parse(String text) {
    int arrow = text.indexOf("->");
    List<Parameter> parameters = new ArrayList<>();
    for (String part : text.substring(0, arrow).split(",(?![^\\[]*\\])", -1)) {
      if (!part.isBlank()) parameters.add(parameter(part.strip()));
    }
    return new Signature(List.copyOf(parameters), parameter(text.substring(arrow + 2).strip()));
  }

  static List<Signature> all(String... texts) {
    List<Signature> signatures = new ArrayList<>();
    for (String text : texts) signatures.add(parse(text));
    return List.copyOf(signatures);
  }

  private static Size factor(String name) {
    boolean number = Character.isDigit(name.charAt(0));
    return number ? Size.of(Integer.parseInt(name)) : Size.of(name);
  }

  private static Parameter parameter(String text) {
    if (text.equals("any")) return new Parameter(true, List.of());
    int open = text.indexOf('[');
    if (open < 0) return new Parameter(false, List.of());
    List<Size> shape = new ArrayList<>();
    for (String size : text.substring(open + 1, text.length() - 1).split(",", -1)) {
      Size product = Size.of(1);
      for (String name : size.strip().split("\\*", -1)) product = product.times(factor(name));
      shape.add(product);
    }
    return new Parameter(false, List.copyOf(shape));
  }
}
