package nabla.optimize;

/**
 * A line of the way to a formula for a minimum, {@code left = right}.
 *
 * @param remark what leads to it
 */
public record Step(String left, String right, String remark) {}
