package io.github.qosrl.rl.nd4j;

import java.util.concurrent.atomic.AtomicBoolean;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ND4J's backend: starts it once, hands out arrays, and multiplies through its BLAS. */
final class Backend {
  static final String ARTIFACT =
      "org.nd4j:nd4j-native:1.0.0-M2.1, with and without the classifier of this platform"
          + " (linux-x86_64, say)";

  private static final Logger LOG = LoggerFactory.getLogger(Backend.class);
  private static final AtomicBoolean KERNELS_CHECKED = new AtomicBoolean();

  private Backend() {}

  /**
   * Starts ND4J, on first use; that takes seconds.
   *
   * @throws BackendException if it cannot hold arrays in this machine's memory
   */
  static void start() {
    String advice = "add " + ARTIFACT + " at runtime scope";
    String backend;
    try {
      backend = Nd4j.getBackend().getClass().getSimpleName();
    } catch (LinkageError | RuntimeException e) {
      throw new BackendException("ND4J found no backend that works here; " + advice, e);
    }
    if (!backend.equals("CpuBackend")) {
      throw new BackendException(
          "ND4J's backend here is %s, which keeps arrays outside the CPU's memory; %s instead"
              .formatted(backend, advice));
    }
    try {
      // One thread: at these sizes more are slower, and sums would depend on how work is split.
      openblas.blas_set_num_threads(1);
    } catch (LinkageError e) {
      throw new BackendException(
          "OpenBLAS, which ND4J multiplies with, does not load; add org.bytedeco:openblas with the"
              + " classifier of this platform at runtime scope",
          e);
    }
    if (!KERNELS_CHECKED.getAndSet(true)) {
      warnOfUnknownProcessor();
    }
  }

  /**
   * OpenBLAS knows processors by their model. Those that came after its release it may take for the
   * oldest that it has kernels for; nothing but its speed tells.
   */
  private static void warnOfUnknownProcessor() {
    Pointer chosen = Loader.addressof("gotoblas");
    Pointer oldest = Loader.addressof("gotoblas_PRESCOTT");
    if (chosen != null && oldest != null && new PointerPointer<>(chosen).get().equals(oldest)) {
      LOG.warn(
          "OpenBLAS does not know this processor and multiplies as on one of 2004, several times"
              + " slower; set the environment variable OPENBLAS_CORETYPE to Haswell if the processor"
              + " has AVX2, to SkylakeX if it has AVX-512");
    }
  }

  /** A zeroed array of ND4J's, which the caller closes. */
  static INDArray zeros(long length) {
    return Nd4j.createUninitializedDetached(DataType.FLOAT, length).assign(0);
  }

  /** The memory of an array. The array must outlive it. */
  static FloatPointer pointer(INDArray array) {
    Pointer pointer = array.data().pointer();
    return new FloatPointer(pointer).capacity(array.length());
  }

  /** {@code C ← A·B}, row-major; each operand with the length of its rows. */
  static void multiply(
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      FloatPointer c,
      int ldc) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasNoTrans,
        m,
        n,
        k,
        1f,
        a,
        lda,
        b,
        ldb,
        0f,
        c,
        ldc);
  }

  /** {@code C ← Aᵀ·B}, where A has k rows. */
  static void multiplyTransposedLeft(
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      FloatPointer c,
      int ldc) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasTrans,
        openblas.CblasNoTrans,
        m,
        n,
        k,
        1f,
        a,
        lda,
        b,
        ldb,
        0f,
        c,
        ldc);
  }

  /** {@code C ← A·Bᵀ}, where B has n rows. */
  static void multiplyTransposedRight(
      int m,
      int n,
      int k,
      FloatPointer a,
      int lda,
      FloatPointer b,
      int ldb,
      FloatPointer c,
      int ldc) {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        openblas.CblasNoTrans,
        openblas.CblasTrans,
        m,
        n,
        k,
        1f,
        a,
        lda,
        b,
        ldb,
        0f,
        c,
        ldc);
  }

  /** {@code C ← C + 1·bᵀ}: adds a vector to each row. */
  static void addToRows(int rows, int width, FloatPointer ones, FloatPointer b, FloatPointer c) {
    openblas.cblas_sger(openblas.CblasRowMajor, rows, width, 1f, ones, 1, b, 1, c, width);
  }

  /** {@code b ← Cᵀ·1}: the sums of the columns. */
  static void sumRows(int rows, int width, FloatPointer c, FloatPointer ones, FloatPointer b) {
    openblas.cblas_sgemv(
        openblas.CblasRowMajor, openblas.CblasTrans, rows, width, 1f, c, width, ones, 1, 0f, b, 1);
  }

  /** {@code y ← a·x + (1 − a)·y}; with a = 1, copies. */
  static void mix(int length, float a, FloatPointer x, FloatPointer y) {
    if (a == 1f) {
      openblas.cblas_scopy(length, x, 1, y, 1);
    } else {
      openblas.cblas_sscal(length, 1 - a, y, 1);
      openblas.cblas_saxpy(length, a, x, 1, y, 1);
    }
  }

  /** {@code x·x}. */
  static double squaredNorm(int length, FloatPointer x) {
    return openblas.cblas_sdot(length, x, 1, x, 1);
  }
}
