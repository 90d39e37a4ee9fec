/**
 * Derivations as a lecturer writes them on the board: by differentials, by the limit, entry by
 * entry and by the chain rule. A line is verified before it becomes a part of one.
 */
@NullMarked
package nabla.explain;

import org.jspecify.annotations.NullMarked;
