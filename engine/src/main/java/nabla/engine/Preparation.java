package nabla.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nabla.engine.Node.Pointwise;

/**
 * Which nodes need bound data alone and are run once: factorisations, products and sums, as {@code
 * A'*A} of least squares, and what these need. A loop that makes a number at each of its points for
 * other loops is repeated with them, as its numbers are made about as fast as they would be read.
 */
final class Preparation {
  /** What is kept may have so many times the numbers that it is made of. */
  private static final int MOST = 2;

  /** What is run once, operands before what uses them. */
  final List<Node> once = new ArrayList<>();

  /** What is run in every evaluation. */
  final List<Node> repeated = new ArrayList<>();

  /** What stays from the one for the others, or for the user. */
  final Set<Value> kept = new HashSet<>();

  private final Set<Value> readOnce = new HashSet<>();

  /** What every evaluation reads, what of it has to be in memory, and what is changed there. */
  private final Set<Value> readAgain = new HashSet<>();

  private final Set<Value> storedAgain = new HashSet<>();
  private final Set<Value> changedAgain = new HashSet<>();

  /**
   * @param roots what the user asks for
   */
  Preparation(Nodes nodes, Set<Value> roots) {
    for (Node n : nodes.of(roots).reversed()) {
      if (nodes.isFixed(n.result()) && isOnce(n)) addOnce(n, roots);
      else addRepeated(n);
    }
  }

  /** Whether nothing changes what a node makes, and it is better not to make it again. */
  private boolean isOnce(Node node) {
    Value result = node.result();
    boolean again = readAgain.contains(result) && !readOnce.contains(result);
    return !changedAgain.contains(result) && (!again || isWorthKeeping(node));
  }

  private void addOnce(Node node, Set<Value> roots) {
    once.addFirst(node);
    readOnce.addAll(node.operands());
    Value result = node.result();
    if (readAgain.contains(result) || roots.contains(result)) kept.add(result);
  }

  private void addRepeated(Node node) {
    repeated.addFirst(node);
    readAgain.addAll(node.operands());
    if (!(node instanceof Pointwise p)) storedAgain.addAll(node.operands());
    else if (p.before() != null) changedAgain.add(p.before());
  }

  private boolean isWorthKeeping(Node node) {
    boolean each = node instanceof Pointwise p && !p.effect().reduces();
    if (node instanceof Node.Filled || (each && !storedAgain.contains(node.result()))) return false;
    double operands = node.operands().stream().mapToDouble(Value::count).sum();
    return node.result().count() <= MOST * operands;
  }
}
