package io.github.qosrl.linux.tc;

import io.github.qosrl.core.spi.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How CAKE treats packets, apart from its bandwidth (tc-cake(8)).
 *
 * @param keywords its parameters, as {@code tc} takes them
 */
record CakeOptions(List<String> keywords) {
  private static final Set<String> DIFFSERV =
      Set.of("besteffort", "precedence", "diffserv3", "diffserv4", "diffserv8");
  private static final Set<String> LINK_LAYERS =
      Set.of(
          "raw",
          "conservative",
          "ethernet",
          "docsis",
          "noatm",
          "atm",
          "ptm",
          "pppoa-vcmux",
          "pppoa-llc",
          "pppoe-vcmux",
          "pppoe-llcsnap",
          "bridged-vcmux",
          "bridged-llcsnap",
          "ipoa-vcmux",
          "ipoa-llcsnap",
          "pppoe-ptm",
          "bridged-ptm",
          "ether-vlan");
  private static final Set<String> ISOLATION =
      Set.of(
          "flowblind",
          "srchost",
          "dsthost",
          "hosts",
          "flows",
          "dual-srchost",
          "dual-dsthost",
          "triple-isolate");

  /** Three tins by DSCP, and CAKE's own defaults. */
  static final CakeOptions DEFAULT = new CakeOptions(List.of("diffserv3"));

  CakeOptions {
    keywords = List.copyOf(keywords);
  }

  /**
   * Reads {@code diffserv}, {@code rtt}, {@code overhead}, {@code mpu}, {@code link-layer}, {@code
   * isolation}, {@code nat}, {@code wash}, {@code ack-filter} and {@code ingress}.
   */
  static CakeOptions read(Settings settings) {
    List<String> keywords = new ArrayList<>();
    keywords.add(settings.oneOf("diffserv", "diffserv3", DIFFSERV));
    if (settings.has("isolation")) {
      keywords.add(settings.oneOf("isolation", "triple-isolate", ISOLATION));
    }
    flag(settings, keywords, "nat", "nat", "nonat");
    flag(settings, keywords, "wash", "wash", "nowash");
    flag(settings, keywords, "ack-filter", "ack-filter", "no-ack-filter");
    flag(settings, keywords, "ingress", "ingress", "egress");
    if (settings.has("rtt")) {
      keywords.add("rtt");
      long micros = settings.duration("rtt", Duration.ofMillis(100)).toNanos() / 1000;
      settings.require(micros >= 1 && micros <= 10_000_000, "rtt", "a time from 1us to 10s");
      keywords.add(micros + "us");
    }
    if (settings.has("link-layer")) {
      keywords.add(settings.oneOf("link-layer", "ethernet", LINK_LAYERS));
    }
    // A number overrides what the link layer's keyword implies, so it comes after it.
    number(settings, keywords, "overhead", -64, 256);
    number(settings, keywords, "mpu", 0, 256);
    return new CakeOptions(keywords);
  }

  private static void flag(
      Settings settings, List<String> keywords, String key, String on, String off) {
    if (settings.has(key)) {
      keywords.add(settings.flag(key, false) ? on : off);
    }
  }

  private static void number(
      Settings settings, List<String> keywords, String key, int min, int max) {
    if (settings.has(key)) {
      keywords.add(key);
      keywords.add(Integer.toString(settings.integer(key, 0, min, max)));
    }
  }

  @Override
  public String toString() {
    return String.join(" ", keywords);
  }
}
