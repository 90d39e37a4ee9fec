/**
 * Brings a tensor into normal form by small named rules and offers other forms of the same tensor
 * (expanded, factored), so that the shortest can be shown. Does not know how it will be printed.
 */
@NullMarked
package nabla.simplify;

import org.jspecify.annotations.NullMarked;
