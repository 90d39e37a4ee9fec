/**
 * Numbers as the judge: a reference interpreter for tensors, sample points that honour declared
 * properties, and finite differences against every derivative. Shares no code with what it judges:
 * knows tensors and the reference values of operations, but neither differentiation nor
 * simplification.
 */
@NullMarked
package nabla.verify;

import org.jspecify.annotations.NullMarked;
