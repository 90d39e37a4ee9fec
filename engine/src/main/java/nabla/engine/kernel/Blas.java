package nabla.engine.kernel;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenBLAS. Each has a class of its own, so that it is linked, which takes
 * milliseconds, when it is called first and is a constant to the compiler.
 *
 * <p>A signature has a letter for each parameter: i an int, l an address or size, d a double, f a
 * float; after a colon there is the result's. Fortran takes everything by address and the length of
 * a text, which is 1, at the end.
 */
final class Blas {
  private Blas() {}

  private static MethodHandle link(String name, String signature) {
    if (!(OpenBlas.LOADED instanceof OpenBlas.Found found)) {
      throw new IllegalStateException("no OpenBLAS");
    }
    int end = signature.indexOf(':');
    MemoryLayout[] parameters =
        (end < 0 ? signature : signature.substring(0, end))
            .chars()
            .mapToObj(Blas::layout)
            .toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        end < 0
            ? FunctionDescriptor.ofVoid(parameters)
            : FunctionDescriptor.of(layout(signature.charAt(end + 1)), parameters);
    return Linker.nativeLinker().downcallHandle(found.symbols().findOrThrow(name), descriptor);
  }

  private static MemoryLayout layout(int letter) {
    return switch (letter) {
      case 'i' -> JAVA_INT;
      case 'l' -> JAVA_LONG;
      case 'd' -> JAVA_DOUBLE;
      case 'f' -> JAVA_FLOAT;
      default -> throw new IllegalArgumentException(Character.toString(letter));
    };
  }

  static final class Dgemm {
    static final MethodHandle HANDLE = link("cblas_dgemm", "iiiiiidlilidli");

    private Dgemm() {}
  }

  static final class Sgemm {
    static final MethodHandle HANDLE = link("cblas_sgemm", "iiiiiiflilifli");

    private Sgemm() {}
  }

  static final class Dgemv {
    static final MethodHandle HANDLE = link("cblas_dgemv", "iiiidlilidli");

    private Dgemv() {}
  }

  static final class Sgemv {
    static final MethodHandle HANDLE = link("cblas_sgemv", "iiiiflilifli");

    private Sgemv() {}
  }

  static final class Dger {
    static final MethodHandle HANDLE = link("cblas_dger", "iiidlilili");

    private Dger() {}
  }

  static final class Sger {
    static final MethodHandle HANDLE = link("cblas_sger", "iiiflilili");

    private Sger() {}
  }

  static final class Dsyrk {
    static final MethodHandle HANDLE = link("cblas_dsyrk", "iiiiidlidli");

    private Dsyrk() {}
  }

  static final class Ssyrk {
    static final MethodHandle HANDLE = link("cblas_ssyrk", "iiiiiflifli");

    private Ssyrk() {}
  }

  static final class Ddot {
    static final MethodHandle HANDLE = link("cblas_ddot", "ilili:d");

    private Ddot() {}
  }

  static final class Sdot {
    static final MethodHandle HANDLE = link("cblas_sdot", "ilili:f");

    private Sdot() {}
  }

  static final class Daxpy {
    static final MethodHandle HANDLE = link("cblas_daxpy", "idlili");

    private Daxpy() {}
  }

  static final class Saxpy {
    static final MethodHandle HANDLE = link("cblas_saxpy", "iflili");

    private Saxpy() {}
  }

  static final class Dscal {
    static final MethodHandle HANDLE = link("cblas_dscal", "idli");

    private Dscal() {}
  }

  static final class Sscal {
    static final MethodHandle HANDLE = link("cblas_sscal", "ifli");

    private Sscal() {}
  }

  static final class Dtrsm {
    static final MethodHandle HANDLE = link("cblas_dtrsm", "iiiiiiidlili");

    private Dtrsm() {}
  }

  static final class Strsm {
    static final MethodHandle HANDLE = link("cblas_strsm", "iiiiiiiflili");

    private Strsm() {}
  }

  static final class Dtrmm {
    static final MethodHandle HANDLE = link("cblas_dtrmm", "iiiiiiidlili");

    private Dtrmm() {}
  }

  static final class Strmm {
    static final MethodHandle HANDLE = link("cblas_strmm", "iiiiiiiflili");

    private Strmm() {}
  }

  static final class Dtrsv {
    static final MethodHandle HANDLE = link("cblas_dtrsv", "iiiiilili");

    private Dtrsv() {}
  }

  static final class Strsv {
    static final MethodHandle HANDLE = link("cblas_strsv", "iiiiilili");

    private Strsv() {}
  }

  static final class Dpotrf {
    static final MethodHandle HANDLE = link("dpotrf_", "llllll");

    private Dpotrf() {}
  }

  static final class Spotrf {
    static final MethodHandle HANDLE = link("spotrf_", "llllll");

    private Spotrf() {}
  }

  static final class Dpotri {
    static final MethodHandle HANDLE = link("dpotri_", "llllll");

    private Dpotri() {}
  }

  static final class Spotri {
    static final MethodHandle HANDLE = link("spotri_", "llllll");

    private Spotri() {}
  }

  static final class Dgetrf {
    static final MethodHandle HANDLE = link("dgetrf_", "llllll");

    private Dgetrf() {}
  }

  static final class Sgetrf {
    static final MethodHandle HANDLE = link("sgetrf_", "llllll");

    private Sgetrf() {}
  }

  static final class Dgetri {
    static final MethodHandle HANDLE = link("dgetri_", "lllllll");

    private Dgetri() {}
  }

  static final class Sgetri {
    static final MethodHandle HANDLE = link("sgetri_", "lllllll");

    private Sgetri() {}
  }
}
