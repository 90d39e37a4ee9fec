package nabla.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestTest {
  private static final Digest START = Digest.tag("t");

  /** Whatever differs in content, order or grouping has another digest, in both halves. */
  @Test
  void contentTellsApart() {
    List<Digest> digests = new ArrayList<>();
    for (String tag : List.of("", "a", "b", "ab", "ba")) digests.add(Digest.tag(tag));
    for (int a = -2; a <= 2; a++) {
      digests.add(START.with(a));
      for (int b = -2; b <= 2; b++) digests.add(START.with(a).with(b));
    }
    for (Size size : List.of(Size.of(7), Size.of("n"), Size.of("m"), Size.of("nm"))) {
      digests.add(START.with(size));
      digests.add(START.with(size.times(Size.of("n"))));
      digests.add(START.with(size.plus(Size.of("k"))));
    }
    for (int p = 3; p <= 5; p++) {
      for (int q : new int[] {7, 11}) digests.add(START.with(Rational.of(p, q)));
    }
    Rational large = Rational.of(3).power(50);
    for (Rational r : List.of(large, large.negate(), large.inverse(), large.plus(Rational.ONE))) {
      digests.add(START.with(r));
    }
    digests.add(START.with("a").with("bc"));
    digests.add(START.with("ab").with("c"));
    digests.add(START.with(START));
    digests.add(START.with(Digest.tag("u")));
    assertThat(digests).doesNotHaveDuplicates();
    Set<Long> low = new HashSet<>();
    Set<Long> high = new HashSet<>();
    for (Digest d : digests) {
      low.add(d.low());
      high.add(d.high());
    }
    assertThat(low).hasSameSizeAs(digests);
    assertThat(high).hasSameSizeAs(digests);
  }

  @Test
  void orderIsByBothHalves() {
    Digest small = new Digest(1, 5);
    assertThat(small).isLessThan(new Digest(2, 0)).isGreaterThan(new Digest(1, 4));
    assertThat(small).isEqualByComparingTo(new Digest(1, 5));
    assertThat(small).isEqualTo(new Digest(1, 5)).hasSameHashCodeAs(new Digest(9, 5));
  }

  /** Published values of the finaliser, and that each bit of the input flips about half. */
  @Test
  void mixingSpreadsEveryBit() {
    assertThat(Digest.mix(0)).isZero();
    assertThat(Digest.mix(1)).isEqualTo(0xB456BCFC34C2CB2CL);
    for (int bit = 0; bit < 64; bit++) {
      int flipped = 0;
      for (long x = 1; x <= 100; x++) {
        flipped += Long.bitCount(Digest.mix(x * 7919) ^ Digest.mix(x * 7919 ^ (1L << bit)));
      }
      assertThat(flipped / 100.0).as("bit %s", bit).isBetween(28.0, 36.0);
    }
  }
}
