package nabla.plot;

import java.util.ArrayList;
import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;
import nabla.optimize.Iteration;

/**
 * A function of one number, and what is to be seen of it.
 *
 * @param what of the picture is not the function itself; empty if it is
 * @param stationary where the derivative is zero
 * @param path of a minimisation, with the values; empty if there is none
 */
record Line(
    Section section,
    String name,
    String what,
    Range range,
    List<StationaryPoint> stationary,
    List<Point> path,
    String pathWords) {
  private static final double REACH = 5;
  private static final double NEAR = 2;

  /** The whole of a function of one number. */
  static Line whole(Plot plot, Field field) {
    if (field.size != 1) throw tooMany(field.size);
    String name = field.name(0);
    View view = View.of(plot.ranges(), List.of(name));
    Section section = Section.whole(field);
    List<Point> path = new ArrayList<>();
    String words = plot.hasStart() ? path(plot, path) : "";
    Range range = view.x();
    if (range == null) {
      List<Point> shown = new ArrayList<>(path);
      if (!plot.centre().isEmpty()) shown.add(new Point(field.entries(plot.centre())[0], 0));
      double middle = shown.isEmpty() ? 0 : shown.getFirst().x();
      Extrema.find(section, Range.around(middle, REACH)).forEach(p -> shown.add(p.at()));
      range = View.around(shown.stream().mapToDouble(Point::x).toArray(), NEAR, 0.6);
    }
    return new Line(section, name, "", range, Extrema.find(section, range), path, words);
  }

  private static String path(Plot plot, List<Point> path) {
    Descent descent = plot.minimize();
    for (Iteration i : descent.iterations()) path.add(new Point(i.point().data()[0], i.value()));
    return "%s from %s to %s, %s"
        .formatted(
            descent.length(),
            Ticks.digits(path.getFirst().x(), 4),
            Ticks.digits(path.getLast().x(), 4),
            descent.found().reason());
  }

  private static NablaException tooMany(int size) {
    return size == 2
        ? new NablaException(
            Code.REQUEST, "two numbers move: they are drawn as contour lines (--kind contour)")
        : Plot.tooMany(size);
  }

  /** A function of more numbers along a direction from a point. */
  static Line slice(Plot plot, Field field) {
    Directions directions = Directions.of(plot, field.size, 1);
    Centre centre = Centre.of(plot, field);
    Section section = new Section(field, centre.point(), directions.entries());
    View view = View.of(plot.ranges(), directions.names());
    Range range = view.x() != null ? view.x() : Range.around(0, NEAR);
    String name = field.names() + " along " + directions.names().getFirst();
    return new Line(
        section,
        name,
        "slice through " + centre.words(),
        range,
        Extrema.find(section, range),
        List.of(),
        "");
  }
}
