package nabla.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import nabla.engine.Node.Effect;
import nabla.engine.Node.Pointwise;

/**
 * The steps of a plan in their order. Loops over the same points that need not wait for one another
 * are one step: what one of them makes at a point the next one has at hand, and memory sees only
 * what a later step reads.
 */
final class Schedule {
  /** What is done at once: one node, or loops over the same points. */
  record Step(List<Node> nodes) {
    boolean isLoop() {
      return nodes.getFirst() instanceof Pointwise;
    }
  }

  private final List<Node> nodes;
  private final Set<Value> kept;
  private final Map<Value, Node> producers = new HashMap<>();
  private final Map<Value, List<Node>> users = new HashMap<>();
  private final Map<Node, Integer> levels = new HashMap<>();
  private final Set<Value> stored = new HashSet<>();
  final List<Step> steps = new ArrayList<>();

  /**
   * @param nodes operands before what uses them
   * @param roots what has to be there in the end
   */
  Schedule(List<Node> nodes, Set<Value> roots) {
    this.kept = roots;
    this.nodes = nodes;
    for (Node n : this.nodes) {
      producers.put(n.result(), n);
      for (Value v : n.operands()) users.computeIfAbsent(v, u -> new ArrayList<>()).add(n);
    }
    for (Node n : this.nodes) levels.put(n, earliest(n));
    for (Node n : this.nodes.reversed()) delay(n);
    arrange();
    for (Node n : this.nodes) for (Value v : n.operands()) if (!isLocal(v, n)) stored.add(v);
    stored.addAll(kept);
  }

  /** Whether a value comes from one of the steps; if not, it is there before. */
  boolean makes(Value value) {
    return producers.containsKey(value);
  }

  /** Whether the value needs memory. */
  boolean isStored(Value value) {
    return stored.contains(value);
  }

  private int earliest(Node node) {
    int level = 0;
    for (Value v : node.operands()) {
      Node producer = producers.get(v);
      if (producer == null) continue;
      int before = level(producer);
      level = Math.max(level, canJoin(producer, node) ? before : before + 1);
    }
    return level;
  }

  private int level(Node node) {
    return levels.getOrDefault(node, 0);
  }

  /** What only later steps need waits for them: a loop that can join them, zeros just before. */
  private void delay(Node node) {
    if (kept.contains(node.result())) return;
    boolean zeros = node instanceof Node.Filled;
    if (!zeros && !(node instanceof Pointwise)) return;
    int least = Integer.MAX_VALUE;
    for (Node user : users.getOrDefault(node.result(), List.of())) {
      if (!zeros && !canJoin(node, user)) return;
      least = Math.min(least, level(user));
    }
    if (least < Integer.MAX_VALUE) levels.put(node, zeros ? least - 1 : least);
  }

  /** Whether a loop could have at hand what another one makes. */
  private static boolean canJoin(Node producer, Node user) {
    if (!(producer instanceof Pointwise p && user instanceof Pointwise u)) return false;
    boolean plain = p.effect() == Effect.STORE && p.before() == null;
    if (!plain || p.result().equals(u.before()) || !p.domain().equals(u.domain())) return false;
    return u.code().reads().filter(r -> r.value().equals(p.result())).allMatch(p.out()::equals);
  }

  /** Whether a node has a value at hand and need not read it. */
  boolean isLocal(Value value, Node user) {
    Node producer = producers.get(value);
    return producer != null && canJoin(producer, user) && level(producer) == level(user);
  }

  private void arrange() {
    Map<Integer, List<Node>> others = new TreeMap<>();
    Map<Integer, Map<Domain, List<Node>>> loops = new TreeMap<>();
    for (Node n : nodes) {
      int level = level(n);
      if (n instanceof Pointwise p) {
        loops
            .computeIfAbsent(level, l -> new LinkedHashMap<>())
            .computeIfAbsent(p.domain(), d -> new ArrayList<>())
            .add(n);
      } else {
        others.computeIfAbsent(level, l -> new ArrayList<>()).add(n);
      }
    }
    Set<Integer> all = new java.util.TreeSet<>(others.keySet());
    all.addAll(loops.keySet());
    for (int level : all) {
      for (Node n : others.getOrDefault(level, List.of())) steps.add(new Step(List.of(n)));
      for (List<Node> group : loops.getOrDefault(level, Map.of()).values()) {
        steps.add(new Step(List.copyOf(group)));
      }
    }
  }
}
