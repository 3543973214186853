package io.github.qosrl.linux.tc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.qosrl.core.BitRate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

/** Any limit becomes commands, which become a state, in which the limit is recognised. */
class PlanProperties {
  private static final Device DEVICE = new Device("eth0", 2, 1500);
  private static final Duration QUEUE = Duration.ofMillis(50);
  private static final long MOST = 100_000_000_000L;

  /** A kernel that knows one interface, and shows it as {@code tc -j} does. */
  private static final class FakeKernel {
    private static final Pattern ROOT =
        Pattern.compile("qdisc (add|change) dev eth0 root handle 905: (\\w+) ?(.*)");
    private static final Pattern CLASS =
        Pattern.compile(
            "class (add|change) dev eth0 parent (\\S+) classid (\\S+) htb rate (\\d+)bit"
                + " ceil (\\d+)bit burst (\\d+) cburst (\\d+) prio ([0-7]) quantum (\\d+)");
    private static final Pattern RATE = Pattern.compile("(rate|bandwidth) (\\d+)bit");

    private String root = "";
    private long rate;
    private final Map<String, String> classes = new TreeMap<>();

    void run(List<String> commands) {
      for (String command : commands) {
        Matcher onRoot = ROOT.matcher(command);
        Matcher onClass = CLASS.matcher(command);
        if (onRoot.matches()) {
          assertEquals(onRoot.group(1).equals("add"), root.isEmpty(), command);
          root = onRoot.group(2);
          Matcher shown = RATE.matcher(onRoot.group(3));
          rate = shown.find() ? Long.parseLong(shown.group(2)) / 8 : 0;
        } else if (onClass.matches()) {
          String id = onClass.group(3);
          assertEquals(onClass.group(1).equals("add"), !classes.containsKey(id), command);
          classes.put(
              id,
              "{\"class\":\"htb\",\"handle\":\"%s\",\"rate\":%d,\"ceil\":%d}"
                  .formatted(
                      id,
                      Long.parseLong(onClass.group(4)) / 8,
                      Long.parseLong(onClass.group(5)) / 8));
        } else {
          assertTrue(
              command.matches("(qdisc (add|change)|filter add) dev eth0 parent .*"), command);
        }
      }
    }

    InterfaceState state() throws TcOutput.ParseException {
      String qdisc =
          "[{\"kind\":\"%1$s\",\"handle\":\"905:\",\"root\":true,\"options\":{\"rate\":%2$d,\"bandwidth\":%2$d}}]"
              .formatted(root, rate);
      return new InterfaceState(
          TcOutput.qdiscs(qdisc), TcOutput.classes(new ArrayList<>(classes.values()).toString()));
    }
  }

  @Provide
  Arbitrary<Discipline> disciplines() {
    return Arbitraries.of(
        new TbfDiscipline(QUEUE),
        new CakeDiscipline(CakeOptions.DEFAULT),
        new HtbDiscipline(TrafficClasses.NONE, new Leaf.Fifo(QUEUE)),
        new HtbDiscipline(TrafficClasses.NONE, new Leaf.FqCodel()),
        new HtbDiscipline(TrafficClasses.STANDARD, new Leaf.Fifo(QUEUE)),
        new HtbDiscipline(TrafficClasses.INTERACTIVE_FIRST, new Leaf.FqCodel()));
  }

  @Property(tries = 500)
  void theStateThatTheCommandsMakeIsTheLimit(
      @ForAll("disciplines") Discipline discipline,
      @ForAll @LongRange(min = 1, max = MOST) long first,
      @ForAll @LongRange(min = 1, max = MOST) long second)
      throws Exception {
    Limit from = Limit.of(BitRate.ofBitsPerSecond(first));
    Limit to = Limit.of(BitRate.ofBitsPerSecond(second));
    FakeKernel kernel = new FakeKernel();
    kernel.run(List.of(discipline.claim(DEVICE, from)));
    kernel.run(discipline.build(DEVICE, from));
    assertEquals(Optional.empty(), discipline.difference(kernel.state(), from));
    kernel.run(discipline.change(DEVICE, from, to));
    assertEquals(Optional.empty(), discipline.difference(kernel.state(), to));
    assertEquals(List.of(), discipline.change(DEVICE, to, to));
  }

  @Property(tries = 300)
  void anotherRateIsNotTakenForTheLimit(
      @ForAll("disciplines") Discipline discipline,
      @ForAll @LongRange(min = 1000, max = MOST / 2) long rate)
      throws Exception {
    Limit limit = Limit.of(BitRate.ofBitsPerSecond(rate));
    FakeKernel kernel = new FakeKernel();
    kernel.run(List.of(discipline.claim(DEVICE, limit)));
    kernel.run(discipline.build(DEVICE, limit));
    Limit wanted = Limit.of(BitRate.ofBitsPerSecond(2 * rate));
    assertTrue(discipline.difference(kernel.state(), wanted).isPresent());
  }
}
