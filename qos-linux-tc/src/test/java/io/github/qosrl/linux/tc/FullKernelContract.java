package io.github.qosrl.linux.tc;

import io.github.qosrl.core.Shaper;
import io.github.qosrl.core.contract.ShaperContract;
import io.github.qosrl.core.host.Command;
import io.github.qosrl.core.spi.Settings;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What every shaper must do, for those that only the full kernel has; no test engine runs there.
 */
final class FullKernelContract extends ShaperContract {
  private static final Command LOOK =
      Command.of("sh", "-c", "tc qdisc show; tc class show dev wan; tc class show dev lan")
          .within(Duration.ofMinutes(1));

  private final RouterLab lab;
  private final TcProvider provider;

  private FullKernelContract(RouterLab lab, TcProvider provider) {
    this.lab = lab;
    this.provider = provider;
  }

  static List<Method> tests() {
    return Arrays.stream(ShaperContract.class.getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .toList();
  }

  /** Runs all tests, and prints how many were kept, and which were not. */
  static void run(RouterLab lab, TcProvider provider) throws IllegalAccessException {
    FullKernelContract contract = new FullKernelContract(lab, provider);
    List<String> broken = new ArrayList<>();
    for (Method test : tests()) {
      test.setAccessible(true);
      try {
        test.invoke(contract);
      } catch (InvocationTargetException e) {
        broken.add(test.getName() + ": " + String.valueOf(e.getCause()).replace('\n', ' '));
      }
    }
    System.out.println(provider.id() + ".kept=" + (tests().size() - broken.size()));
    System.out.println(provider.id() + ".broken=" + broken);
  }

  @Override
  protected Shaper shaper() throws Exception {
    Map<String, String> link = Map.of("wan", "wan", "lan", "lan");
    return provider.create(lab.router, Settings.of(provider.id(), link));
  }

  @Override
  protected Object link() throws Exception {
    return lab.router.run(LOOK).orThrow().stdout();
  }
}
