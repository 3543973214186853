package io.github.qosrl.rl;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Adam (Kingma and Ba 2015, algorithm 1) over one flat buffer, with decoupled weight decay
 * (Loshchilov and Hutter 2019, AdamW) and clipping of the gradient's norm.
 */
final class Adam {
  private final float beta1;
  private final float beta2;
  private final float epsilon;
  private final float weightDecay;

  /** First and second moment estimates m and v, and the number of steps t: the whole state. */
  private final float[] m;

  private final float[] v;
  private long t;

  Adam(int parameters, AdamConfig config) {
    beta1 = (float) config.beta1();
    beta2 = (float) config.beta2();
    epsilon = (float) config.epsilon();
    weightDecay = (float) config.weightDecay();
    m = new float[parameters];
    v = new float[parameters];
  }

  /** One step: θ ← θ − α·m̂/(√v̂ + ε) − α·λ·θ. */
  void step(float[] theta, float[] g, double learningRate, float gradientScale) {
    t++;
    double correction1 = 1 - Math.pow(beta1, t);
    double correction2 = Math.sqrt(1 - Math.pow(beta2, t));
    // The paper's section 2 form with the corrections moved into the step size and ε.
    float alpha = (float) (learningRate * correction2 / correction1);
    float epsilonHat = (float) (epsilon * correction2);
    float keep = (float) (1 - learningRate * weightDecay);
    float b1 = beta1;
    float b2 = beta2;
    float c1 = 1 - b1;
    float c2 = 1 - b2;
    for (int i = 0; i < theta.length; i++) {
      float gi = g[i] * gradientScale;
      float mi = b1 * m[i] + c1 * gi;
      float vi = b2 * v[i] + c2 * gi * gi;
      m[i] = mi;
      v[i] = vi;
      theta[i] = keep * theta[i] - alpha * mi / ((float) Math.sqrt(vi) + epsilonHat);
    }
  }

  void save(DataOutput out) throws IOException {
    out.writeLong(t);
    Floats.write(m, out);
    Floats.write(v, out);
  }

  void restore(DataInput in) throws IOException {
    t = in.readLong();
    Floats.read(m, in);
    Floats.read(v, in);
  }
}
