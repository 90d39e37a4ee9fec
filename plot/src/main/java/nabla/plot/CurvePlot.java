package nabla.plot;
final class CurvePlot { static Picture draw(Plot p, Line q) { throw new UnsupportedOperationException(); } }
