package nabla.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A plan with memory of its own, for one thread at a time. */
final class Execution {
  private final Plan plan;
  private final MemorySegment memory;
  private final Map<String, MemorySegment> given = new HashMap<>();
  private final List<Work> works = new ArrayList<>();

  /**
   * @param data the memory of the variables that are the same in every run, by name; the others get
   *     memory of their own
   */
  Execution(Plan plan, Map<String, MemorySegment> data) {
    this.plan = plan;
    Arena arena = Arena.ofAuto();
    this.memory = arena.allocate(Math.max(plan.memory.bytes(), 64), 64);
    plan.given.forEach(
        (name, value) -> {
          MemorySegment bound = data.get(name);
          long bytes = Math.max(1, value.count()) * plan.precision.bytes();
          given.put(name, bound != null ? bound : arena.allocate(bytes, 64));
        });
    for (Schedule.Step step : plan.schedule.steps) {
      works.add(Works.of(step, this, plan));
    }
  }

  void run() {
    for (Work work : works) work.run();
  }

  /** The memory that holds a value. */
  MemorySegment segment(Value value) {
    return value.origin() == Value.Origin.GIVEN ? given(value.name()) : memory;
  }

  /** Where a value begins in its memory, in bytes. */
  long offset(Value value) {
    return value.origin() == Value.Origin.GIVEN ? 0 : plan.memory.offset(value);
  }

  MemorySegment given(String name) {
    return Objects.requireNonNull(given.get(name), name);
  }
}
