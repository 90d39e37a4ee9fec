/** Where a scalar function is least, and whether it is convex. */
@NullMarked
package nabla.optimize;

import org.jspecify.annotations.NullMarked;
