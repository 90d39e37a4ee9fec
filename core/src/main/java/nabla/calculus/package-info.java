/**
 * Differentiation in reverse mode on the shared tensor expression. Knows operations only through
 * {@link nabla.operation.Primitive#derivative}.
 */
@NullMarked
package nabla.calculus;

import org.jspecify.annotations.NullMarked;
