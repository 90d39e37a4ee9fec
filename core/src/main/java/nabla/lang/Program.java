package nabla.lang;

import java.util.List;
import java.util.stream.Stream;
import nabla.diagnostic.Span;

/**
 * A whole input: named intermediates and the result, as in {@code u = A*x; u'*u}.
 *
 * @param result the last definition; its name is empty unless it was given one
 */
public record Program(List<Definition> definitions, Definition result) {

  /**
   * {@code u = A*x}, or in index notation {@code D[i,j] = A[i,k]*B[k,j]}.
   *
   * @param name what is defined; empty for a result without a name
   * @param indices the indices on the left; empty if the value is no index notation
   */
  public record Definition(String name, List<String> indices, Syntax value, Span span) {}

  /** The definitions in order, the result last. */
  public List<Definition> all() {
    return Stream.concat(definitions.stream(), Stream.of(result)).toList();
  }
}
