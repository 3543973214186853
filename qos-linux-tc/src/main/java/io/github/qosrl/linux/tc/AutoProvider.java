package io.github.qosrl.linux.tc;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.host.Host;
import io.github.qosrl.core.host.HostException;
import io.github.qosrl.core.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes shapers of the best kind that the kernel really has: id {@code auto}.
 *
 * <p>What a kernel or a {@code tc} lacks shows only when it is used. So each kind is tried, the
 * best first, on a temporary interface that carries no traffic. Where only HTB works, and no
 * classes are given, it puts what is short or urgent first, as fair queues would.
 */
public final class AutoProvider extends TcProvider {
  private static final Logger LOG = LoggerFactory.getLogger("io.github.qosrl.linux.tc.auto");

  /** A kind to try. */
  private record Candidate(String id, Discipline discipline) {}

  /** Nobody may make an interface here, to try something on. */
  private static final class NotPermittedException extends QosException {
    private static final long serialVersionUID = 1L;

    NotPermittedException(String message, HostException cause) {
      super(message, cause);
    }
  }

  @Override
  public String id() {
    return "auto";
  }

  @Override
  public String description() {
    return "the best of cake, htb-fq-codel, htb and tbf that this kernel has";
  }

  @Override
  public int priority() {
    return 100;
  }

  @Override
  Discipline discipline(Settings settings) {
    throw new AssertionError("chosen when it is made");
  }

  @Override
  public Shaper create(Host host, Settings settings) throws QosException, InterruptedException {
    TcShaperBuilder link = LinkSettings.read(host, settings);
    boolean dryRun = settings.flag("dry-run", false);
    TrafficClasses classes = ClassSettings.read(settings);
    Leaf fifo = new Leaf.Fifo(queue(settings));
    List<Candidate> candidates = new ArrayList<>();
    if (classes.isEmpty()) {
      candidates.add(new Candidate("cake", new CakeDiscipline(CakeOptions.DEFAULT)));
    }
    candidates.add(new Candidate("htb-fq-codel", new HtbDiscipline(classes, new Leaf.FqCodel())));
    if (classes.isEmpty()) {
      Discipline two = new HtbDiscipline(TrafficClasses.INTERACTIVE_FIRST, fifo);
      candidates.add(new Candidate("htb with interactive traffic first", two));
    }
    Discipline htb = new HtbDiscipline(classes, fifo);
    candidates.add(new Candidate("htb", htb));
    if (classes.isEmpty()) {
      candidates.add(new Candidate("tbf", new TbfDiscipline(queue(settings))));
    }
    settings.check();
    if (!dryRun) {
      return link.build(choose(host, candidates));
    }
    try {
      return new DryRunShaper(link.build(choose(host, candidates)));
    } catch (NotPermittedException e) {
      LOG.info(
          "what is best here can be tried only as root, or with CAP_NET_ADMIN; this shows htb, which"
              + " almost every kernel has (name another shaper to see that)");
      return new DryRunShaper(link.build(htb));
    }
  }

  private static Discipline choose(Host host, List<Candidate> candidates)
      throws QosException, InterruptedException {
    StringJoiner refused = new StringJoiner(", ");
    TcSession session = TcSession.open(host);
    Kernel kernel = new Kernel(host, session);
    try (session;
        ProvingGround ground = ProvingGround.make(kernel)) {
      for (Candidate candidate : candidates) {
        Optional<String> problem = Trial.of(kernel, ground.device(), candidate.discipline());
        if (problem.isEmpty()) {
          LOG.info(
              "shaping with {}{}",
              candidate.id(),
              refused.length() == 0 ? ", the first choice" : ", because " + refused);
          return candidate.discipline();
        }
        String reason = problem.get().replaceFirst("^Error: ", "").replaceFirst("\\.$", "");
        refused.add("%s does not work here (%s)".formatted(candidate.id(), reason));
      }
    } catch (HostException e) {
      if (e.kind() == HostException.Kind.NOT_PERMITTED) {
        throw new NotPermittedException(
            "no permission to shape on %s, which needs root or CAP_NET_ADMIN: %s"
                .formatted(host.name(), e.getMessage()),
            e);
      }
      throw new QosException(
          ("on %s, no temporary interface could be made to try what this kernel can do (%s); run as"
                  + " root, with CAP_NET_ADMIN, or name the shaper: htb works on almost every"
                  + " kernel")
              .formatted(host.name(), e.getMessage()),
          e);
    }
    throw new QosException("on %s, no shaper works: %s".formatted(host.name(), refused));
  }
}
