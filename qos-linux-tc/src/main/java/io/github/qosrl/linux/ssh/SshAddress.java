package io.github.qosrl.linux.ssh;

import com.google.common.base.Splitter;
import io.github.qosrl.core.spi.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how users write a router: {@code [USER@]ROUTER[:PORT][?OPTION=VALUE&…]}. Pure. */
final class SshAddress {
  static final String SYNTAX = "ssh:[USER@]ROUTER[:PORT]";
  private static final String OPTIONS =
      "identity=FILE, known-hosts=FILE, check-host-key=no, timeout=10s, patience=5s";

  private SshAddress() {}

  /**
   * @param text what follows {@code ssh:}; two slashes in front are accepted
   * @throws IllegalArgumentException if it is none
   */
  static SshOptions parse(String text) {
    URI uri = uri(text.startsWith("//") ? text : "//" + text);
    String router = uri.getHost();
    if (router == null || !String.valueOf(uri.getPath()).matches("/?")) {
      throw refused(text, null);
    }
    SshOptions options = SshOptions.of(router.replaceFirst("^\\[(.*)]$", "$1"));
    if (uri.getPort() >= 0) {
      options = options.withPort(uri.getPort());
    }
    if (uri.getUserInfo() != null) {
      if (uri.getUserInfo().isEmpty() || uri.getUserInfo().contains(":")) {
        throw refused(text, "a user's name alone; passwords are not used");
      }
      options = options.withUser(uri.getUserInfo());
    }
    return uri.getRawQuery() == null ? options : with(options, uri.getQuery());
  }

  private static URI uri(String text) {
    try {
      return new URI("ssh:" + text);
    } catch (URISyntaxException e) {
      throw refused(text, null);
    }
  }

  private static SshOptions with(SshOptions plain, String query) {
    SshOptions options = plain;
    List<Path> identities = new ArrayList<>();
    for (String pair : Splitter.on('&').omitEmptyStrings().split(query)) {
      int equals = pair.indexOf('=');
      String value = pair.substring(equals + 1);
      switch (equals < 0 ? "" : pair.substring(0, equals)) {
        case "identity" -> identities.add(path(value));
        case "known-hosts" -> options = options.withKnownHosts(path(value));
        case "timeout" -> options = options.withTimeout(time(pair, value));
        case "patience" -> options = options.withPatience(time(pair, value));
        case "check-host-key" -> {
          if (!value.equals("no") && !value.equals("yes")) {
            throw refused(pair, "yes or no");
          }
          options = value.equals("no") ? options.withoutHostKeyCheck() : options;
        }
        default -> throw refused(pair, OPTIONS);
      }
    }
    return identities.isEmpty() ? options : options.withIdentities(identities);
  }

  private static Duration time(String pair, String value) {
    Duration time = Settings.parseDuration(value);
    if (time == null) {
      throw refused(pair, "a time, such as 5s");
    }
    return time;
  }

  private static Path path(String value) {
    try {
      return Path.of(value.replaceFirst("^~(?=/)", System.getProperty("user.home")));
    } catch (InvalidPathException e) {
      throw refused(value, "a file's name");
    }
  }

  private static IllegalArgumentException refused(String text, @Nullable String accepted) {
    return new IllegalArgumentException(
        "'%s' is no router; accepted: %s"
            .formatted(
                text, accepted == null ? SYNTAX + ", then ? and options: " + OPTIONS : accepted));
  }
}
