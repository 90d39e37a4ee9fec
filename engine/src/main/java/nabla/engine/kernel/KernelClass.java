package nabla.engine.kernel;

import static java.lang.constant.ConstantDescs.BSM_CLASS_DATA_AT;
import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.DEFAULT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * The class of a compiled loop. It deals with the usual runs only: of at least one row, over memory
 * that is off the heap and no mapped file. That all operands are of one known class keeps it fast
 * where other code in the virtual machine works on memory of other kinds: the methods of the
 * segments are shared with that code, and so is what the virtual machine has learnt about them.
 */
final class KernelClass {
  private static final ClassDesc KERNEL = LoopKernel.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc RUN = type(LoopKernel.class);
  static final Class<?> OFF_HEAP = MemorySegment.NULL.getClass();

  /** Bytes of code from which on a method is not compiled, but interpreted for good. */
  static final int HUGE = 8000;

  /** Steps from which on code with vectors is that long, whatever the steps are. */
  private static final int MOST_STEPS = 600;

  /** Places in the data of the class. */
  private static final int UNUSUAL = 0;

  private static final int SEGMENT_CLASS = 1;
  private static final int FIRST_EXTERNAL = 2;

  /** Where types meet in the generated code they are not used any more, so that Object will do. */
  private static final ClassFile CLASSES =
      ClassFile.of(
          ClassHierarchyResolverOption.of(
              c -> ClassHierarchyInfo.ofClass(c.equals(CD_Object) ? null : CD_Object)));

  private KernelClass() {}

  /**
   * @param lanes how many numbers a vector holds, 0 to take them one at a time. So does a loop
   *     whose code is longer with vectors than the virtual machine compiles
   */
  static LoopKernel compile(Loop loop, Precision precision, int lanes) {
    if (lanes > 0 && loop.code().size() > MOST_STEPS) return compile(loop, precision, 0);
    LoopNest nest = LoopNest.of(loop, lanes);
    byte[] bytes = bytes(loop, nest, precision, lanes, true);
    if (lanes > 0 && isHuge(bytes)) return compile(loop, precision, 0);
    Unusual unusual = new Unusual(loop, nest, precision, lanes);
    return define(bytes, nest, unusual, precision, lanes);
  }

  private static boolean isHuge(byte[] bytes) {
    return bytes.length > HUGE
        && CLASSES.parse(bytes).methods().stream()
            .flatMap(method -> method.findAttribute(Attributes.code()).stream())
            .anyMatch(code -> code.codeLength() > HUGE);
  }

  /** Runs of no rows, of too many, and over memory of any kind. */
  private static final class Unusual implements LoopKernel {
    private final Loop loop;
    private final LoopNest nest;
    private final Precision precision;
    private final int lanes;
    private volatile @Nullable LoopKernel anyMemory;

    Unusual(Loop loop, LoopNest nest, Precision precision, int lanes) {
      this.loop = loop;
      this.nest = nest;
      this.precision = precision;
      this.lanes = lanes;
    }

    @Override
    public void run(MemorySegment[] operands, long[] offsets, int rows) {
      LoopKernel kernel = loop.isUsual(rows) ? anyMemory() : new LoopInterpreter(loop, precision);
      kernel.run(operands, offsets, rows);
    }

    private LoopKernel anyMemory() {
      LoopKernel kernel = anyMemory;
      if (kernel == null) {
        byte[] bytes = bytes(loop, nest, precision, lanes, false);
        kernel = define(bytes, nest, this, precision, lanes);
        anyMemory = kernel;
      }
      return kernel;
    }
  }

  private static byte[] bytes(
      Loop loop, LoopNest nest, Precision precision, int lanes, boolean offHeap) {
    return bytes(
        "CompiledLoop",
        LoopKernel.class,
        code -> run(code, loop, new LoopEmitter(code, nest, precision, lanes), offHeap));
  }

  /** A class whose only method, {@code run}, is that of an interface. */
  static byte[] bytes(String name, Class<?> kernel, Consumer<CodeBuilder> body) {
    return CLASSES.build(
        ClassDesc.of(KernelClass.class.getPackageName(), name),
        builder -> {
          builder.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
          builder.withInterfaceSymbols(kernel.describeConstable().orElseThrow());
          builder.withMethodBody(
              INIT_NAME,
              MTD_void,
              0,
              code -> code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void).return_());
          builder.withMethodBody("run", type(kernel), ClassFile.ACC_PUBLIC, body);
        });
  }

  private static MethodTypeDesc type(Class<?> kernel) {
    for (Method m : kernel.getDeclaredMethods()) {
      if (!m.getName().equals("run")) continue;
      MethodType type = MethodType.methodType(m.getReturnType(), m.getParameterTypes());
      return type.describeConstable().orElseThrow();
    }
    throw new IllegalArgumentException(kernel + " runs nothing");
  }

  private static void run(CodeBuilder code, Loop loop, LoopEmitter loops, boolean offHeap) {
    Label unusual = code.newLabel();
    boolean rows = !loop.extents().isEmpty();
    if (rows) {
      code.iload(3).ifle(unusual);
      code.iload(3).loadConstant(loop.extents().getFirst()).if_icmpgt(unusual);
    }
    loops.emit(offHeap ? segment -> checkClass(code, segment, unusual) : _ -> {});
    code.return_();
    if (!rows && !offHeap) return;
    code.labelBinding(unusual).loadConstant(data(KERNEL, UNUSUAL));
    code.aload(1).aload(2).iload(3).invokeinterface(KERNEL, "run", RUN).return_();
  }

  private static void checkClass(CodeBuilder code, int segment, Label unusual) {
    checkClass(code, segment, SEGMENT_CLASS, unusual);
  }

  /**
   * Jumps if an operand is not of the class of memory off the heap.
   *
   * @param place of that class in the data
   */
  static void checkClass(CodeBuilder code, int segment, int place, Label otherwise) {
    code.aload(segment).invokevirtual(CD_Object, "getClass", MethodTypeDesc.of(CD_Class));
    code.loadConstant(data(CD_Class, place)).if_acmpne(otherwise);
  }

  /** Whether generated code that is compiled for memory off the heap alone may work on both. */
  static boolean areOffHeap(MemorySegment a, MemorySegment b) {
    return a.getClass() == OFF_HEAP && b.getClass() == OFF_HEAP;
  }

  /** Something that a class was given when it was defined. */
  static DynamicConstantDesc<?> data(ClassDesc type, int place) {
    return DynamicConstantDesc.ofNamed(BSM_CLASS_DATA_AT, DEFAULT_NAME, type, place);
  }

  /** The function of an external instruction. */
  static DynamicConstantDesc<?> external(ClassDesc type, List<Instruction> code, int instruction) {
    return data(type, FIRST_EXTERNAL + externals(code.subList(0, instruction)));
  }

  /** Where the rotations of vectors are in the data, behind all functions. */
  static int rotations(List<Instruction> code) {
    return FIRST_EXTERNAL + externals(code);
  }

  private static int externals(List<Instruction> code) {
    return (int) code.stream().filter(External.class::isInstance).count();
  }

  private static LoopKernel define(
      byte[] bytes, LoopNest nest, LoopKernel unusual, Precision precision, int lanes) {
    List<Object> data = new ArrayList<>(List.of(unusual, OFF_HEAP));
    for (Instruction step : nest.code()) {
      if (step instanceof External external) data.add(external.function());
    }
    data.addAll(VectorModule.rotations(precision, lanes));
    return (LoopKernel) define(bytes, data);
  }

  /**
   * An object of a class.
   *
   * @param data what its code may load by {@link #data}
   */
  static Object define(byte[] bytes, List<Object> data) {
    try {
      return MethodHandles.lookup()
          .defineHiddenClassWithClassData(bytes, List.copyOf(data), true)
          .lookupClass()
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("generated code is wrong", failure);
    }
  }
}
