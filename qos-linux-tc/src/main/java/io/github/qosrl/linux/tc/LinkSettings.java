package io.github.qosrl.linux.tc;

import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.spi.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Reads which link to shape: {@code wan}, the interface by which the upload leaves; for the
 * download either {@code lan}, the interface by which it leaves, or {@code ifb}, the device through
 * which it is led where it arrives; {@code replace}, whether to take the place of a stranger's root
 * qdisc for the time being.
 */
final class LinkSettings {
  private LinkSettings() {}

  /** The link that the settings describe; what is wrong with them is noted there. */
  static TcShaperBuilder read(Host host, Settings settings) {
    String wan = name(settings, "wan");
    String lan = name(settings, "lan");
    String ifb = name(settings, "ifb");
    TcShaperBuilder builder = new TcShaperBuilder(host).replace(settings.flag("replace", false));
    if (!settings.has("wan") && !settings.has("lan")) {
      settings.problem("wan", "or 'lan' is missing: the interface to shape");
    }
    if (ifb != null && !settings.has("wan")) {
      settings.problem("ifb", "needs 'wan': the interface on which the download arrives");
    }
    if (ifb != null && lan != null) {
      settings.problem("ifb", "and 'lan' exclude each other: the download is shaped in one place");
    }
    if (wan != null && (wan.equals(lan) || wan.equals(ifb))) {
      settings.problem("wan", "is also given for the download; that leaves by another interface");
    }
    if (wan != null) {
      builder.wan(wan);
    }
    if (lan != null) {
      builder.lan(lan);
    }
    if (ifb != null) {
      builder.ifb(ifb);
    }
    return builder;
  }

  private static @Nullable String name(Settings settings, String key) {
    String text = settings.text(key).orElse(null);
    if (text == null) {
      return null;
    }
    boolean good = Device.isName(text);
    settings.require(good, key, "an interface name, as 'ip -br link' shows it");
    return good ? text : null;
  }
}
