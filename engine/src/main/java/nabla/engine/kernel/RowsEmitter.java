package nabla.engine.kernel;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;

/** The code of a {@link RowsKernel}: the sums stay in registers while the rows go by. */
final class RowsEmitter {
  private static final int A = 1;
  private static final int BEGIN = 2;
  private static final int LINE = 4;
  private static final int ROWS = 6;
  private static final int COUNT = 7;
  private static final int FACTORS = 8;
  private static final int Z = 9;
  private static final int BEFORE = 10;
  private static final int Y = 12;
  private static final int OFFSET = 13;
  private static final int K = 15;
  private static final int ROW = 16;
  private static final int AT = 17;
  private static final int NUMBER = 19;
  private static final int FACTOR = 21;
  private static final int FIRST_SUM = 22;
  private static final int SPARE = FIRST_SUM + RowsKernel.WIDTH;

  private final CodeBuilder code;
  private final ScalarEmitter scalar;
  private final VectorEmitter vector;
  private final int bytes;

  private RowsEmitter(CodeBuilder code, Precision precision) {
    this.code = code;
    this.scalar = new ScalarEmitter(code, precision);
    this.vector = new VectorEmitter(code, precision, scalar, SPARE);
    this.bytes = VectorModule.lanes(precision) * precision.bytes();
  }

  static RowsKernel kernel(Precision precision) {
    byte[] bytes =
        KernelClass.bytes(
            "CompiledRows", RowsKernel.class, code -> new RowsEmitter(code, precision).run());
    return (RowsKernel) KernelClass.define(bytes, List.of(KernelClass.OFF_HEAP));
  }

  /** That all operands are of one known class keeps it fast, see {@link KernelClass}. */
  private void run() {
    Label unusual = code.newLabel();
    for (int operand : new int[] {A, Z, Y}) KernelClass.checkClass(code, operand, 0, unusual);
    for (int v = 0; v < RowsKernel.WIDTH; v++) {
      vector.load(Z, BEFORE, v * bytes, -1);
      code.astore(FIRST_SUM + v);
    }
    Label next = code.newLabel();
    Label end = code.newLabel();
    code.loadConstant(0).istore(K);
    code.labelBinding(next).iload(K).iload(COUNT).if_icmpge(end);
    add();
    code.iinc(K, 1).goto_(next).labelBinding(end);
    for (int v = 0; v < RowsKernel.WIDTH; v++) {
      code.aload(FIRST_SUM + v);
      vector.store(Y, OFFSET, v * bytes, -1);
    }
    code.return_();
    code.labelBinding(unusual).aconst_null().athrow(); // the caller has looked at that
  }

  private void add() {
    code.aload(ROWS).iload(K).iaload().istore(ROW);
    code.iload(ROW).i2l().lload(LINE).lmul().lload(BEGIN).ladd().lstore(AT);
    code.aload(FACTORS).iload(ROW).daload();
    scalar.narrow();
    code.storeLocal(scalar.kind, NUMBER);
    vector.broadcast(NUMBER);
    code.astore(FACTOR);
    for (int v = 0; v < RowsKernel.WIDTH; v++) {
      vector.load(A, AT, v * bytes, -1);
      code.aload(FACTOR).aload(FIRST_SUM + v);
      vector.multiplyAdd();
      code.astore(FIRST_SUM + v);
    }
  }
}
