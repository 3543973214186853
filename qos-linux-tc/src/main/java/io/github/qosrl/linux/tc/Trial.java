package io.github.qosrl.linux.tc;

import io.github.qosrl.core.BitRate;
import io.github.qosrl.core.ShaperException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Tries a discipline on an interface that carries no traffic. */
final class Trial {
  private static final Limit LIMIT = Limit.of(BitRate.ofBitsPerSecond(10_000_000));
  private static final Limit OTHER = Limit.of(BitRate.ofBitsPerSecond(20_000_000));

  private Trial() {}

  /** Why a discipline does not work on this host; empty if it does. */
  static Optional<String> of(Kernel kernel, String name, Discipline discipline)
      throws ShaperException, TcException, InterruptedException {
    Device device = kernel.device(name);
    List<String> commands = new ArrayList<>();
    commands.add(discipline.claim(device, LIMIT));
    commands.addAll(discipline.build(device, LIMIT));
    commands.addAll(discipline.change(device, LIMIT, OTHER));
    commands.addAll(discipline.reads(name));
    TcReply reply = kernel.send(commands);
    Optional<String> problem = problem(kernel, discipline, reply, name);
    kernel.send(List.of(Discipline.release(name)));
    return problem;
  }

  private static Optional<String> problem(
      Kernel kernel, Discipline discipline, TcReply reply, String name) throws ShaperException {
    OptionalInt refused = reply.firstError(0, reply.commands().size());
    if (refused.isPresent()) {
      return reply.error(refused.getAsInt());
    }
    return discipline.difference(kernel.understood(reply, name), OTHER);
  }
}
