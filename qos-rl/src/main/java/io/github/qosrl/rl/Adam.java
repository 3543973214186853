package io.github.qosrl.rl;

import io.github.qosrl.rl.nd4j.QNetwork;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over one flat buffer, with decoupled weight decay
 * (Loshchilov and Hutter 2019, AdamW) and clipping of the gradient's norm.
 */
final class Adam {
  /**
   * Added and taken away again, it rounds moments to multiples of 8·10⁻²⁸, far below what ε lets
   * matter. The moments of a dead unit's weights would otherwise shrink to denormal numbers and
   * stay there, and arithmetic on those is ten times slower.
   */
  private static final float TINY = 1e-20f;

  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final float weightDecay;

  /**
   * First and second moment estimates m and v, in blocks as the parameters come, and the number of
   * steps t: the whole state.
   */
  private final float[][] m;

  private final float[][] v;
  private final QNetwork.Descent descent = this::stepBlock;
  private long t;

  /** Of the step under way. */
  private float alpha;

  private float epsilonHat;
  private float keep;
  private float scale;

  Adam(int parameters, AdamConfig config) {
    beta1 = (float) config.beta1();
    beta2 = (float) config.beta2();
    epsilon = (float) config.epsilon();
    weightDecay = (float) config.weightDecay();
    m = blocks(parameters);
    v = blocks(parameters);
  }

  private static float[][] blocks(int length) {
    int count = (length + QNetwork.BLOCK - 1) / QNetwork.BLOCK;
    float[][] blocks = new float[count][];
    for (int i = 0; i < count; i++) {
      blocks[i] = new float[Math.min(QNetwork.BLOCK, length - i * QNetwork.BLOCK)];
    }
    return blocks;
  }

  /** One step: θ ← θ − α·m̂/(√v̂ + ε) − α·λ·θ. */
  void step(QNetwork network, double learningRate, float gradientScale) {
    t++;
    double correction1 = 1 - Math.pow(beta1, t);
    double correction2 = Math.sqrt(1 - Math.pow(beta2, t));
    // The paper's section 2 form with the corrections moved into the step size and ε.
    alpha = (float) (learningRate * correction2 / correction1);
    epsilonHat = (float) (epsilon * correction2);
    keep = (float) (1 - learningRate * weightDecay);
    scale = gradientScale;
    network.descend(descent);
  }

  private void stepBlock(int block, float[] theta, float[] g, int count) {
    moments(m[block], v[block], g, count);
    move(theta, m[block], v[block], count);
  }

  private void moments(float[] m, float[] v, float[] g, int count) {
    float b1 = beta1;
    float b2 = beta2;
    float c1 = 1 - b1;
    float c2 = 1 - b2;
    float s = scale;
    for (int i = 0; i < count; i++) {
      float gi = g[i] * s;
      m[i] = b1 * m[i] + c1 * gi + TINY - TINY;
      v[i] = b2 * v[i] + c2 * gi * gi + TINY - TINY;
    }
  }

  private void move(float[] theta, float[] m, float[] v, int count) {
    float a = alpha;
    float e = epsilonHat;
    float k = keep;
    for (int i = 0; i < count; i++) {
      theta[i] = k * theta[i] - a * m[i] / ((float) Math.sqrt(v[i]) + e);
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(t);
    for (int i = 0; i < m.length; i++) {
      Floats.write(m[i], out);
      Floats.write(v[i], out);
    }
  }

  void restore(DataInput in) throws IOException {
    t = in.readLong();
    for (int i = 0; i < m.length; i++) {
      Floats.read(m[i], in);
      Floats.read(v[i], in);
    }
  }
}
