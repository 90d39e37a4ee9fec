/**
 * Proofs of convexity by composition, and numbers that refute it. It knows tensors and operations,
 * and nothing of minimisation.
 */
@NullMarked
package nabla.optimize.convexity;

import org.jspecify.annotations.NullMarked;
