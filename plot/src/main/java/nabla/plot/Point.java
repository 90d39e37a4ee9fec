package nabla.plot;

/**
 * A point of a picture, from its top left corner, or one of a plane in which a function is seen.
 */
record Point(double x, double y) {
  Point plus(double dx, double dy) {
    return new Point(x + dx, y + dy);
  }

  double distance(Point other) {
    return Math.hypot(x - other.x, y - other.y);
  }

  /** The point so far on the way to another, from 0 to 1. */
  Point towards(Point other, double share) {
    return new Point(x + share * (other.x - x), y + share * (other.y - y));
  }
}
