package io.github.qosrl.core.policy;

import java.io.IOException;
import java.io.InputStream;

/** The policies that come with the library. */
public final class Policies {
  private static final String PRETRAINED = "pretrained.safetensors";

  private Policies() {}

  /**
   * The policy for links that nobody has trained for: both directions, decisions every 50 ms, no
   * settings. It improves on what {@code receive-rate} proposes, see {@link GuidedActions}.
   *
   * @return a policy of the caller's own
   * @throws PolicyException if a part that it names is missing from the class path
   */
  public static Policy pretrained() throws PolicyException {
    try (InputStream in = Policies.class.getResourceAsStream(PRETRAINED)) {
      if (in == null) {
        throw new PolicyException("this build of qos-core lacks its policy, " + PRETRAINED);
      }
      return PolicyFile.read(in, PRETRAINED);
    } catch (IOException e) {
      throw new PolicyException("the policy " + PRETRAINED + " cannot be read", e);
    }
  }
}
