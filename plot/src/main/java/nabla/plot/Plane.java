package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Iteration;
import org.jspecify.annotations.Nullable;

/**
 * A function of two numbers, and what is to be seen of it.
 *
 * @param section the function
 * @param names of the two numbers
 * @param what of the picture is not the function itself; empty if it is
 * @param stationary where the gradient is zero
 * @param path of a minimisation; empty if there is none
 * @param centre a point to be marked
 * @param centreWords what it is
 */
record Plane(
    Section section,
    List<String> names,
    String what,
    Range x,
    Range y,
    List<StationaryPoint> stationary,
    List<Point> path,
    String pathWords,
    @Nullable Point centre,
    String centreWords) {
  /** How far around the start is searched where nothing says how far. */
  private static final double REACH = 5;

  private static final double NEAR = 2;
  private static final String GIVEN = "the given point";

  /** The whole of a function of two numbers. */
  static Plane whole(Plot plot, Field field) {
    if (field.size != 2) {
      if (field.size > 2) throw Plot.tooMany(field.size);
      throw new NablaException(
          Code.REQUEST, "one number moves, not two: it is drawn as a curve (--kind curve)");
    }
    Section section = Section.whole(field);
    List<String> names = List.of(field.name(0), field.name(1));
    List<Point> path = new ArrayList<>();
    String words = plot.hasStart() ? path(plot, path) : "";
    View view = View.of(plot.ranges(), names);
    List<Point> shown = new ArrayList<>(path);
    Point centre = null;
    if (!plot.centre().isEmpty()) {
      double[] given = field.entries(plot.centre());
      centre = new Point(given[0], given[1]);
      shown.add(centre);
    }
    Point middle = shown.isEmpty() ? new Point(0, 0) : shown.getFirst();
    Range x = view.x() != null ? view.x() : Range.around(middle.x(), REACH);
    Range y = view.y() != null ? view.y() : Range.around(middle.y(), REACH);
    List<StationaryPoint> near = StationarySearch.find(section, x, y);
    near.forEach(p -> shown.add(p.at()));
    View chosen = view.finite(view.around(shown, NEAR), section::value);
    Range finalX = chosen.requireX();
    Range finalY = chosen.requireY();
    List<StationaryPoint> all = StationarySearch.find(section, finalX, finalY);
    return new Plane(section, names, "", finalX, finalY, all, path, words, centre, GIVEN);
  }

  /** Adds the points of the path, and says how it went. */
  private static String path(Plot plot, List<Point> path) {
    Descent descent = plot.minimize();
    for (Iteration iteration : descent.iterations()) {
      double[] entries = iteration.point().data();
      Point next = new Point(entries[0], entries[1]);
      if (path.isEmpty() || !path.getLast().equals(next)) path.add(next);
    }
    double size =
        path.stream().mapToDouble(p -> Math.max(Math.abs(p.x()), Math.abs(p.y()))).max().orElse(0);
    return "%s from %s to %s, %s"
        .formatted(
            descent.length(),
            StationaryPoint.coordinates(path.getFirst(), size),
            StationaryPoint.coordinates(path.getLast(), size),
            descent.found().reason());
  }

  /** A function of more numbers along two directions from a point. */
  static Plane slice(Plot plot, Field field) {
    if (field.size < 2) {
      throw new NablaException(
          Code.REQUEST, "one number moves: it is drawn as a curve (--kind curve)");
    }
    Directions directions = Directions.of(plot, field.size, 2);
    Centre centre = Centre.of(plot, field);
    Section section = new Section(field, centre.point(), directions.entries());
    View view = View.of(plot.ranges(), directions.names());
    View chosen = view.around(List.of(new Point(0, 0)), NEAR);
    List<String> names =
        directions.names().stream().map(name -> field.names() + " along " + name).toList();
    return new Plane(
        section,
        names,
        "slice through " + centre.words() + (directions.random() ? ", random directions" : ""),
        chosen.requireX(),
        chosen.requireY(),
        List.of(),
        List.of(),
        "",
        new Point(0, 0),
        centre.words());
  }
}
