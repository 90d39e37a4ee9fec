package nabla.optimize;

import nabla.tensor.NumericArray;

/**
 * How far a minimisation is.
 *
 * @param number of the iteration; 0 is the start
 * @param value of the function
 * @param gradientNorm the largest entry of the gradient, without its sign
 * @param point a vector: the entries of the variables one behind the other, in their order in the
 *     function
 */
public record Iteration(int number, double value, double gradientNorm, NumericArray point) {
  Iteration at(NumericArray other) {
    return new Iteration(number, value, gradientNorm, other);
  }
}
