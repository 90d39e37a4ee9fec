package nabla.engine;

/**
 * The pairs of the numbers below n, each of which stands for itself and its mirror image. They are
 * in the order of the distance, around a circle, from the one number to the other: first (k,k) for
 * every k, then (k,k+1), then (k,k+2), where 0 comes after n-1. So all of them are a box of
 * distances and numbers, but for the last row of it, of which half is enough if n is even.
 */
record Circle(int n) {
  /** Products of matrices like whole vectors. */
  private static final int VECTOR = 8;

  /** From so many numbers on, pairs save more than it takes to write them out. */
  private static final int LEAST = 5;

  static boolean isWorthIt(double n) {
    return n >= LEAST;
  }

  int pairs() {
    return Math.toIntExact((long) n * (n + 1) / 2);
  }

  /** As many as there are pairs, up to whole vectors. */
  int columns() {
    return Math.multiplyExact(Math.ceilDiv(pairs(), VECTOR), VECTOR);
  }

  /** How many distances there are in so many columns. */
  int distances() {
    return Math.ceilDiv(columns(), n);
  }

  /** Where a pair stands. */
  int place(int k, int l) {
    int distance = Math.floorMod(l - k, n);
    int back = n - distance;
    if (2 * distance == n) return distance * n + Math.min(k, l);
    return distance < back ? distance * n + k : back * n + l;
  }

  /** The places of (k,l), k by k. */
  int[] places() {
    int[] places = new int[Math.multiplyExact(n, n)];
    for (int k = 0; k < n; k++) {
      for (int l = 0; l < n; l++) places[k * n + l] = place(k, l);
    }
    return places;
  }
}
