package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Products are equal exactly if some renaming of summed labels makes them the same multiset of
 * factors, told by trying every renaming.
 */
class CanonicalFormTest {
  private static final Size N = Size.of("n");
  private static final Tensor A = new Variable("A", List.of(N, N), Set.of());
  private static final Tensor B = new Variable("B", List.of(N, N), Set.of());
  private static final Tensor S = new Variable("S", List.of(N, N), Set.of(Property.SYMMETRIC));
  private static final Tensor X = new Variable("x", List.of(N), Set.of());
  private static final Tensor T = new Variable("T", List.of(N, N, N), Set.of());
  private static final List<Tensor> FACTORS = List.of(A, A, A, B, S, S, S, X, T);

  private record Use(Tensor tensor, List<Integer> labels) {
    Use renamed(List<Integer> names) {
      return new Use(tensor, labels.stream().map(names::get).toList());
    }

    String text() {
      List<Integer> sorted = new ArrayList<>(labels);
      if (tensor.isSymmetric()) Collections.sort(sorted);
      return tensor + "" + sorted;
    }
  }

  /** Uses over labels 0 to count-1, of which the first few are the output. */
  private record Graph(List<Use> uses, int outputs, int count) {
    Graph renamed(List<Integer> names) {
      return new Graph(uses.stream().map(u -> u.renamed(names)).toList(), outputs, count);
    }

    List<String> text() {
      return uses.stream().map(Use::text).sorted().toList();
    }

    Tensor build(Random random) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
      Collections.shuffle(order, random);
      Product product = new Product();
      List<Integer> names = new ArrayList<>(order);
      for (int label : order) names.set(label, product.label(N));
      List<Use> shuffled = new ArrayList<>(uses);
      Collections.shuffle(shuffled, random);
      for (Use u : shuffled) product.factor(u.tensor, u.renamed(names).labels);
      return product.to(names.subList(0, outputs));
    }
  }

  private static boolean isomorphic(Graph a, Graph b) {
    return permutations(a.outputs, a.count).anyMatch(p -> a.renamed(p).text().equals(b.text()));
  }

  /** Every renaming that leaves the first labels alone. */
  private static java.util.stream.Stream<List<Integer>> permutations(int fixed, int count) {
    List<List<Integer>> all = new ArrayList<>();
    permute(new ArrayList<>(IntStream.range(0, count).boxed().toList()), fixed, all);
    return all.stream();
  }

  private static void permute(List<Integer> names, int from, List<List<Integer>> all) {
    if (from == names.size()) all.add(List.copyOf(names));
    for (int k = from; k < names.size(); k++) {
      Collections.swap(names, from, k);
      permute(names, from + 1, all);
      Collections.swap(names, from, k);
    }
  }

  /** Every label is carried by some factor. */
  private static Graph random(Random random, int count, int outputs) {
    List<Use> uses = new ArrayList<>();
    Set<Integer> carried = new java.util.TreeSet<>();
    while (carried.size() < count || random.nextInt(3) > 0) {
      Tensor tensor = FACTORS.get(random.nextInt(FACTORS.size()));
      List<Integer> labels = new ArrayList<>();
      for (int axis = 0; axis < tensor.rank(); axis++) labels.add(random.nextInt(count));
      carried.addAll(labels);
      uses.add(new Use(tensor, labels));
      if (uses.size() > 6) return random(random, count, outputs);
    }
    return new Graph(uses, outputs, count);
  }

  /** One axis of one factor carries another label, or two axes are exchanged. */
  private static Graph changed(Random random, Graph g) {
    List<Use> uses = new ArrayList<>(g.uses);
    int position = random.nextInt(uses.size());
    Use use = uses.get(position);
    List<Integer> labels = new ArrayList<>(use.labels);
    if (random.nextBoolean()) Collections.reverse(labels);
    else labels.set(random.nextInt(labels.size()), random.nextInt(g.count));
    uses.set(position, new Use(use.tensor, labels));
    Set<Integer> carried = new java.util.TreeSet<>();
    for (Use u : uses) carried.addAll(u.labels);
    return carried.size() == g.count ? new Graph(uses, g.outputs, g.count) : g;
  }

  @Test
  void equalExactlyIfIsomorphic() {
    int alike = 0;
    for (long seed = 0; seed < 4000; seed++) {
      Random random = new Random(seed);
      int count = 1 + random.nextInt(5);
      Graph g = random(random, count, Math.min(random.nextInt(3), count));
      Graph h = changed(random, g);
      boolean expected = isomorphic(g, h);
      if (expected) alike++;
      assertThat(g.build(random)).as("seed %s %s", seed, g.uses).isEqualTo(g.build(random));
      assertThat(g.build(random).equals(h.build(random)))
          .as("seed %s: %s and %s to %s", seed, g.uses, h.uses, g.outputs)
          .isEqualTo(expected);
    }
    assertThat(alike).isBetween(500, 3500);
  }

  private static Graph edges(Tensor matrix, int count, int... ends) {
    List<Use> uses = new ArrayList<>();
    for (int k = 0; k < ends.length; k += 2) {
      uses.add(new Use(matrix, List.of(ends[k], ends[k + 1])));
    }
    return new Graph(uses, 0, count);
  }

  private static Graph circulant(Tensor matrix, int count, int... steps) {
    List<Use> uses = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      for (int step : steps) uses.add(new Use(matrix, List.of(k, (k + step) % count)));
    }
    return new Graph(uses, 0, count);
  }

  private static void assertOneForm(Graph g) {
    Tensor first = g.build(new Random(0));
    for (long seed = 1; seed < 40; seed++) {
      assertThat(g.build(new Random(seed))).as("seed %s", seed).isEqualTo(first);
    }
  }

  /** Cycles, complete graphs and others where every vertex looks like every other. */
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 8, 12, 20, 30})
  void cyclesHaveOneForm(int length) {
    assertOneForm(circulant(A, length, 1));
    assertOneForm(circulant(S, length, 1));
  }

  @Test
  void symmetricGraphsHaveOneForm() {
    assertOneForm(edges(S, 4, 0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3));
    assertOneForm(edges(A, 4, 0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3));
    assertOneForm(circulant(S, 5, 1, 2));
    assertOneForm(circulant(S, 8, 1, 4));
    assertOneForm(circulant(A, 7, 1, 2, 4));
    assertOneForm(circulant(S, 13, 1, 3, 4));
    assertOneForm(petersen());
  }

  private static Graph petersen() {
    return edges(
        S, 10, 0, 1, 1, 2, 2, 3, 3, 4, 4, 0, 0, 5, 1, 6, 2, 7, 3, 8, 4, 9, 5, 7, 7, 9, 9, 6, 6, 8,
        8, 5);
  }

  /** Graphs whose vertices all have three neighbours, so that colours alone do not help. */
  @Test
  void regularGraphsThatDifferStayApart() {
    List<Tensor> forms = new ArrayList<>();
    Graph prism = edges(S, 6, 0, 1, 1, 2, 2, 0, 3, 4, 4, 5, 5, 3, 0, 3, 1, 4, 2, 5);
    Graph bipartite = edges(S, 6, 0, 3, 0, 4, 0, 5, 1, 3, 1, 4, 1, 5, 2, 3, 2, 4, 2, 5);
    for (Graph g :
        List.of(
            prism, bipartite, circulant(S, 8, 1, 4), cube(), circulant(S, 10, 1, 5), petersen())) {
      assertOneForm(g);
      forms.add(g.build(new Random(0)));
    }
    assertThat(forms).doesNotHaveDuplicates();
  }

  private static Graph cube() {
    return edges(S, 8, 0, 1, 1, 3, 3, 2, 2, 0, 4, 5, 5, 7, 7, 6, 6, 4, 0, 4, 1, 5, 2, 6, 3, 7);
  }

  /** The direction of a matrix that is not symmetric counts: tr(A^3) but A'*A*A. */
  @Test
  void directionCounts() {
    Tensor straight = circulant(A, 3, 1).build(new Random(0));
    Tensor turned = edges(A, 3, 0, 1, 1, 2, 0, 2).build(new Random(0));
    assertThat(straight).isNotEqualTo(turned);
    Tensor symmetric = circulant(S, 3, 1).build(new Random(0));
    assertThat(edges(S, 3, 0, 1, 1, 2, 0, 2).build(new Random(0))).isEqualTo(symmetric);
  }
}
