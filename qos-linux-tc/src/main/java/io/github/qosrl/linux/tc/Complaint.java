package io.github.qosrl.linux.tc;

import io.github.qosrl.core.ShaperException;

/** Turns what {@code tc} complains of into one line that says what to do. */
final class Complaint {
  private Complaint() {}

  static ShaperException of(String host, String command, String error) {
    return new ShaperException(
        "on %s, 'tc %s' failed: %s%s".formatted(host, command, error, advice(error)));
  }

  private static String advice(String error) {
    if (error.contains("Operation not permitted")) {
      return "; changing qdiscs needs root, or the capability CAP_NET_ADMIN";
    }
    if (error.contains("kind is unknown") || error.contains("Unknown qdisc")) {
      return "; this kernel or this tc has no such qdisc, choose another shaper";
    }
    if (error.contains("Exclusivity flag") || error.contains("NLM_F_REPLACE")) {
      return "; somebody put a qdisc there a moment ago";
    }
    if (error.contains("What is") || error.contains("Illegal")) {
      return "; this tc is too old for it, iproute2 5.0 or later is needed";
    }
    return "";
  }
}
