package nabla.optimize;

/**
 * How far a minimisation is.
 *
 * @param number of the iteration; 0 is the start
 * @param value of the function
 * @param gradientNorm the largest entry of the gradient, without its sign
 */
public record Iteration(int number, double value, double gradientNorm) {}
