package nabla.operation;

import java.util.List;
import java.util.function.Function;
import nabla.tensor.Tensor;

/** A function that is short for an expression of products, sums and other operations. */
record Definition(
    String name,
    List<String> aliases,
    String summary,
    List<Signature> signatures,
    Function<List<Tensor>, Tensor> meaning)
    implements Operation {

  Definition(
      String name, String summary, List<Signature> signatures, Function<List<Tensor>, Tensor> m) {
    this(name, List.of(), summary, signatures, m);
  }

  @Override
  public Tensor of(List<Tensor> operands) {
    return meaning.apply(operands);
  }
}
