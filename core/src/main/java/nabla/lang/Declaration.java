package nabla.lang;

import java.util.List;
import java.util.Set;
import nabla.diagnostic.Span;
import nabla.tensor.Property;
import nabla.tensor.Size;

/**
 * {@code A: matrix[n,n] symmetric}.
 *
 * @param sizes empty if the sizes are to be inferred
 */
public record Declaration(
    String name, Kind kind, List<Size> sizes, Set<Property> properties, Span span) {}
