package nabla;

import java.util.stream.Collectors;
import nabla.tensor.Property;
import nabla.tensor.Variable;

/** The convention for a structured variable in one line, and why people disagree about it. */
final class StructureNote {
  private StructureNote() {}

  static String of(Variable x, Structure structure) {
    String declared =
        x.properties().stream().sorted().map(Property::label).collect(Collectors.joining(" "));
    String name = x.name();
    return switch (structure) {
      case AMBIENT ->
          "each entry of "
              + name
              + " changes by itself; --structure projected keeps it "
              + declared
              + (isSymmetric(x) ? ", independent counts each pair X[i,j] = X[j,i] once" : "");
      case PROJECTED -> name + " changes only so that it stays " + declared + projected(x);
      case INDEPENDENT -> "the free entries of " + name + " change one at a time" + independent(x);
    };
  }

  private static boolean isSymmetric(Variable x) {
    return x.is(Property.SYMMETRIC) || x.is(Property.PD) || x.is(Property.PSD);
  }

  private static String projected(Variable x) {
    if (x.is(Property.TOEPLITZ)) {
      return ": G becomes "
          + toeplitz(x)
          + ", with the mean of each diagonal at each of its entries";
    }
    return isSymmetric(x)
        ? ": G becomes (G + G')/2, the gradient for the inner product of matrices; tables"
            + " that count each pair X[i,j] = X[j,i] once have G + G' - G.*I instead"
        : "";
  }

  private static String toeplitz(Variable x) {
    if (x.is(Property.DIAGONAL) || (x.is(Property.LOWER) && x.is(Property.UPPER))) {
      return "diagmean(G).*eye";
    }
    if (isSymmetric(x)) return "diagmean((G + G')/2)";
    if (x.is(Property.SKEW)) return "diagmean((G - G')/2)";
    if (x.is(Property.LOWER)) return "tril(diagmean(G))";
    return x.is(Property.UPPER) ? "triu(diagmean(G))" : "diagmean(G)";
  }

  private static String independent(Variable x) {
    if (x.is(Property.TOEPLITZ)) {
      String pairs =
          isSymmetric(x)
              ? ", and of the one across"
              : x.is(Property.SKEW) ? ", less that of the one across" : "";
      return ": each entry of G becomes the sum of its diagonal" + pairs;
    }
    return isSymmetric(x)
        ? ": G becomes G + G' - G.*I, twice the projected gradient off the diagonal,"
            + " since X[i,j] and X[j,i] move together"
        : "";
  }
}
