package nabla.engine.kernel;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nabla.engine.kernel.Loop.External;
import nabla.engine.kernel.Loop.Instruction;

/**
 * Compiles loops to bytecode: with vectors where the module jdk.incubator.vector is there, else one
 * number at a time. Sums are added up in another order than the loop says, and products multiplied.
 *
 * <p>An operand that is stored to may share memory with one that is loaded if both have the same
 * offset and strides; other operands that are written share no memory.
 */
public final class LoopCompiler {
  private static final int CACHED = 512;

  private static final ClassDesc KERNEL = LoopKernel.class.describeConstable().orElseThrow();
  private static final ClassDesc SELF =
      ClassDesc.of(LoopCompiler.class.getPackageName(), "CompiledLoop");
  private static final MethodTypeDesc RUN =
      MethodTypeDesc.of(CD_void, ScalarEmitter.SEGMENT.arrayType(), CD_long.arrayType(), CD_int);

  /** Where types meet in the generated code they are not used any more, so that any will do. */
  private static final ClassFile CLASSES =
      ClassFile.of(ClassHierarchyResolverOption.of(_ -> ClassHierarchyInfo.ofInterface()));

  private record Key(Loop loop, Precision precision) {}

  private static final Map<Key, LoopKernel> CACHE =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LoopKernel> eldest) {
          return size() > CACHED;
        }
      };

  private LoopCompiler() {}

  /** A kernel that runs a loop. */
  public static LoopKernel compile(Loop loop, Precision precision) {
    if (loop.code().stream().anyMatch(External.class::isInstance)) {
      return compile(loop, precision, VectorModule.lanes(precision));
    }
    Key key = new Key(loop, precision);
    synchronized (CACHE) {
      LoopKernel cached = CACHE.get(key);
      if (cached != null) return cached;
    }
    LoopKernel kernel = compile(loop, precision, VectorModule.lanes(precision));
    synchronized (CACHE) {
      CACHE.put(key, kernel);
    }
    return kernel;
  }

  /**
   * @param lanes how many numbers a vector holds, 0 to take them one at a time
   */
  static LoopKernel compile(Loop loop, Precision precision, int lanes) {
    if (loop.extents().contains(0)) return new LoopInterpreter(loop, precision);
    List<Loop> parts = SplitLoop.split(loop);
    if (parts.size() == 1) return single(parts.getFirst(), precision, lanes);
    return SplitLoop.of(parts, parts.stream().map(part -> single(part, precision, lanes)).toList());
  }

  private static LoopKernel single(Loop loop, Precision precision, int lanes) {
    LoopInterpreter interpreter = new LoopInterpreter(loop, precision);
    int accesses = SplitLoop.accesses(loop);
    if (accesses > SplitLoop.MOST_COMPILED) return interpreter;
    int used = accesses > SplitLoop.MOST_WITH_VECTORS ? 0 : lanes;
    LoopNest nest = LoopNest.of(loop, used);
    byte[] bytes =
        CLASSES.build(
            SELF,
            builder -> {
              builder
                  .withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                  .withInterfaceSymbols(KERNEL);
              builder.withMethodBody(
                  ConstantDescs.INIT_NAME,
                  ConstantDescs.MTD_void,
                  0,
                  code ->
                      code.aload(0)
                          .invokespecial(
                              ConstantDescs.CD_Object,
                              ConstantDescs.INIT_NAME,
                              ConstantDescs.MTD_void)
                          .return_());
              builder.withMethodBody(
                  "run",
                  RUN,
                  ClassFile.ACC_PUBLIC,
                  code -> {
                    if (!loop.extents().isEmpty()) guard(code, loop.extents().getFirst());
                    new LoopEmitter(code, nest, precision, used).emit();
                  });
            });
    List<Object> data = new ArrayList<>(List.of(interpreter));
    for (Instruction step : nest.code()) {
      if (step instanceof External external) data.add(external.function());
    }
    return define(bytes, data);
  }

  /** Leaves empty runs, and those of more rows than there are, to the interpreter. */
  private static void guard(CodeBuilder code, int most) {
    Label usual = code.newLabel();
    Label unusual = code.newLabel();
    code.iload(3).ifle(unusual).iload(3).loadConstant(most).if_icmple(usual);
    code.labelBinding(unusual);
    code.loadConstant(
        DynamicConstantDesc.ofNamed(
            ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, KERNEL, 0));
    code.aload(1).aload(2).iload(3).invokeinterface(KERNEL, "run", RUN).return_();
    code.labelBinding(usual);
  }

  /** The place of an external function in the data of its class. */
  static int externalPlace(List<Instruction> code, int instruction) {
    int place = 1;
    for (Instruction step : code.subList(0, instruction)) if (step instanceof External) place++;
    return place;
  }

  private static LoopKernel define(byte[] bytes, List<Object> data) {
    try {
      Class<?> kernel =
          MethodHandles.lookup()
              .defineHiddenClassWithClassData(bytes, List.copyOf(data), true)
              .lookupClass();
      return (LoopKernel) kernel.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new IllegalStateException("generated code is wrong", failure);
    }
  }
}
