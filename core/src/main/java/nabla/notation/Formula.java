package nabla.notation;

import java.util.List;
import nabla.lang.Syntax;

/**
 * A tensor as it is written down.
 *
 * @param indices the names of the axes if it is index notation, {@code D[i,j,r,s] = …}; empty if it
 *     is matrix notation
 * @param body the right side
 */
public record Formula(List<String> indices, Syntax body) {}
