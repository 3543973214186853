package io.github.qosrl.core.policy;

import io.github.qosrl.core.policy.NetworkShape.Tensor;
import io.github.qosrl.core.spi.ConfigurationException;
import io.github.qosrl.core.spi.PluginException;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Provider;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that a trained policy travels in: safetensors, with 32-bit float tensors named as in
 * {@link NetworkShape#tensors()} and, as metadata, what is needed to build the rest.
 *
 * <p>Metadata keys: {@code format} = {@value #FORMAT}; {@code schema} = {@value #SCHEMA}; {@code
 * encoder} and {@code actions}, ids; {@code encoder.KEY} and {@code actions.KEY}, their parameters;
 * {@code network.inputs}, {@code .hidden}, {@code .actions}, {@code .dueling}, {@code .quantiles};
 * {@code provenance.KEY}, {@link Policy#metadata()}. Reading is strict and its memory bounded: a
 * file is read whole and right, or refused with one line. Thread-safe.
 */
public final class PolicyFile {

  /** The value of the metadata key {@code format}. */
  public static final String FORMAT = "qos-policy";

  /** The version of this layout. */
  public static final String SCHEMA = "1";

  private PolicyFile() {}

  /**
   * Reads a policy, whose encoder and action set are looked up on the class path.
   *
   * @throws PolicyException if the file cannot be read or is not a policy that works here
   */
  public static Policy read(Path file) throws PolicyException {
    return read(file, encoders(), actionSets());
  }

  /**
   * Reads a policy.
   *
   * @param encoders the encoders it may use
   * @param actionSets the action sets it may use
   * @throws PolicyException if the file cannot be read or is not a policy that works here
   */
  public static Policy read(
      Path file, Plugins<FeatureEncoderProvider> encoders, Plugins<ActionSetProvider> actionSets)
      throws PolicyException {
    return policy(file.toString(), load(file), encoders, actionSets);
  }

  /**
   * Reads a policy from a stream, a resource say; does not close it.
   *
   * @param name what to call it in messages
   * @throws PolicyException if it cannot be read or is not a policy that works here
   */
  public static Policy read(InputStream in, String name) throws PolicyException {
    try {
      return policy(name, Safetensors.read(in), encoders(), actionSets());
    } catch (IOException e) {
      throw refused(name, e);
    }
  }

  /**
   * Reads only the weights: a network that was trained elsewhere, in a safetensors file without our
   * metadata.
   *
   * @param shape what its tensors must add up to, by the names of {@link NetworkShape#tensors()}
   * @throws PolicyException if the file cannot be read, or holds other tensors
   */
  public static MlpPolicy readNetwork(Path file, NetworkShape shape) throws PolicyException {
    return network(file.toString(), load(file), shape);
  }

  /**
   * Writes a policy: to a new file beside the target, which then takes its place at once. Whatever
   * happens, the target is the old file or the new one, and nothing else is left behind.
   *
   * @throws PolicyException if it cannot be written
   */
  public static void write(Path file, Policy policy) throws PolicyException {
    Safetensors content = content(policy);
    try {
      AtomicFile.write(file, content::write);
    } catch (NoSuchFileException e) {
      throw new PolicyException(
          "policy %s cannot be written: its directory does not exist; create it".formatted(file),
          e);
    } catch (IOException e) {
      throw new PolicyException("policy %s cannot be written: %s".formatted(file, reason(e)), e);
    }
  }

  private static Safetensors content(Policy policy) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("schema", SCHEMA);
    metadata.put("encoder", policy.encoder().id());
    policy.encoder().parameters().forEach((k, v) -> metadata.put("encoder." + k, v));
    metadata.put("actions", policy.actions().id());
    policy.actions().parameters().forEach((k, v) -> metadata.put("actions." + k, v));
    NetworkShape shape = policy.network().shape();
    metadata.putAll(PolicyMetadata.of(shape));
    policy.metadata().forEach((k, v) -> metadata.put("provenance." + k, v));
    Map<String, float[]> parameters = policy.network().parameters();
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (Tensor tensor : shape.tensors()) {
      float[] values = parameters.getOrDefault(tensor.name(), new float[0]);
      tensors.put(tensor.name(), new Safetensors.Tensor(dimensions(tensor), values));
    }
    return new Safetensors(metadata, tensors);
  }

  private static Policy policy(
      String name,
      Safetensors file,
      Plugins<FeatureEncoderProvider> encoders,
      Plugins<ActionSetProvider> actionSets)
      throws PolicyException {
    PolicyMetadata metadata = new PolicyMetadata(name, file.metadata());
    metadata.require("format", FORMAT);
    metadata.require("schema", SCHEMA);
    MlpPolicy network = network(name, file, metadata.shape());
    try {
      FeatureEncoder encoder =
          encoders.require(metadata.text("encoder")).create(metadata.settings("encoder"));
      ActionSet actions =
          actionSets.require(metadata.text("actions")).create(metadata.settings("actions"));
      return new Policy(encoder, actions, network, metadata.section("provenance"));
    } catch (PluginException | ConfigurationException | IllegalArgumentException e) {
      throw refused(name, e);
    }
  }

  private static MlpPolicy network(String name, Safetensors file, NetworkShape shape)
      throws PolicyException {
    Map<String, float[]> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, Safetensors.Tensor> tensor : file.tensors().entrySet()) {
      parameters.put(tensor.getKey(), tensor.getValue().values());
    }
    try {
      MlpPolicy network = MlpPolicy.of(shape, parameters);
      for (Tensor tensor : shape.tensors()) {
        Safetensors.Tensor read = file.tensors().get(tensor.name());
        if (read == null || !Arrays.equals(read.shape(), dimensions(tensor))) {
          throw new IllegalArgumentException(
              "tensor '%s' is not of shape %s".formatted(tensor.name(), tensor.dimensions()));
        }
      }
      return network;
    } catch (IllegalArgumentException e) {
      throw refused(name, e);
    }
  }

  private static int[] dimensions(Tensor tensor) {
    int[] dimensions = new int[tensor.dimensions().size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = tensor.dimensions().get(i);
    }
    return dimensions;
  }

  private static Safetensors load(Path file) throws PolicyException {
    if (Files.isDirectory(file)) {
      throw new PolicyException("policy %s is a directory; accepted: a file".formatted(file));
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return Safetensors.read(in);
    } catch (NoSuchFileException e) {
      throw new PolicyException("policy %s does not exist".formatted(file), e);
    } catch (IOException e) {
      throw refused(file.toString(), e);
    }
  }

  private static PolicyException refused(String name, Exception cause) {
    return new PolicyException(
        "policy %s cannot be used: %s".formatted(name, reason(cause)), cause);
  }

  private static String reason(Exception e) {
    String message = e.getMessage();
    if (message == null) {
      return e.getClass().getSimpleName();
    }
    return String.join("; ", List.of(message.split("\\R\\s*-?\\s*")));
  }

  private static Plugins<FeatureEncoderProvider> encoders() throws PolicyException {
    return plugins(FeatureEncoderProvider.class);
  }

  private static Plugins<ActionSetProvider> actionSets() throws PolicyException {
    return plugins(ActionSetProvider.class);
  }

  private static <P extends Provider> Plugins<P> plugins(Class<P> kind) throws PolicyException {
    try {
      return Plugins.load(kind);
    } catch (PluginException e) {
      throw new PolicyException(reason(e), e);
    }
  }
}
