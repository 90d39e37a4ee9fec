package nabla.plot;

import java.util.List;
import nabla.diagnostic.Code;
import nabla.diagnostic.NablaException;

/**
 * A function of one number.
 *
 * @param what of the picture is not the function itself; empty if it is
 * @param chosen the range that is shown; otherwise one about the interesting points
 */
record Line(Section section, String name, String what, Range range, boolean chosen) {
  private static final double REACH = 5;
  private static final double NEAR = 2;

  static Line whole(Plot plot, Field field) {
    if (field.size != 1) throw tooMany(field.size);
    String name = field.name(0);
    View view = View.of(plot.ranges(), List.of(name));
    boolean chosen = view.x() != null;
    double middle = plot.centre().isEmpty() ? 0 : field.entries(plot.centre())[0];
    Range range = view.x() != null ? view.x() : Range.around(middle, REACH);
    return new Line(Section.whole(field), name, "", range, chosen);
  }

  private static NablaException tooMany(int size) {
    return size == 2
        ? new NablaException(
            Code.REQUEST, "two numbers move: they are drawn as contour lines (--kind contour)")
        : Plot.tooMany("a picture", size);
  }

  static Line slice(Plot plot, Field field) {
    Directions directions = Directions.of(plot, field.size, 1);
    Centre centre = Centre.of(plot, field);
    Section section = new Section(field, centre.point(), directions.entries());
    View view = View.of(plot.ranges(), directions.names());
    Range range = view.x() != null ? view.x() : Range.around(0, NEAR);
    String name = field.names() + " along " + directions.names().getFirst();
    return new Line(section, name, "slice through " + centre.words(), range, true);
  }
}
