package nabla.tensor;

/**
 * A 128-bit fingerprint of a tensor's content. Two tensors are the same exactly if their digests
 * are, so that comparing, sorting and remembering tensors costs two machine words whatever their
 * size, and needs no shared table. With good mixing a million nodes collide with probability below
 * 1e-26.
 */
public record Digest(long high, long low) implements Comparable<Digest> {

  /** The digest of nothing but a tag that keeps kinds of content apart. */
  public static Digest tag(String tag) {
    return new Digest(0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL).with(tag);
  }

  /** This digest with a number appended. */
  public Digest with(long value) {
    long h = mix(high ^ (value * 0x87C37B91114253D5L));
    long l = mix(low + Long.rotateLeft(value, 31) * 0x4CF5AD432745937FL + h);
    return new Digest(h + Long.rotateLeft(l, 27), l);
  }

  public Digest with(String text) {
    Digest digest = with(text.length());
    for (int i = 0; i < text.length(); i++) digest = digest.with(text.charAt(i));
    return digest;
  }

  public Digest with(Rational value) {
    if (value.numerator().bitLength() > 63 || value.denominator().bitLength() > 63) {
      return with(value.toString());
    }
    return with(value.numerator().longValue()).with(value.denominator().longValue());
  }

  public Digest with(Size size) {
    Digest digest = with(size.terms().size());
    for (var term : size.terms().entrySet()) {
      digest = digest.with(term.getValue()).with(term.getKey().names().size());
      for (String name : term.getKey().names()) digest = digest.with(name);
    }
    return digest;
  }

  public Digest with(Digest other) {
    return with(other.high).with(other.low);
  }

  /** The 64-bit finaliser of MurmurHash3 (public domain): every input bit flips half the output. */
  static long mix(long value) {
    value ^= value >>> 33;
    value *= 0xFF51AFD7ED558CCDL;
    value ^= value >>> 33;
    value *= 0xC4CEB9FE1A85EC53L;
    return value ^ (value >>> 33);
  }

  @Override
  public int compareTo(Digest other) {
    int order = Long.compare(high, other.high);
    return order != 0 ? order : Long.compare(low, other.low);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }
}
