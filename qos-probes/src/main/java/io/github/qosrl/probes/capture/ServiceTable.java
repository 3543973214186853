package io.github.qosrl.probes.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which service a server's name belongs to: lines of keyword, service and traffic type, of which
 * the first that matches counts. Immutable and thread-safe.
 */
final class ServiceTable {

  /**
   * A line of the table.
   *
   * @param keyword a part of the names of its servers, in lower case
   * @param service its name
   * @param type its traffic type
   */
  record Service(String keyword, String service, String type) {}

  private static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9._-]*");
  private static final String RESOURCE = "services.txt";

  private final List<Service> services;

  private ServiceTable(List<Service> services) {
    this.services = List.copyOf(services);
  }

  /** The table that comes with the library. */
  static ServiceTable standard() {
    try (InputStream in =
        Objects.requireNonNull(ServiceTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return read(new InputStreamReader(in, StandardCharsets.UTF_8), RESOURCE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table of the user's.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if a line is malformed: says which
   */
  static ServiceTable of(Path file) throws IOException {
    try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(in, file.toString());
    }
  }

  private static ServiceTable read(Reader in, String name) throws IOException {
    List<Service> services = new ArrayList<>();
    BufferedReader lines = new BufferedReader(in);
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      String text = line.strip().toLowerCase(Locale.ROOT);
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(text.split("\\s+", 0));
      if (words.size() != 3 || !words.stream().allMatch(w -> WORD.matcher(w).matches())) {
        throw new IllegalArgumentException(
            "line %d of %s is not KEYWORD SERVICE TYPE: '%s'".formatted(number, name, line));
      }
      services.add(new Service(words.get(0), words.get(1), words.get(2)));
    }
    return new ServiceTable(services);
  }

  /** The service that the owner of this host name is. */
  Optional<Service> find(String hostName) {
    String name = hostName.toLowerCase(Locale.ROOT);
    for (Service service : services) {
      if (name.contains(service.keyword())) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  /** The names of all services. */
  Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    services.forEach(service -> names.add(service.service()));
    return names;
  }

  /** All traffic types. */
  Set<String> types() {
    Set<String> types = new LinkedHashSet<>();
    services.forEach(service -> types.add(service.type()));
    return types;
  }
}
