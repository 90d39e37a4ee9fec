package nabla.engine.kernel;

import java.lang.invoke.MethodHandle;

/**
 * The functions of OpenBLAS, with signatures as in {@link NativeCode#link}. Each has a class of its
 * own, so that it is linked, which takes milliseconds, when it is called first, and is a constant
 * to the compiler. Those of LAPACK take everything by address, and at the end the length of a text.
 */
final class Blas {
  // constants of cblas.h
  static final int ROW_MAJOR = 101;
  static final int PLAIN = 111;
  static final int TRANSPOSED = 112;
  static final int UPPER = 121;
  static final int LOWER = 122;
  static final int NON_UNIT = 131;
  static final int UNIT = 132;
  static final int LEFT = 141;
  static final int RIGHT = 142;

  private Blas() {}

  private static MethodHandle link(String name, String signature) {
    if (OpenBlas.LOADED instanceof OpenBlas.Found found) {
      return NativeCode.link(found.symbols(), name, signature);
    }
    throw new IllegalStateException("no OpenBLAS");
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

  static final class Dgetrs {
    static final MethodHandle HANDLE = link("dgetrs_", "llllllllll");

    private Dgetrs() {}
  }

  static final class Sgetrs {
    static final MethodHandle HANDLE = link("sgetrs_", "llllllllll");

    private Sgetrs() {}
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
