package nabla.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nabla.tensor.Einsum.Factor;
import org.jspecify.annotations.Nullable;

/** Which label of one product is which one of another; none stands for two. */
final class LabelMap {
  private static final int NONE = -1;

  private final int[] images;
  private final int[] origins;

  private LabelMap(int[] images, int[] origins) {
    this.images = images;
    this.origins = origins;
  }

  /** That of no label yet. */
  static LabelMap empty(int from, int to) {
    int[] images = new int[from];
    int[] origins = new int[to];
    Arrays.fill(images, NONE);
    Arrays.fill(origins, NONE);
    return new LabelMap(images, origins);
  }

  /** With a factor upon another one: one way, two for symmetric matrices, or none. */
  List<LabelMap> with(Factor from, Factor to) {
    if (!from.tensor().equals(to.tensor()) || !from.exponent().equals(to.exponent())) {
      return List.of();
    }
    List<LabelMap> maps = new ArrayList<>();
    LabelMap straight = with(from.labels(), to.labels());
    if (straight != null) maps.add(straight);
    if (from.tensor().isSymmetric()) {
      LabelMap turned = with(from.labels().reversed(), to.labels());
      if (turned != null) maps.add(turned);
    }
    return maps;
  }

  /** With labels upon others, or null if that contradicts the map. */
  @Nullable LabelMap with(List<Integer> from, List<Integer> to) {
    LabelMap map = new LabelMap(images.clone(), origins.clone());
    for (int k = 0; k < from.size(); k++) {
      int a = from.get(k);
      int b = to.get(k);
      boolean open = map.images[a] == NONE && map.origins[b] == NONE;
      if (!open && map.images[a] != b) return null;
      map.images[a] = b;
      map.origins[b] = a;
    }
    return map;
  }

  boolean has(int label) {
    return images[label] != NONE;
  }

  boolean isImage(int label) {
    return origins[label] != NONE;
  }

  int image(int label) {
    return images[label];
  }

  List<Integer> images(List<Integer> labels) {
    return labels.stream().map(this::image).toList();
  }

  List<Integer> origins(List<Integer> labels) {
    return labels.stream().map(l -> origins[l]).toList();
  }
}
