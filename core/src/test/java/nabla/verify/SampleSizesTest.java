package nabla.verify;

import static nabla.verify.Samples.matrix;
import static nabla.verify.Samples.vector;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import nabla.tensor.Product;
import nabla.tensor.Size;
import nabla.tensor.Tensor;
import nabla.tensor.Tensors;
import nabla.tensor.Unit;
import org.junit.jupiter.api.Test;

class SampleSizesTest {
  @Test
  void theFirstNameIs352() {
    Tensor form =
        Tensors.multiply(matrix("A", Size.of("m"), Size.of("n")), vector("x", Size.of("n")));
    assertThat(SampleSizes.of(List.of(form)))
        .containsExactly(Map.of("m", 3, "n", 4), Map.of("m", 5, "n", 3), Map.of("m", 2, "n", 5));
  }

  @Test
  void othersStartWithTheLastName() {
    Tensor form =
        Tensors.multiply(matrix("A", Size.of("m"), Size.of("n")), vector("x", Size.of("n")));
    assertThat(SampleSizes.others(List.of(form)))
        .containsExactly(Map.of("n", 3, "m", 4), Map.of("n", 5, "m", 3), Map.of("n", 2, "m", 5));
  }

  @Test
  void differentNamesDiffer() {
    Tensor tensor =
        Tensors.ones(List.of(Size.of("a"), Size.of("b"), Size.of("c"), Size.of("d"), Size.of("e")));
    for (Map<String, Integer> sizes : SampleSizes.of(List.of(tensor))) {
      assertThat(new HashSet<>(sizes.values())).hasSize(5);
      assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isBetween(1, 6));
    }
  }

  @Test
  void namesAreFoundWhereverTheyHide() {
    Product sum = new Product();
    int i = sum.label(Size.of("p"));
    int j = sum.label(Size.of("q"));
    Tensor ones = sum.to(i, i, j);
    assertThat(SampleSizes.of(List.of(Tensors.total(ones))).getFirst()).containsOnlyKeys("p", "q");
    Tensor fixed = vector("x", Size.of(3));
    assertThat(SampleSizes.of(List.of(fixed))).hasSize(3).containsOnly(Map.of());
  }

  @Test
  void everyEntryThatIsReadExists() {
    Product entry = new Product();
    int i = entry.label(Size.of("n"));
    Tensor seventh =
        entry.factor(vector("x", Size.of("n")), i).factor(new Unit(Size.of("n"), 7), i).to();
    for (Map<String, Integer> sizes : SampleSizes.of(List.of(seventh))) {
      assertThat(sizes).containsEntry("n", 7);
    }
  }
}
