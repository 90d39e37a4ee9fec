package nabla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureNoteTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          symmetric | ambient     | "each entry of X changes by itself; --structure projected keeps it symmetric, independent counts each pair X[i,j] = X[j,i] once"
          pd        | ambient     | "each entry of X changes by itself; --structure projected keeps it pd, independent counts each pair X[i,j] = X[j,i] once"
          psd       | ambient     | "each entry of X changes by itself; --structure projected keeps it psd, independent counts each pair X[i,j] = X[j,i] once"
          lower     | ambient     | each entry of X changes by itself; --structure projected keeps it lower
          pd lower  | ambient     | "each entry of X changes by itself; --structure projected keeps it lower pd, independent counts each pair X[i,j] = X[j,i] once"
          symmetric | projected   | "X changes only so that it stays symmetric: G becomes (G + G')/2, the gradient for the inner product of matrices; tables that count each pair X[i,j] = X[j,i] once have G + G' - G.*I instead"
          skew      | projected   | X changes only so that it stays skew
          symmetric | independent | "the free entries of X change one at a time: G becomes G + G' - G.*I, twice the projected gradient off the diagonal, since X[i,j] and X[j,i] move together"
          toeplitz  | ambient     | each entry of X changes by itself; --structure projected keeps it toeplitz
          toeplitz  | projected   | "X changes only so that it stays toeplitz: G becomes diagmean(G), with the mean of each diagonal at each of its entries"
          toeplitz pd | projected | "X changes only so that it stays toeplitz pd: G becomes diagmean((G + G')/2), with the mean of each diagonal at each of its entries"
          toeplitz skew | projected | "X changes only so that it stays skew toeplitz: G becomes diagmean((G - G')/2), with the mean of each diagonal at each of its entries"
          toeplitz lower | projected | "X changes only so that it stays lower toeplitz: G becomes tril(diagmean(G)), with the mean of each diagonal at each of its entries"
          toeplitz upper | projected | "X changes only so that it stays upper toeplitz: G becomes triu(diagmean(G)), with the mean of each diagonal at each of its entries"
          toeplitz diagonal | projected | "X changes only so that it stays diagonal toeplitz: G becomes diagmean(G).*eye, with the mean of each diagonal at each of its entries"
          toeplitz skew | independent | "the free entries of X change one at a time: each entry of G becomes the sum of its diagonal, less that of the one across"
          toeplitz  | independent | "the free entries of X change one at a time: each entry of G becomes the sum of its diagonal"
          toeplitz symmetric | independent | "the free entries of X change one at a time: each entry of G becomes the sum of its diagonal, and of the one across"
          diagonal  | independent | the free entries of X change one at a time
          """)
  void theConventionInOneLine(String property, String structure, String note) {
    Derivative derivative =
        Expression.parse("tr(A*X)", "X: matrix[n,n] " + property)
            .derivative(List.of("X"), Layout.DENOMINATOR, Structure.of(structure).orElseThrow());
    assertThat(derivative.notes()).containsExactly(note);
  }
}
