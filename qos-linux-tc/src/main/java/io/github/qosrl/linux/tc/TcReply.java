package io.github.qosrl.linux.tc;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code tc} said to the commands of one exchange.
 *
 * @param commands what was sent, in order
 * @param errors the complaint about a command, by its position; a command without one succeeded
 * @param outputs what a reading command printed, by its position
 */
record TcReply(List<String> commands, Map<Integer, String> errors, Map<Integer, String> outputs) {

  TcReply {
    commands = List.copyOf(commands);
    errors = Map.copyOf(errors);
    outputs = Map.copyOf(outputs);
  }

  boolean ok() {
    return errors.isEmpty();
  }

  Optional<String> error(int position) {
    return Optional.ofNullable(errors.get(position));
  }

  /** What the command at this position printed; empty text if it failed. */
  String output(int position) {
    return outputs.getOrDefault(position, "");
  }

  /** What the first command of this text printed; empty text if it failed or was not sent. */
  String output(String command) {
    int position = commands.indexOf(command);
    return position < 0 ? "" : output(position);
  }

  /** The position of the first command in {@code [from, to)} that failed. */
  OptionalInt firstError(int from, int to) {
    return errors.keySet().stream()
        .mapToInt(Integer::intValue)
        .filter(i -> i >= from && i < to)
        .min();
  }
}
