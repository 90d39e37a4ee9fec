/** Where a scalar function is least. */
@NullMarked
package nabla.optimize;

import org.jspecify.annotations.NullMarked;
