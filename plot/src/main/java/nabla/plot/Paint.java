package nabla.plot;

/**
 * A colour with a name, in light and in dark surroundings.
 *
 * @param light red, green and blue, eight bits each
 */
record Paint(String name, int light, int dark) {
  static final Paint PAPER = new Paint("paper", 0xffffff, 0x14181d);
  static final Paint TEXT = new Paint("text", 0x1c2126, 0xe6e9ec);
  static final Paint QUIET = new Paint("quiet", 0x5a636c, 0xa3abb3);
  static final Paint GRID = new Paint("grid", 0xe3e6e9, 0x2b3138);
  static final Paint GAP = new Paint("gap", 0xd9dcdf, 0x30353b);
  static final Paint CONTOUR = new Paint("contour", 0x3d5a80, 0x8fb4dd);
  static final Paint ARROW = new Paint("arrow", 0x6b7178, 0x939ba3);
  static final Paint FIRST = new Paint("first", 0x1f5fa8, 0x6cb0f5);
  static final Paint SECOND = new Paint("second", 0xb04a00, 0xf5a35c);
  static final Paint PATH = new Paint("path", 0xb3123f, 0xff7d9c);
  static final Paint MINIMUM = new Paint("minimum", 0x0b6b3a, 0x5fd494);
  static final Paint SADDLE = new Paint("saddle", 0x8a4b00, 0xf0b35a);
  static final Paint MAXIMUM = new Paint("maximum", 0x7a1fa2, 0xd69af0);

  private static final int[] LIGHT = {0xcfe3f5, 0xe9f1f7, 0xfbf3e4, 0xfbdcb4, 0xf3b483};
  private static final int[] DARK = {0x14344f, 0x1f3440, 0x33352f, 0x4d3a22, 0x683a1e};

  /** After viridis by Smith and van der Walt: lightness rises evenly. */
  private static final int[] HEIGHTS = {
    0x46327e, 0x3f4c8a, 0x33638d, 0x277f8e, 0x1fa088, 0x4ac16d, 0xa0da39, 0xfde725
  };

  /** What fills between two contour lines: one of so many bands, the lowest first. */
  static Paint band(int number, int of) {
    double share = of == 1 ? 0.5 : (double) number / (of - 1);
    return new Paint("band-" + number + "-of-" + of, mixed(LIGHT, share), mixed(DARK, share));
  }

  /**
   * The colour of a surface, which is the same everywhere.
   *
   * @param height from 0 to 1
   * @param light how much falls on it, from 0 to 1
   */
  static Paint surface(double height, double light) {
    int colour = scaled(mixed(HEIGHTS, height), light);
    return new Paint(hex(colour).substring(1), colour, colour);
  }

  private static int mixed(int[] colours, double share) {
    double position = Math.clamp(share, 0, 1) * (colours.length - 1);
    int below = Math.min((int) position, colours.length - 2);
    return mixed(colours[below], colours[below + 1], position - below);
  }

  private static int mixed(int first, int second, double share) {
    int mixed = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int a = first >> shift & 0xff;
      int b = second >> shift & 0xff;
      mixed |= (int) Math.round(a + share * (b - a)) << shift;
    }
    return mixed;
  }

  private static int scaled(int colour, double light) {
    return mixed(0, colour, light);
  }

  /** As in {@code #1c2126}. */
  static String hex(int colour) {
    return "#%06x".formatted(colour);
  }
}
