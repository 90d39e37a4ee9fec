package nabla.plot;

/**
 * A function on a line or a plane: {@code f(at + s*u + t*v)}.
 *
 * @param field the function
 * @param origin the point {@code at}
 * @param directions {@code u}, or {@code u} and {@code v}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Section(Field field, double[] origin, double[][] directions) {
  /** The whole of a function of one or two numbers. */
  static Section whole(Field field) {
    double[][] directions = new double[field.size][field.size];
    for (int k = 0; k < field.size; k++) directions[k][k] = 1;
    return new Section(field, new double[field.size], directions);
  }

  double[] point(double... coordinates) {
    double[] point = origin.clone();
    for (int d = 0; d < coordinates.length; d++) {
      for (int k = 0; k < point.length; k++) point[k] += coordinates[d] * directions[d][k];
    }
    return point;
  }

  double value(double... coordinates) {
    return field.value(point(coordinates));
  }

  double[] gradient(double... coordinates) {
    double[] gradient = field.gradient(point(coordinates));
    double[] own = new double[directions.length];
    for (int d = 0; d < own.length; d++) {
      for (int k = 0; k < gradient.length; k++) own[d] += directions[d][k] * gradient[k];
    }
    return own;
  }

  double[][] hessian(double... coordinates) {
    return field.curvature(point(coordinates), directions);
  }
}
