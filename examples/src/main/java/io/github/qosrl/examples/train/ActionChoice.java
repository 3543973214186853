package io.github.qosrl.examples.train;

import io.github.qosrl.core.QosException;
import io.github.qosrl.core.policy.ActionSet;
import io.github.qosrl.core.policy.ActionSetProvider;
import io.github.qosrl.core.spi.Plugins;
import io.github.qosrl.core.spi.Settings;
import io.github.qosrl.rl.LinkTask;

/** What a trained policy may do to a limit, by the name of an action set. */
public final class ActionChoice {
  private ActionChoice() {}

  /**
   * The set of that name, with its defaults.
   *
   * @throws QosException if there is none; lists those there are
   */
  public static ActionSet of(String id) throws QosException {
    return Plugins.load(ActionSetProvider.class).require(id).create(Settings.none(id));
  }

  /** The task with another action set. */
  public static LinkTask in(LinkTask task, ActionSet actions) {
    return new LinkTask(
        task.environments(),
        task.evaluationEnvironments(),
        task.encoder(),
        actions,
        task.directions(),
        task.reward());
  }
}
