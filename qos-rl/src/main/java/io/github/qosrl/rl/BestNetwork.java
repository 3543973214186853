package io.github.qosrl.rl;

import io.github.qosrl.core.policy.MlpPolicy;
import io.github.qosrl.core.policy.NetworkShape;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The best evaluation so far and its network, in a checkpoint. */
final class BestNetwork {
  private BestNetwork() {}

  static void save(Evaluation best, MlpPolicy network, DataOutput out) throws IOException {
    out.writeLong(best.step());
    out.writeInt(best.returns().size());
    for (double value : best.returns()) {
      out.writeDouble(value);
    }
    for (float[] tensor : network.parameters().values()) {
      Floats.write(tensor, out);
    }
  }

  static Evaluation evaluation(DataInput in) throws IOException {
    long step = in.readLong();
    int count = in.readInt();
    if (count < 0 || count > 1_000_000) {
      throw new IOException("it is damaged");
    }
    List<Double> returns = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      returns.add(in.readDouble());
    }
    return new Evaluation(step, returns, true);
  }

  static MlpPolicy network(NetworkShape shape, DataInput in) throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    for (NetworkShape.Tensor tensor : shape.tensors()) {
      float[] values = new float[tensor.size()];
      Floats.read(values, in);
      tensors.put(tensor.name(), values);
    }
    return MlpPolicy.of(shape, tensors);
  }
}
