package io.github.qosrl.core.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** This machine. */
final class LocalHost extends ProcessHost {

  @Override
  public String name() {
    return "local";
  }

  @Override
  List<String> prefix() {
    return List.of();
  }

  @Override
  protected Optional<HostException> failure(CommandResult result) {
    return Optional.empty();
  }

  @Override
  public String read(String path) throws HostException {
    return readFile(locate(path), path, name());
  }

  @Override
  Path locate(String path) {
    return Path.of(path);
  }
}
