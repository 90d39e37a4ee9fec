/**
 * Exact arithmetic modulo random primes as the judge: tensors and their derivatives as dual numbers
 * at random points, with a bound on the probability that two that differ agree there. Knows the
 * laws of functions, but neither differentiation nor simplification.
 */
@NullMarked
package nabla.verify.exact;

import org.jspecify.annotations.NullMarked;
