package nabla.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import nabla.engine.kernel.Loop.Access;
import nabla.engine.kernel.Loop.Binary;
import nabla.engine.kernel.Loop.Instruction;
import nabla.engine.kernel.Loop.Load;
import nabla.engine.kernel.Loop.Reduce;
import nabla.engine.kernel.Loop.Reduction;
import nabla.engine.kernel.Loop.Store;
import org.junit.jupiter.api.Test;

class LoopNestTest {
  private static final int LANES = 8;

  @Test
  void axesThatAllAccessesWalkAsOneAreMerged() {
    LoopNest nest = nest(List.of(5, 6, 7), copy(), walk(42, 7, 1), walk(42, 7, 1));
    assertThat(nest.axes()).containsExactly(new Axis.Whole(42, true, 210));
    assertThat(nest.vectorAxis()).isZero();
  }

  @Test
  void axesOfOneIndexAreDropped() {
    assertThat(nest(List.of(1, 1), copy(), walk(9, 1), walk(1, 1)).axes()).isEmpty();
  }

  @Test
  void theContiguousAxisIsVectorised() {
    LoopNest nest = nest(List.of(50, 60), copy(), walk(1, 50), walk(1, 50));
    assertThat(nest.axes()).hasSize(2);
    assertThat(nest.axes().getLast()).isEqualTo(new Axis.Whole(1, true, 50));
    assertThat(nest.vectorAxis()).isEqualTo(1);
  }

  @Test
  void aTransposedAccessIsCopiedInBlocks() {
    LoopNest nest = nest(List.of(500, 600), copy(), walk(1, 500), walk(600, 1));
    assertThat(nest.tiles()).hasSize(1);
    assertThat(nest.axes()).hasSize(4);
    assertThat(nest.vectorAxis()).isEqualTo(3);
  }

  @Test
  void sumsOfColumnsStayInVariablesIfTheyAreFew() {
    List<Instruction> code = List.of(new Load(0), new Reduce(1, Reduction.SUM, false, 0));
    LoopNest few = nest(List.of(9000, 20), code, walk(20, 1), walk(0, 1));
    assertThat(few.vectorAxis()).isZero();
    assertThat(few.vectors()).isEqualTo(3);
    assertThat(few.isCombined((Reduce) few.code().getLast())).isFalse();
    LoopNest many = nest(List.of(9000, 2000), code, walk(2000, 1), walk(0, 1));
    assertThat(many.vectorAxis()).isEqualTo(1);
    assertThat(many.isCombined((Reduce) many.code().getLast())).isTrue();
  }

  @Test
  void productsAreMultipliedOutsideOfTheLoopsOnWhichTheyDoNotDepend() {
    List<Instruction> code =
        List.of(
            new Load(0),
            new Load(1),
            new Load(2),
            new Binary(BinaryFunction.MULTIPLY, 0, 1),
            new Binary(BinaryFunction.MULTIPLY, 3, 2),
            new Store(3, 4));
    LoopNest nest =
        nest(List.of(9, 9, 9), code, walk(0, 0, 1), walk(1, 0, 0), walk(0, 1, 0), walk(81, 9, 1));
    assertThat(nest.code())
        .filteredOn(Binary.class::isInstance)
        .extracting(step -> nest.depth(nest.code().indexOf(step)))
        .containsExactly(2, 3);
  }

  private static List<Instruction> copy() {
    return List.of(new Load(0), new Store(1, 0));
  }

  private static Access walk(Integer... strides) {
    return new Access(Arrays.asList(strides));
  }

  private static LoopNest nest(List<Integer> extents, List<Instruction> code, Access... accesses) {
    return LoopNest.of(new Loop(extents, List.of(accesses), code), LANES);
  }
}
