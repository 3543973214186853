package io.github.qosrl.rl.nd4j;

/**
 * A multilayer perceptron from observations to action values, with the gradient of its parameters.
 * All parameters lie in one flat buffer, as do their gradients.
 *
 * <p>Not thread-safe. Arrays that it hands out are its own and are overwritten by the next call of
 * the same method; none is allocated after construction.
 */
public interface QNetwork extends AutoCloseable {

  /**
   * Makes a network whose parameters are all zero.
   *
   * @param maxRows most observations in one batch
   * @throws BackendException if ND4J has no backend that can hold it
   */
  static QNetwork create(NetworkShape shape, int maxRows) {
    return BlasQNetwork.create(shape, maxRows);
  }

  /** Parameters that {@link Descent} is handed at a time, at most. */
  int BLOCK = 2048;

  /** Changes a block of parameters by its gradient. */
  @FunctionalInterface
  interface Descent {
    /**
     * Changes the parameters in place.
     *
     * @param block counts from 0; each but the last has {@link #BLOCK} parameters
     * @param theta parameters of the block
     * @param gradient their gradient
     * @param count how many there are
     */
    void step(int block, float[] theta, float[] gradient, int count);
  }

  /** The form of this network. */
  NetworkShape shape();

  /**
   * The flat parameters, as they are now. After writing to them call {@link #parametersChanged}.
   */
  float[] parameters();

  /** Makes what was written to {@link #parameters} effective. */
  void parametersChanged();

  /** A copy of the flat gradient that the last {@link #backward} left. */
  float[] gradient();

  /** The Euclidean norm of that gradient. */
  double gradientNorm();

  /** Changes all parameters by that gradient. */
  void descend(Descent descent);

  /**
   * Moves the parameters towards those of a network of the same form: {@code θ ← τθ′ + (1 − τ)θ}.
   *
   * @param tau (0, 1]; 1 copies
   */
  void approach(QNetwork other, float tau);

  /**
   * Values of a batch.
   *
   * @param observations one row after the other
   * @param first the first row to take, counted from 0
   * @param rows how many, at most the {@code maxRows} given at construction
   * @return {@code rows × outputs} values, one row after the other
   */
  float[] forward(float[] observations, int first, int rows);

  /**
   * Gradient of a loss with respect to the parameters, for the first rows of the last {@link
   * #forward} batch.
   *
   * @param outputGradient gradient with respect to the values, {@code rows × outputs}; overwritten
   * @param rows at most those of the last forward batch
   */
  void backward(float[] outputGradient, int rows);

  /**
   * Values of one observation, in plain Java: for a single row faster than BLAS.
   *
   * @param values receives {@code outputs} values
   */
  void evaluate(float[] observation, float[] values);

  /** Frees the native memory. */
  @Override
  void close();
}
